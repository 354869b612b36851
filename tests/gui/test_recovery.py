"""What was on the pad of a window that was closed, while no more can be written."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from core.ink import Drawing, Stroke
from gui.pad_document import PAD_SIDE, Content, PadDocument, PictureInk
from gui.recovery import Recovery

DRAWING = Drawing(pad_side=PAD_SIDE, strokes=(Stroke(np.array([[100, 100], [400, 800]], np.float32)),))
PICTURE = PictureInk(np.pad(np.full((20, 4), 200, np.uint8), 8), "one.png")


@pytest.fixture
def folder(qapp: QApplication, tmp_path: Path) -> Path:
    return tmp_path / "recovery"


def pad_with(content: Content, folder: Path) -> Recovery:
    """A pad that holds `content`, and has kept it."""
    document = PadDocument()
    recovery = Recovery(document, folder, document)
    document.open(content)
    assert recovery.save()
    return recovery


def last_content(folder: Path) -> Content:
    """What undo brings back in the next window."""
    document = PadDocument()
    assert Recovery(document, folder, document).take_over_last()
    document.undo_stack.undo()
    return document.content


@pytest.mark.parametrize(("older", "newer"), [(DRAWING, PICTURE), (PICTURE, DRAWING)])
def test_on_a_full_disk_the_newer_comes_back_whatever_was_kept_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, older: Content, newer: Content
) -> None:
    pad_with(older, folder).close()
    recovery = pad_with(newer, folder)
    with monkeypatch.context() as full_disk:
        full_disk.setattr("core.safe_files.os.fsync", _fail)
        recovery.close()
    assert isinstance(last_content(folder), type(newer))
    assert len(list(folder.iterdir())) == 1, "nothing of the older one"


def _fail(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
