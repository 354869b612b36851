"""Whether everything on a page or dialog can be seen whole: one check for all of them.

Nothing is cut by what is around it, unless it can be scrolled there; nothing lies on its neighbour; each text has the
room that it needs. What is wrong comes back as sentences, so that a failing test says all of it at once.
"""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from gui.widgets.elided_label import ElidedLabel

SLACK = 1
"""Pixels by which rounding may take room from a text."""
ROUNDS = 8
"""Of events: a layout that changes asks those around it to change."""
LEAST_SEEN = 40
"""Pixels of something higher than its surroundings, a table for instance."""
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def faults(root: QWidget, *, floating: tuple[type[QWidget], ...] = (), elided: tuple[str, ...] = ()) -> list[str]:
    """What of `root`, shown, cannot be seen whole.

    Parameters
    ----------
    floating
        Kinds of widgets that lie on others because they are meant to.
    elided
        Object names of what may leave out a part of its text, with the whole text in its tool tip.
    """
    for _ in range(ROUNDS):
        QApplication.processEvents()
    found = []
    for widget in _seen(root):
        if isinstance(widget, floating):
            continue
        found += _cut_by_parent(root, widget)
        found += _overlaps(widget, floating)
        if widget.objectName() not in elided:
            found += [f"{_name(widget)}: {fault}" for fault in _lacking(widget)]
        elif not widget.toolTip() and not isinstance(widget, QTableView):  # whose cells have tool tips
            found.append(f"{_name(widget)}: nothing says the whole text")
    return found


def tab_faults(root: QWidget, first: QWidget) -> list[str]:
    """Where Tab, from `first` on, jumps back in a column or a row, or comes to what is not seen then."""
    first.setFocus()
    assert first.hasFocus(), "the window is not active"
    found, before = [], None
    for stop, place, is_seen in _tab_stops(root):
        if not is_seen:
            found.append(f"Tab comes to {_name(stop)}, which is out of sight")
        if before is not None and _goes_back(before[1], place):
            found.append(f"Tab goes back from {_name(before[0])} to {_name(stop)}")
        before = stop, place
    return found


def screen_faults(window: QWidget) -> list[str]:
    """Whether a window or dialog, with its frame, is larger than what the screen leaves for it."""
    room, size = window.screen().availableGeometry().size(), window.frameGeometry().size()
    is_too_large = size.width() > room.width() or size.height() > room.height()
    return [f"{_name(window)} is {_text(size)} on a screen of {_text(room)}"] if is_too_large else []


def _seen(root: QWidget) -> Iterator[QWidget]:
    yield root
    for child in root.findChildren(QWidget, options=DIRECT):
        if child.isVisible() and not child.isWindow() and not isinstance(child, QScrollBar):
            yield from _seen(child)


def _cut_by_parent(root: QWidget, widget: QWidget) -> list[str]:
    parent = widget.parentWidget()
    if widget is root or parent is None or parent.rect().contains(widget.geometry()) or widget.size().isEmpty():
        return []
    area = parent.parentWidget()
    if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
        return [f"{_name(widget)} cannot be scrolled to" for bars in [_missing_bars(area, widget)] if bars]
    return [f"{_name(widget)} {_box(widget.geometry())} is cut by {_name(parent)} of {_text(parent.size())}"]


def _missing_bars(area: QAbstractScrollArea, content: QWidget) -> bool:
    across, down = area.horizontalScrollBar(), area.verticalScrollBar()
    room = area.viewport().size()
    lacks_across = content.width() > room.width() + across.maximum() or not _may_scroll(area, across)
    lacks_down = content.height() > room.height() + down.maximum() or not _may_scroll(area, down)
    return (content.width() > room.width() and lacks_across) or (content.height() > room.height() and lacks_down)


def _may_scroll(area: QAbstractScrollArea, bar: QScrollBar) -> bool:
    is_across = bar.orientation() == Qt.Orientation.Horizontal
    policy = area.horizontalScrollBarPolicy() if is_across else area.verticalScrollBarPolicy()
    return policy != Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def _overlaps(parent: QWidget, floating: tuple[type[QWidget], ...]) -> Iterator[str]:
    children = [c for c in parent.findChildren(QWidget, options=DIRECT) if c.isVisible() and not c.isWindow()]
    children = [child for child in children if not isinstance(child, floating) and not child.size().isEmpty()]
    for one, other in combinations(children, 2):
        common = one.geometry().intersected(other.geometry())
        if not common.isEmpty():
            yield f"{_name(one)} and {_name(other)} overlap by {_text(common.size())}"


def _lacking(widget: QWidget) -> Iterator[str]:
    """What of a widget's own content has no room."""
    if isinstance(widget, QLabel):
        yield from _label_lacks(widget)
    elif isinstance(widget, QAbstractButton) and widget.text():
        yield from _lacks(widget.sizeHint(), widget.size())
    elif isinstance(widget, QComboBox):
        yield from _combo_lacks(widget)
    elif isinstance(widget, QLineEdit):
        yield from _line_lacks(widget)
    elif isinstance(widget, QTableView):
        yield from _table_lacks(widget)
    elif not isinstance(widget, QHeaderView | QAbstractSpinBox):  # a spin box has a line, which is looked at
        yield from _lacks(widget.minimumSizeHint().boundedTo(widget.maximumSize()), widget.size())


def _label_lacks(label: QLabel) -> Iterator[str]:
    if not label.text() and label.pixmap().isNull():
        return
    if isinstance(label, ElidedLabel):
        needed, room = label.fontMetrics().horizontalAdvance(label.text()), label.contentsRect().width()
        if needed > room + SLACK:
            yield f"“{label.text()}” is elided: {needed} pixels in {room}"
    elif label.wordWrap():
        yield from _lacks(QSize(label.minimumSizeHint().width(), label.heightForWidth(label.width())), label.size())
    else:
        yield from _lacks(label.sizeHint(), label.size())


def _combo_lacks(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    field = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    needed = QSize(box.fontMetrics().horizontalAdvance(box.currentText()), box.fontMetrics().height())
    yield from _lacks(needed, field.size())


def _line_lacks(line: QLineEdit) -> Iterator[str]:
    """A text that is longer scrolls; a number and a placeholder do not."""
    is_number = isinstance(line.parentWidget(), QAbstractSpinBox)
    text = line.text() if is_number else line.placeholderText() if not line.text() else ""
    margins = line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right()
    yield from _lacks(
        QSize(line.fontMetrics().horizontalAdvance(text), line.fontMetrics().height() - 2 * SLACK),
        QSize(room, line.height()),
    )


def _table_lacks(table: QTableView) -> Iterator[str]:
    """Titles and cells have room, and the last column can be seen or scrolled to."""
    model, header = table.model(), table.horizontalHeader()
    shown = range(min(model.rowCount(QModelIndex()), 50))
    for column in range(model.columnCount(QModelIndex())):
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        texts = [title, *(str(model.index(row, column).data() or "") for row in shown)]
        needed = max(table.fontMetrics().horizontalAdvance(line) for text in texts for line in text.split("\n"))
        if needed > header.sectionSize(column):
            yield f"column “{title}” needs {needed} pixels and has {header.sectionSize(column)}"
    is_stuck = table.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if is_stuck and header.length() > table.viewport().width():
        yield f"columns of {header.length()} pixels are cut at {table.viewport().width()}"
    for row in shown[:1]:
        yield from _lacks(QSize(0, table.fontMetrics().height()), QSize(0, table.rowHeight(row)))


def _lacks(needed: QSize, room: QSize) -> Iterator[str]:
    if needed.width() > room.width() + SLACK or needed.height() > room.height() + SLACK:
        yield f"needs {_text(needed)} and has {_text(room)}"


def _tab_stops(root: QWidget) -> Iterator[tuple[QWidget, QRect, bool]]:
    """What Tab comes to inside `root`, by real keys, until it comes round: widget, place, and whether it is seen.

    The place is one as if nothing was scrolled. (To ask widgets for the next in the chain loses Python's hold on some.)
    """
    stops: list[QWidget] = []
    stop = QApplication.focusWidget()
    while stop is not None and stop not in stops:
        stops.append(stop)
        if root.isAncestorOf(stop):
            yield stop, _unscrolled_place(root, stop), _is_seen(stop)
        QTest.keyClick(stop, Qt.Key.Key_Tab)
        stop = QApplication.focusWidget()


def _unscrolled_place(root: QWidget, widget: QWidget) -> QRect:
    place = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    around = widget.parentWidget()
    while around is not None and around is not root:
        if isinstance(around, QScrollArea):
            place.translate(around.horizontalScrollBar().value(), around.verticalScrollBar().value())
        around = around.parentWidget()
    return place


def _is_seen(widget: QWidget) -> bool:
    """As far as its surroundings can show it."""
    seen, room = widget.visibleRegion().boundingRect().size(), widget.size()
    return seen == room or (seen.width() >= room.width() and seen.height() >= LEAST_SEEN)


def _goes_back(before: QRect, after: QRect) -> bool:
    shares_columns = before.left() < after.right() and after.left() < before.right()
    shares_rows = before.top() < after.bottom() and after.top() < before.bottom()
    return (shares_columns and after.bottom() <= before.top()) or (shares_rows and after.right() <= before.left())


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName() or text!r}"


def _text(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


def _box(box: QRect) -> str:
    return f"{_text(box.size())} at {box.left()},{box.top()}"
