"""Open, paste, save, copy: the right thing happens, or a sentence is said and nothing is lost."""

import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from core.digits.files import write_png, write_svg
from core.ink.drawing import Drawing
from core.ink.samples import read_sample
from core.recognition.recognizer import Verdict
from gui.main_window import MainWindow
from gui.pad.document import PictureInk
from gui.self_test.hand import drag
from gui.system.background import join_background
from tests.core.recognition.written_numbers import on_pad, write_row
from tests.gui.conftest import SEVEN, digit


def notice(window: MainWindow) -> str:
    label = window.findChild(QLabel, "noticeText")
    assert label is not None
    return label.text() if window.notice.isVisible() else ""


@pytest.mark.parametrize("suffix", [".inkml", ".png"])
def test_what_was_saved_opens_again(
    drawn: MainWindow, tmp_path: Path, until_open: Callable[[], None], suffix: str
) -> None:
    path = tmp_path / f"seven{suffix}"
    drawn.files.save_path(path)
    assert notice(drawn) == f"Saved as {path}"
    drawn.document.clear()
    drawn.files.open_path(path)
    until_open()
    assert digit(drawn) == 7


def test_saved_as_svg(drawn: MainWindow, tmp_path: Path) -> None:
    drawn.files.save_path(tmp_path / "seven.svg")
    assert b"<path" in (tmp_path / "seven.svg").read_bytes()


@pytest.fixture
def bar(window: MainWindow) -> MainWindow:
    """The window with a picture of a 1 on the pad, and a stroke on it that makes it a 7."""
    ink = np.zeros((200, 200), np.uint8)
    ink[:, 110:130] = 255
    window.document.open(PictureInk(ink, "one.png"))
    assert digit(window) == 1
    drag(window.draw_tab.canvas, [(250, 150), (400, 150), (570, 150)])
    assert digit(window) == 7
    return window


def test_a_picture_with_a_stroke_on_it_is_saved_as_it_is_seen(
    bar: MainWindow, tmp_path: Path, until_open: Callable[[], None]
) -> None:
    bar.files.save_path(tmp_path / "seven.png")
    bar.document.clear()
    bar.files.open_path(tmp_path / "seven.png")
    until_open()
    assert digit(bar) == 7


@pytest.mark.parametrize("suffix", [".inkml", ".svg"])
def test_a_format_that_holds_only_strokes_is_refused_for_a_picture(
    bar: MainWindow, tmp_path: Path, suffix: str
) -> None:
    bar.files.save_path(tmp_path / f"seven{suffix}")
    assert notice(bar) == f"seven{suffix}: a drawing with a picture in it can only be saved as PNG."
    assert not list(tmp_path.glob("seven*"))


def look_at_save_dialog(window: MainWindow) -> tuple[list[str], list[str]]:
    """The kinds of files that the dialog offers, and the name that it suggests."""
    offered: list[tuple[list[str], list[str]]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, look)
            return
        offered.append((dialog.nameFilters(), [Path(file).name for file in dialog.selectedFiles()]))
        dialog.reject()

    QTimer.singleShot(20, look)
    press(window, Qt.Key.Key_S)
    [found] = offered
    return found


def test_only_formats_that_hold_a_picture_are_offered_for_one(bar: MainWindow) -> None:
    assert look_at_save_dialog(bar) == (["PNG (*.png)"], ["digit-7.png"])


def test_a_number_is_suggested_as_the_name(window: MainWindow) -> None:
    window.document.open(on_pad(write_row("27", top=100) + write_row("380", top=500)))
    window.recognition.answer_now()
    assert look_at_save_dialog(window)[1] == ["number-27-380.inkml"]


def test_a_picture_with_a_stroke_on_it_is_copied_as_it_is_seen(bar: MainWindow, until_open: Callable[[], None]) -> None:
    bar.files.copy()
    bar.document.clear()
    bar.files.paste()
    until_open()
    assert digit(bar) == 7


def test_a_page_of_text_is_shown_as_it_is_and_refused(
    window: MainWindow, tmp_path: Path, until_open: Callable[[], None]
) -> None:
    page = np.full((500, 700), 255, np.uint8)
    for line in range(6):
        cv2.putText(page, "nobody reads this as a number", (30, 60 + 70 * line), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 2)
    path = tmp_path / "text.png"
    path.write_bytes(cv2.imencode(".png", page)[1].tobytes())
    window.files.open_path(path)
    until_open()
    content = window.document.content
    assert isinstance(content, PictureInk)
    left, top, width, height = cv2.boundingRect(content.ink)
    seen = content.ink[top : top + height, left : left + width] > 128
    x, y, right, bottom = cv2.boundingRect(255 - page)
    assert seen.mean() == pytest.approx((page[y : y + bottom, x : x + right] < 128).mean(), rel=0.2), "as thin as it is"
    window.recognition.answer_now()
    assert window.recognition.reading.verdict is Verdict.NOT_A_DIGIT
    assert window.model.bundle is not None and content.refused_by == window.model.bundle.slug
    drag(window.draw_tab.canvas, [(30, 30), (110, 30), (70, 110)])
    window.recognition.answer_now()
    assert window.recognition.reading.text == "7"


def test_the_model_that_refused_a_picture_keeps_refusing_it(window: MainWindow) -> None:
    assert window.model.bundle is not None
    ink = np.zeros((200, 200), np.uint8)
    ink[:, 90:110] = 255
    for model, text in (("another", "1"), (window.model.bundle.slug, "")):
        window.document.open(PictureInk(ink, refused_by=model))
        window.recognition.answer_now()
        assert window.recognition.reading.text == text


def test_dark_on_light_and_light_on_dark(window: MainWindow, tmp_path: Path, until_open: Callable[[], None]) -> None:
    picture = np.full((200, 300), 255, np.uint8)
    cv2.polylines(picture, [np.array([[100, 40], [190, 40], [130, 160]], np.int32)], False, 0, 9, cv2.LINE_AA)
    for number, pixels in enumerate((picture, 255 - picture)):
        path = tmp_path / f"{number}.png"
        path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
        window.files.open_path(path)
        until_open()
        assert isinstance(window.document.content, PictureInk)
        assert digit(window) == 7
    window.document.undo_stack.undo()
    window.document.undo_stack.undo()
    assert window.document.is_blank


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.png", b"this is a text, not a picture"),
        ("empty.inkml", b""),
        ("cut.inkml", b'<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 2, 3'),
        ("white.png", cv2.imencode(".png", np.full((50, 50), 255, np.uint8))[1].tobytes()),
        ("cut.png", cv2.imencode(".png", np.eye(99, dtype=np.uint8) * 255)[1].tobytes()[:150]),
        ("nothing.inkml", b'<ink xmlns="http://www.w3.org/2003/InkML"></ink>'),
    ],
)
def test_a_wrong_file_is_told_and_the_drawing_stays(
    drawn: MainWindow, tmp_path: Path, until_open: Callable[[], None], name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    drawn.files.open_path(tmp_path / name)
    until_open()
    assert notice(drawn).endswith(".")
    assert digit(drawn) == 7


def test_a_place_that_cannot_be_written_is_told(drawn: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    drawn.files.save_path(tmp_path / "file" / "seven.inkml")
    assert notice(drawn).startswith("Cannot save")
    assert digit(drawn) == 7


def test_copy_and_paste_keep_the_strokes(drawn: MainWindow) -> None:
    drawn.files.copy()
    before = drawn.document.content
    drawn.document.clear()
    drawn.files.paste()
    after = drawn.document.content
    assert isinstance(before, Drawing) and isinstance(after, Drawing)
    assert np.array_equal(before.strokes[0].points, after.strokes[0].points)


def test_a_copied_drawing_is_a_picture_for_others(drawn: MainWindow, until_open: Callable[[], None]) -> None:
    drawn.files.copy()
    image = QGuiApplication.clipboard().image()
    assert not image.isNull()
    drawn.document.clear()
    QGuiApplication.clipboard().setImage(image)
    drawn.files.paste()
    until_open()
    assert isinstance(drawn.document.content, PictureInk)
    assert digit(drawn) == 7


FOREIGN_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><text x="9" y="9">7</text></svg>'


def paste(window: MainWindow, contents: dict[str, bytes]) -> None:
    data = QMimeData()
    for kind, content in contents.items():
        data.setData(kind, QByteArray(content))
    QGuiApplication.clipboard().setMimeData(data)
    window.files.paste()


def test_a_pasted_svg_is_strokes(window: MainWindow, until_open: Callable[[], None]) -> None:
    sample = read_sample(7)
    paste(window, {"image/png": write_png(read_sample(2)), "image/svg+xml": write_svg(sample)})
    until_open()
    content = window.document.content
    assert isinstance(content, Drawing) and len(content.strokes) == len(sample.strokes)
    assert digit(window) == 7


def test_of_an_svg_that_is_more_than_strokes_the_picture_is_taken(
    drawn: MainWindow, until_open: Callable[[], None]
) -> None:
    paste(drawn, {"image/png": write_png(read_sample(2)), "image/svg+xml": FOREIGN_SVG})
    until_open()
    assert isinstance(drawn.document.content, PictureInk)
    assert digit(drawn) == 2


def test_an_svg_that_cannot_be_read_is_told(drawn: MainWindow, until_open: Callable[[], None]) -> None:
    paste(drawn, {"image/svg+xml": FOREIGN_SVG})
    until_open()
    assert "SVG" in notice(drawn)
    assert digit(drawn) == 7


def test_an_svg_can_be_dropped(window: MainWindow, until_open: Callable[[], None]) -> None:
    data = QMimeData()
    data.setData("image/svg+xml", QByteArray(write_svg(read_sample(7))))
    assert drop(window, data)
    until_open()
    assert isinstance(window.document.content, Drawing)
    assert digit(window) == 7


class Encoded(QMimeData):
    """A picture as it comes from other programs; counts how often Qt is asked to decode it."""

    def __init__(self, kind: str, content: bytes) -> None:
        super().__init__()
        self.setData(kind, QByteArray(content))
        self.decoded = 0

    def hasImage(self) -> bool:
        return True

    def imageData(self) -> object:
        self.decoded += 1
        return super().imageData()


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Drop `data` on the pad. Returns whether the pad said before that it takes it."""
    where, buttons, keys = QPointF(50, 50), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    canvas, copied = window.draw_tab.canvas, Qt.DropAction.CopyAction
    entered = QDragEnterEvent(where.toPoint(), copied, data, buttons, keys)
    entered.ignore()
    QApplication.sendEvent(canvas, entered)
    QApplication.sendEvent(canvas, QDropEvent(where, copied, data, buttons, keys))
    return entered.isAccepted()


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "tiff", "bmp"])
@pytest.mark.parametrize("is_dropped", [False, True])
def test_a_picture_from_elsewhere_is_not_decoded_in_the_windows_thread(
    window: MainWindow, until_open: Callable[[], None], kind: str, is_dropped: bool
) -> None:
    pixels = cv2.imdecode(np.frombuffer(write_png(read_sample(7)), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None
    data = Encoded(f"image/{kind}", cv2.imencode(f".{kind}", pixels)[1].tobytes())
    if is_dropped:
        drop(window, data)
    else:
        QGuiApplication.clipboard().setMimeData(data)
        window.files.paste()
    until_open()
    assert digit(window) == 7
    assert data.decoded == 0


def press(window: MainWindow, key: Qt.Key) -> None:
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QTest.keyClick(window.draw_tab.canvas, key, Qt.KeyboardModifier.ControlModifier)


def test_keys_copy_and_paste(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("nothing of ours")
    press(window, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "nothing of ours", "a blank pad is not copied"
    drag(window.draw_tab.canvas, SEVEN)
    press(window, Qt.Key.Key_C)
    window.document.clear()
    press(window, Qt.Key.Key_V)
    assert digit(window) == 7


def test_keys_save_and_open(drawn: MainWindow, tmp_path: Path, until_open: Callable[[], None]) -> None:
    """Through the real dialogs, where the name is typed without its suffix."""

    def fill_in(name: str) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, lambda: fill_in(name))
            return
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(name)
        QTimer.singleShot(100, dialog.accept)

    QTimer.singleShot(20, lambda: fill_in(str(tmp_path / "seven")))
    press(drawn, Qt.Key.Key_S)
    assert [path.name for path in tmp_path.iterdir()] == ["seven.inkml"]
    drawn.document.clear()
    QTimer.singleShot(20, lambda: fill_in(str(tmp_path / "seven.inkml")))
    press(drawn, Qt.Key.Key_O)
    until_open()
    assert digit(drawn) == 7, notice(drawn)


def test_pasting_text_is_told(drawn: MainWindow) -> None:
    QGuiApplication.clipboard().setText("seven")
    drawn.files.paste()
    assert notice(drawn) == "There is no picture or drawing on the clipboard."
    assert digit(drawn) == 7


def test_only_the_first_of_several_dropped_files_is_opened(
    drawn: MainWindow, tmp_path: Path, until_open: Callable[[], None]
) -> None:
    drawn.files.save_path(tmp_path / "a.inkml")
    drawn.document.clear()
    data = QMimeData()
    remote = QUrl("https://example.org/seven.png")
    data.setUrls([remote, *(QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.inkml", "b.inkml"))])
    drop(drawn, data)
    until_open()
    assert digit(drawn) == 7
    assert notice(drawn) == "Only the first of the 2 files was opened."


def test_a_dropped_image_is_opened(window: MainWindow, until_open: Callable[[], None]) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    data = QMimeData()
    data.setImageData(image)
    drop(window, data)
    until_open()
    assert "no ink" in notice(window).lower()


@pytest.mark.parametrize("is_image", [False, True])
def test_a_drop_of_nothing_is_told(drawn: MainWindow, until_open: Callable[[], None], is_image: bool) -> None:
    data = QMimeData()
    if is_image:
        data.setImageData(QImage())
    else:
        data.setUrls([QUrl("https://example.org/seven.png")])
    drop(drawn, data)
    until_open()
    expected = "The picture cannot be read." if is_image else "What was dropped contains no picture or drawing."
    assert notice(drawn).endswith(expected)
    assert digit(drawn) == 7


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders in which the dialog for opening was shown; it was cancelled each time."""
    folders: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda parent, title, folder, filters: folders.append(folder) or ("", "")
    )
    return folders


def test_the_dialog_opens_where_the_last_file_was(
    drawn: MainWindow, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.system.last_folder.PATIENCE_MS", 30_000)
    (tmp_path / "mine").mkdir()
    drawn.files.save_path(tmp_path / "mine" / "seven.png")
    drawn.files.ask_and_open()
    (tmp_path / "mine" / "seven.png").unlink()
    (tmp_path / "mine").rmdir()
    drawn.files.ask_and_open()
    assert asked == [str(tmp_path / "mine"), str(Path.home())]


def test_the_dialog_opens_where_the_last_file_was_even_if_it_was_none(
    drawn: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("gui.system.last_folder.PATIENCE_MS", 30_000)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.png").write_text("no picture")
    folders: list[str] = []
    chosen = iter([str(tmp_path / "mine" / "letter.png"), ""])
    monkeypatch.setattr(
        QFileDialog,
        "getOpenFileName",
        lambda parent, title, folder, filters: folders.append(folder) or (next(chosen), ""),
    )
    drawn.files.ask_and_open()
    qtbot.waitUntil(drawn.notice.isVisible)
    drawn.files.ask_and_open()
    assert folders[1] == str(tmp_path / "mine")


def test_a_folder_that_never_answers_holds_up_no_dialog(
    drawn: MainWindow, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    drawn.files.save_path(tmp_path / "seven.png")
    answers, questions, is_dir = threading.Event(), [], Path.is_dir

    def silent_is_dir(path: Path) -> bool:
        if path == tmp_path:
            questions.append(threading.get_ident())
            answers.wait()
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", silent_is_dir)
    try:
        drawn.files.ask_and_open()
        qtbot.waitUntil(lambda: bool(questions))
        drawn.files.ask_and_open()
        assert str(tmp_path) not in asked and len(asked) == 2
        assert len(questions) == 1, "it is still being asked"
        assert threading.get_ident() not in questions
    finally:
        answers.set()
    assert join_background()
    for events in (QEvent.Type.MetaCall, QEvent.Type.DeferredDelete):
        QCoreApplication.sendPostedEvents(None, events.value)  # Qt destroys the thread that asked
    monkeypatch.setattr("gui.system.last_folder.PATIENCE_MS", 30_000)
    drawn.files.ask_and_open()
    assert asked[2] == str(tmp_path)
