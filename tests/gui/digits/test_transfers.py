"""Export and import on the page of the user's own digits."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.digits.digits_tab import DigitsTab
from gui.main_window import MainWindow
from tests.gui.digits.conftest import Keep, shown
from tests.gui.train.test_data_drops import drop

WAIT_MS = 30_000


@pytest.mark.parametrize("name", ["mine.zip", "mine.npz", "mine.csv", "mine"])
def test_what_was_saved_is_read_again_and_only_once(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    keep([3, 4, 4], writer="Ana")
    path = tmp_path / name
    page.files.export_chosen.emit(path)
    qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
    assert window.notice.text.text() == f"Saved 3 digits in {path}."
    QTest.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    page.delete_selected()
    assert shown(page) == []
    for said, count in (("3 added.", 3), ("0 added, 3 were there already.", 3)):
        drop(page, path)
        qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
        assert window.notice.text.text() == said
        assert page.samples.rowCount() == count
    assert [sample.label for sample in window.my_digits.store.samples()] == [3, 4, 4]
    assert set(window.my_digits.store.writers()) == ({"Ana"} if name.endswith(".zip") else {""})


def test_only_the_writer_who_is_shown_is_exported(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot, tmp_path: Path
) -> None:
    keep([1, 2], writer="Ana")
    keep([3], writer="Ben")
    page.filter.writer.setCurrentIndex(page.filter.writer.findData("Ben"))
    page.filter.writer.activated.emit(page.filter.writer.currentIndex())
    page.files.export_chosen.emit(tmp_path / "ben.npz")
    qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
    assert window.notice.text.text().startswith("Saved 1 digit in ")


def test_what_cannot_be_read_is_one_sentence(window: MainWindow, page: DigitsTab, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")
    drop(page, tmp_path / "broken.zip")
    qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
    assert "broken.zip" in window.notice.text.text()
    assert page.samples.rowCount() == 0 and page.files.take.isVisible()


def test_drawings_are_saved_in_a_folder_with_a_free_name(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep([3, 4])
    (tmp_path / "My digits 2").write_text("somebody's")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(tmp_path))
    menu = page.files.give.menu()
    [into_folder] = [action for action in menu.actions() if action.text() == "Folder of drawings…"]
    for name in ("My digits", "My digits 3", "My digits 4"):
        into_folder.trigger()
        qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
        assert window.notice.text.text() == f"Saved 2 digits in {tmp_path / name}."
        assert len(list((tmp_path / name).rglob("*.png"))) == 2


def test_a_writer_with_a_dot_gets_a_folder(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep([3])
    page.files.show_amount(1, "Dr.Who")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(tmp_path))
    menu = page.files.give.menu()
    [into_folder] = [action for action in menu.actions() if action.text() == "Folder of drawings…"]
    into_folder.trigger()
    qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
    assert window.notice.text.text() == f"Saved 1 digit in {tmp_path / 'Dr-Who'}."


def test_one_bad_file_does_not_stop_the_others(
    window: MainWindow, page: DigitsTab, keep: Keep, qtbot: QtBot, tmp_path: Path
) -> None:
    for number, name in enumerate(("one.zip", "two.npz")):
        ids = keep([number, number + 2])
        page.files.export_chosen.emit(tmp_path / name)
        qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
        window.my_digits.remove(ids)
    bad = [tmp_path / f"bad{number}.zip" for number in range(5)]
    for path in bad:
        path.write_bytes(b"PK\x03\x04 and then nothing")
    drop(page, tmp_path / "one.zip", bad[0], tmp_path / "two.npz")
    qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
    said = window.notice.text.text()
    assert said.startswith("4 added. ") and said.count("bad0.zip") == 1
    assert sorted(sample.label for sample in window.my_digits.store.samples()) == [0, 1, 2, 3]
    drop(page, *bad, tmp_path / "two.npz")
    qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
    said = window.notice.text.text()
    assert said.startswith("0 added, 2 were there already. ") and said.endswith(" 2 more files could not be read.")
    assert "bad2.zip" in said and "bad3.zip" not in said


def test_what_is_under_way_can_be_cancelled(
    page: DigitsTab, keep: Keep, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep([1, 2, 3])
    begun, gate = threading.Event(), threading.Event()
    from core.samples import exporting

    real = exporting.write_package

    def wait_first(*arguments: object) -> None:
        begun.set()
        gate.wait(WAIT_MS / 1000)
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "write_package", wait_first)
    page.files.export_chosen.emit(tmp_path / "mine.zip")
    qtbot.waitUntil(begun.is_set, timeout=WAIT_MS)
    assert page.files.doing.text() == "Saving mine.zip…" and not page.files.take.isVisible()
    page.files.cancel.click()
    gate.set()
    qtbot.waitUntil(lambda: not page.transfers.is_busy, timeout=WAIT_MS)
    assert list(tmp_path.iterdir()) == []
    assert page.files.take.isVisible()
