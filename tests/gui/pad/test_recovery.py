"""What was on the pad of a window that was closed, while no more can be written."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE, Content, PictureInk
from core.pictures.reading import write_picture_png
from gui.pad.document import PadDocument
from gui.pad.recovery import Recovery
from gui.system.destroying import destroy

DRAWING = Drawing(pad_side=PAD_SIDE, strokes=(Stroke(np.array([[100, 100], [400, 800]], np.float32)),))
STROKE = Stroke(np.array([[100, 100], [400, 100]], np.float32), width=0.03)
PICTURE = PictureInk(np.pad(np.full((20, 4), 200, np.uint8), 8), "one.png", (STROKE,))


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """Owns the pads of a test, and destroys them as a window does.

    A pad and its recovery hold each other, and Python's collector crashes over such a pair.
    """
    owner = QObject()
    yield owner
    destroy(owner)


@pytest.fixture
def folder(qapp: QApplication, tmp_path: Path) -> Path:
    return tmp_path / "recovery"


def pad_with(content: Content, folder: Path, owner: QObject) -> Recovery:
    """A pad that holds `content`, and has kept it."""
    document = PadDocument(owner)
    recovery = Recovery(document, folder, document)
    document.open(content)
    assert recovery.save()
    return recovery


def last_content(folder: Path, owner: QObject) -> Content:
    """What undo brings back in the next window."""
    document = PadDocument(owner)
    assert Recovery(document, folder, document).take_over_last()
    document.undo_stack.undo()
    return document.content


@pytest.mark.parametrize(("older", "newer"), [(DRAWING, PICTURE), (PICTURE, DRAWING)])
def test_on_a_full_disk_the_newer_comes_back_whatever_was_kept_before(
    folder: Path, owner: QObject, monkeypatch: pytest.MonkeyPatch, older: Content, newer: Content
) -> None:
    pad_with(older, folder, owner).close()
    recovery = pad_with(newer, folder, owner)
    with monkeypatch.context() as full_disk:
        full_disk.setattr("core.system.safe_files.os.fsync", _fail)
        recovery.close()
    assert isinstance(last_content(folder, owner), type(newer))
    assert len(list(folder.iterdir())) == 1, "nothing of the older one"


def test_a_picture_comes_back_with_its_place_and_the_strokes_on_it(folder: Path, owner: QObject) -> None:
    pad_with(PICTURE, folder, owner)  # and crashes
    document = PadDocument(owner)
    for path in folder.glob("*.lock"):
        path.unlink()
    assert Recovery(document, folder, document).take_over_crashed()
    content = document.content
    assert isinstance(content, PictureInk)
    np.testing.assert_array_equal(content.ink, PICTURE.ink)
    assert content.place == PICTURE.place
    [stroke] = content.strokes
    assert (stroke.points.tolist(), stroke.width) == (STROKE.points.tolist(), STROKE.width)


def test_a_picture_that_an_older_version_kept_comes_back(folder: Path, owner: QObject) -> None:
    folder.mkdir()
    (folder / "last.png").write_bytes(write_picture_png(PICTURE.ink))
    assert isinstance(last_content(folder, owner), PictureInk)


def test_a_damaged_picture_is_put_aside(folder: Path, owner: QObject) -> None:
    folder.mkdir()
    (folder / "last.npz").write_bytes(b"PK, but nothing else")
    document = PadDocument(owner)
    assert not Recovery(document, folder, document).take_over_last()
    assert [path.name for path in folder.iterdir()] == ["last.damaged"]


def _fail(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
