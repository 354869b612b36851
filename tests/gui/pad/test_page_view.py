"""A page of digits over the pad: what is pointed at is told, what is clicked on comes to the pad."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from core.digits.normalize import normalize_drawing, normalize_ink_image
from core.ink.samples import read_sample
from core.pictures.reading import OpenedPicture
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.picture_numbers import PictureNumber, read_opened
from core.recognition.recognizer import Recognition, Verdict
from core.recognition.sheets import OnParts
from core.recognition.stroke_numbers import Recognize
from gui.main_window import MainWindow
from gui.pad.document import PictureInk
from gui.pad.page import Page, is_page, joined_ink
from gui.pad.page_painting import PageMarks, place_label
from gui.pad.page_sheet import PageSheet
from gui.pad.page_view import PageView, count_text
from gui.pad.page_zoom import PageZoom
from gui.self_test.hand import drag
from gui.widgets.theme import use_text_scale
from tests.gui.conftest import SEVEN
from tests.gui.fitting import faults

LEFT, NO_KEYS, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CELL, INK = 100, 60
COLUMNS, ROWS = 5, 6


def make_page(rows: int = ROWS, columns: int = COLUMNS) -> Page:
    """A page with the samples in `rows` x `columns` cells, the last one unsure, in a file twice as large."""
    pixels = np.full((rows * CELL, columns * CELL), 240, np.uint8)
    digits = []
    for place in range(rows * columns):
        number, top, left = place % 10, place // columns * CELL + 20, place % columns * CELL + 20
        drawn = normalize_drawing(read_sample(number))
        assert drawn is not None
        ink = np.asarray(cv2.resize(drawn.ink, (INK, INK), interpolation=cv2.INTER_AREA), np.uint8)
        pixels[top : top + INK, left : left + INK] = 240 - ink // 5 * 4
        normalized = normalize_ink_image(ink)
        assert normalized is not None
        x, y, side = normalized.box
        normalized = replace(normalized, box=(2 * (left + x), 2 * (top + y), 2 * side))
        verdict = Verdict.UNSURE if place == rows * columns - 1 else Verdict.DIGIT
        shares = [0.3 if other == (number + 1) % 10 else 0.0 for other in range(10)]
        shares[number] = 0.7
        box = (2.0 * left, 2.0 * top, 2.0 * (left + INK), 2.0 * (top + INK))
        digits.append(ReadDigit(Recognition(number, tuple(shares), verdict), normalized, box, place // columns))
    return Page(pixels, NumberReading(tuple(digits)), (pixels.shape[1] * 2, pixels.shape[0] * 2), "page.png")


@pytest.fixture
def view(window: MainWindow, qtbot: QtBot) -> PageView:
    window.activateWindow()
    view = PageView(make_page(), window.draw_tab.canvas)
    view.taken.connect(window.document.open)
    view.open()
    qtbot.waitUntil(view.isVisible)
    QApplication.processEvents()
    return view


def middle(view: PageView, index: int) -> QPoint:
    left, top, right, bottom = view.page.reading.digits[index].box
    return QPointF(*view.sheet.zoom.to_view((left + right) / 2, (top + bottom) / 2)).toPoint()


def hover(view: PageView, place: QPoint) -> None:
    none, where = Qt.MouseButton.NoButton, QPointF(view.sheet.mapToGlobal(place))
    QApplication.sendEvent(view.sheet, QMouseEvent(QEvent.Type.MouseMove, QPointF(place), where, none, none, NO_KEYS))


def test_it_says_what_there_is_and_fits(view: PageView, window: MainWindow) -> None:
    expected = "30 digits in 6 rows. Click one to put it on\N{NO-BREAK SPACE}the\N{NO-BREAK SPACE}pad."
    assert view.count.text() == expected
    for size in ((1280, 840), (800, 560)):
        window.resize(*size)
        QApplication.processEvents()
        assert view.geometry() == window.draw_tab.canvas.rect()
        assert faults(view, elided=("pageDigit",)) == []


@pytest.mark.parametrize("scale", [1.5, 2.0])
@pytest.mark.parametrize("size", [(1180, 800), (800, 560)])
def test_it_fits_with_larger_texts(view: PageView, window: MainWindow, size: tuple[int, int], scale: float) -> None:
    window.resize(*size)
    use_text_scale(scale)
    assert faults(view, elided=("pageDigit",)) == []
    assert view.sheet.height() > view.height() / 2, "most of it is the page"


def test_the_key_for_copying_copies_the_numbers_not_the_drawing_below(view: PageView, window: MainWindow) -> None:
    drag(window.draw_tab.canvas, SEVEN)
    QTest.keyClick(view.sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == view.page.reading.text


def test_small_digits_and_close_rows_have_no_labels() -> None:
    page = make_page()
    zoom = PageZoom(float(page.size[0]), float(page.size[1]), 600.0, 600.0)
    assert PageMarks(page).label_size(zoom) > 0
    assert PageMarks(page).label_size(replace(zoom, room_width=90.0, room_height=90.0)) == 0
    higher = [
        (digit, (digit.box[0], digit.box[1] - 2 * (CELL - INK) + 4, *digit.box[2:])) for digit in page.reading.digits
    ]
    close = NumberReading(tuple(replace(digit, box=box) for digit, box in higher))
    assert PageMarks(replace(page, reading=close)).label_size(zoom) == 0


def test_a_label_is_above_its_digit_and_never_among_those_of_the_next_row() -> None:
    assert place_label(QRectF(50, 40, 30, 60), 10, 14) == QRectF(49.5, 26, 10, 14)
    assert place_label(QRectF(50, 4, 30, 60), 10, 14) == QRectF(49.5, 0, 10, 14), "at the upper edge in the corner"
    assert place_label(QRectF(50, -80, 30, 60), 10, 14).bottom() <= 0, "of a digit out of sight, none is seen"


@pytest.mark.parametrize("is_dark", [False, True])
def test_the_marks_are_seen_on_any_paper(qtbot: QtBot, is_dark: bool) -> None:
    page = make_page()
    if is_dark:
        page = replace(page, pixels=np.asarray(255 - page.pixels, np.uint8))
    sheet = PageSheet(page)
    qtbot.addWidget(sheet)
    sheet.resize(500, 600)
    image = sheet.grab().toImage()
    box = page.reading.digits[0].box
    x, y = sheet.zoom.to_view(box[0], (box[1] + box[3]) / 2)
    around = [image.pixelColor(round(x) - step, round(y)) for step in range(-1, 4)]
    paper = 15 if is_dark else 240
    assert max(abs(colour.green() - paper) for colour in around) > 110


def test_a_click_puts_the_digit_on_the_pad(view: PageView, window: MainWindow) -> None:
    QTest.mouseClick(view.sheet, LEFT, NO_KEYS, middle(view, 7))
    content = window.document.content
    assert isinstance(content, PictureInk)
    window.recognition.answer_now()
    assert window.recognition.reading.text == "7"
    assert view.isVisible()
    window.document.undo_stack.undo()
    assert window.document.is_blank


@pytest.mark.parametrize("way", ["shift", "double"])
def test_a_row_comes_to_the_pad(view: PageView, window: MainWindow, way: str) -> None:
    if way == "shift":
        QTest.mouseClick(view.sheet, LEFT, SHIFT, middle(view, 7))
    else:
        QTest.mouseDClick(view.sheet, LEFT, NO_KEYS, middle(view, 7))
    window.recognition.answer_now()
    assert window.recognition.reading.text == "56789"


def test_pointing_tells_the_digit(view: PageView) -> None:
    line = view.findChild(QLabel, "pageDigit")
    assert line is not None
    for index, text in ((7, "Row 2, digit 3: 7, 70.0 %"), (29, "Row 6, digit 5: 9, 70.0 %, or 0, 30.0 %")):
        hover(view, middle(view, index))
        assert line.text() == text


def test_the_keyboard_reaches_every_digit(view: PageView, window: MainWindow) -> None:
    assert view.sheet.hasFocus()
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Up):
        QTest.keyClick(view.sheet, key)
        seen.append(view.sheet.selected)
    assert seen == [0, 1, 6, 5, 29, 24]
    spoken = QAccessible.queryAccessibleInterface(view.sheet).text(QAccessible.Text.Description)
    assert spoken.startswith("Row 5, digit 5: 4")
    QTest.keyClick(view.sheet, Qt.Key.Key_Return)
    window.recognition.answer_now()
    assert window.recognition.reading.text == "4"


@pytest.mark.parametrize("way", ["key", "button"])
def test_it_closes_and_nothing_is_cleared(view: PageView, window: MainWindow, qtbot: QtBot, way: str) -> None:
    QTest.mouseClick(view.sheet, LEFT, NO_KEYS, middle(view, 7))
    with qtbot.waitSignal(view.destroyed):
        if way == "key":
            QTest.keyClick(view.sheet, Qt.Key.Key_Escape)
        else:
            button = view.findChild(QToolButton, "pageClose")
            assert button is not None
            QTest.mouseClick(button, LEFT)
    assert window.draw_tab.canvas.hasFocus()
    assert not window.document.is_blank


def test_nothing_is_drawn_on_the_pad_below(view: PageView, window: MainWindow) -> None:
    for widget in (view, view.sheet, view.count):
        QTest.mousePress(widget, LEFT, NO_KEYS, QPoint(4, 4))
        QTest.mouseMove(widget, QPoint(8, 8))
        QTest.mouseRelease(widget, LEFT, NO_KEYS, QPoint(8, 8))
    assert window.document.is_blank


def test_the_wheel_zooms_where_the_pointer_is_and_dragging_moves(view: PageView, window: MainWindow) -> None:
    place = middle(view, 12)
    turn = QPoint(0, 360)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    where = view.sheet.mapToGlobal(place)
    event = QWheelEvent(QPointF(place), QPointF(where), QPoint(), turn, none, NO_KEYS, phase, False)
    QApplication.sendEvent(view.sheet, event)
    assert view.sheet.zoom.factor == pytest.approx(1.25**3)
    assert (middle(view, 12) - place).manhattanLength() <= 2
    before = view.sheet.zoom.left
    QTest.mousePress(view.sheet, LEFT, NO_KEYS, place)
    for step in (10, 20, 30):
        QTest.mouseMove(view.sheet, place - QPoint(step, 0))
    QTest.mouseRelease(view.sheet, LEFT, NO_KEYS, place - QPoint(30, 0))
    assert before - view.sheet.zoom.left == pytest.approx(20, abs=1)
    assert window.document.is_blank, "a drag is no click"


def test_the_numbers_are_copied(view: PageView) -> None:
    view.copy()
    assert QGuiApplication.clipboard().text() == "\n".join(["01234", "56789"] * 3)


@pytest.fixture
def reads_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures with more than four rows are read as `make_page`, in no time."""

    def read(opened: OpenedPicture, recognize: Recognize, *, on_parts: OnParts) -> PictureNumber:
        is_high = opened.size[1] > 4 * CELL
        return PictureNumber(opened, make_page().reading) if is_high else read_opened(opened, recognize)

    monkeypatch.setattr("gui.pad.picture_opening.read_opened", read)


def write_picture(path: Path, page: Page) -> None:
    done, content = cv2.imencode(".png", page.pixels)
    assert done
    path.write_bytes(content.tobytes())


@pytest.mark.usefixtures("reads_pages")
def test_a_picture_of_many_digits_opens_as_a_page(
    window: MainWindow, tmp_path: Path, until_open: Callable[[], None]
) -> None:
    write_picture(tmp_path / "page.png", make_page())
    window.files.open_path(tmp_path / "page.png")
    until_open()
    view = window.draw_tab.canvas.findChild(PageView)
    assert view is not None
    assert view.page.reading.text == "\n".join(["01234", "56789"] * 3)
    assert window.document.is_blank
    QTest.mouseClick(view.sheet, LEFT, NO_KEYS, middle(view, 8))
    window.recognition.answer_now()
    assert window.recognition.reading.text == "8"


@pytest.mark.usefixtures("reads_pages")
def test_a_page_replaces_the_one_before(window: MainWindow, tmp_path: Path, until_open: Callable[[], None]) -> None:
    write_picture(tmp_path / "page.png", make_page())
    for _ in range(2):
        window.files.open_path(tmp_path / "page.png")
        until_open()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(window.draw_tab.canvas.findChildren(PageView)) == 1


def test_a_picture_of_a_number_comes_to_the_pad_whole(
    window: MainWindow, tmp_path: Path, until_open: Callable[[], None]
) -> None:
    write_picture(tmp_path / "number.png", make_page(1, 4))
    window.files.open_path(tmp_path / "number.png")
    until_open()
    window.recognition.answer_now()
    assert window.recognition.reading.text == "0123"
    assert not window.draw_tab.canvas.findChildren(PageView)


@pytest.mark.usefixtures("reads_pages")
def test_what_opens_on_the_pad_closes_the_page(
    window: MainWindow, tmp_path: Path, until_open: Callable[[], None]
) -> None:
    write_picture(tmp_path / "page.png", make_page())
    write_picture(tmp_path / "one.png", make_page(1, 2))
    for name in ("page.png", "one.png"):
        window.files.open_path(tmp_path / name)
        until_open()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not window.draw_tab.canvas.findChildren(PageView)


def test_what_is_a_page() -> None:
    assert [is_page(make_page(rows, columns).reading) for rows, columns in ((2, 6), (3, 5), (4, 3), (5, 1))] == [
        *(False, True, False, True),
    ]
    assert count_text(make_page(1, 1)) == "1 digit in 1 row."
    unread = replace(make_page().reading, unread=((0.0, 0.0, 1.0, 1.0),))
    assert count_text(replace(make_page(), reading=unread)) == "30 digits in 6 rows. 1 mark was not read."


def test_joined_ink_is_as_it_was_in_the_picture() -> None:
    page = make_page()
    joined = joined_ink(list(page.reading.digits[:COLUMNS]))
    assert joined.shape[1] == pytest.approx((COLUMNS - 1) * CELL + INK, abs=6)
    assert joined.max() > 200


def test_a_page_that_is_smaller_than_its_view_is_in_the_middle() -> None:
    zoom = PageZoom(100, 200, 1, 1).in_room(300, 200)
    assert (zoom.scale, zoom.left, zoom.top) == (1.0, 100.0, 0.0)
    assert zoom.moved(50, 50) == zoom
    larger = zoom.zoomed(2, 150, 100)
    assert larger.to_page(150, 100) == pytest.approx(zoom.to_page(150, 100))
    assert larger.showing((0, 190, 10, 200)).to_view(0, 200)[1] == pytest.approx(200)
    assert larger.zoomed(0, 0, 0) == zoom
