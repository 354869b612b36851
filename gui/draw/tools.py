"""The tools of the pad: a row below it, or an upright strip beside it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QLabel, QSlider, QToolButton, QWidget

from gui.widgets.theme import follow_text_scale

THINNEST, THICKEST = 0.01, 0.12
SHORTEST_SLIDER, LONGEST_SLIDER = 56, 150
GAP, UPRIGHT_GAP = 8, 5
NAMED = ("eraser", "clear", "evidence")
"""Tools with a text, where there is room for it."""
SPARED = "evidence"
"""Has no place in a strip that is too low for all: its key and the menu have it, too."""
ALL_TEXTS, NO_LABEL, ICONS = range(3)

Direction, Style = QBoxLayout.Direction, Qt.ToolButtonStyle


class PadTools(QWidget):
    """Undo, redo, pen width, eraser, clear and why, with as many texts as there is room for."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ALL_TEXTS
        self._widths: tuple[int, ...] = ()
        self._row, self._strip = QSize(), QSize()
        self._buttons = {name: _tool_button(name, action) for name, action in actions.items()}
        self._label = QLabel(self.tr("Pen width"))
        self.pen_width = QSlider(Qt.Orientation.Horizontal)
        self.pen_width.setObjectName("penWidth")
        self.pen_width.setAccessibleName(self.tr("Pen width"))
        self.pen_width.setRange(round(THINNEST * 1000), round(THICKEST * 1000))
        self._layout = QBoxLayout(Direction.LeftToRight, self)
        self._lay_out()
        follow_text_scale(self._measure)

    def row_size(self) -> QSize:
        """The least size of the tools as a row."""
        return self._row

    def strip_size(self) -> QSize:
        """The least size of the tools as a strip."""
        return self._strip

    def fit(self, width: int, height: int, *, upright: bool) -> None:
        """Become a strip `height` pixels high, or a row with as many texts as fit into `width`."""
        words = next((words for words in (ALL_TEXTS, NO_LABEL) if self._widths[words] <= width), ICONS)
        room = LONGEST_SLIDER if upright else max(width - self._widths[words], 0) + SHORTEST_SLIDER
        self._set_direction(upright=upright)
        spared = self._buttons[SPARED]
        spared.setVisible(not upright or height >= self._strip.height() + spared.sizeHint().height() + GAP)
        self._set_texts(ICONS if upright else words)
        self._limit_slider(min(room, LONGEST_SLIDER))

    def _set_direction(self, *, upright: bool) -> None:
        direction = Direction.TopToBottom if upright else Direction.LeftToRight
        if direction != self._layout.direction():
            self._layout.setDirection(direction)
            self._layout.setSpacing(UPRIGHT_GAP if upright else GAP)
            self._layout.setAlignment(self.pen_width, Qt.AlignmentFlag.AlignHCenter)
            self.pen_width.setOrientation(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)

    def _set_texts(self, words: int) -> None:
        if words != self._words:
            self._words = words
            self._label.setVisible(words == ALL_TEXTS)
            for name in NAMED:
                self._buttons[name].setToolButtonStyle(_style(words))

    def _limit_slider(self, length: int) -> None:
        slider, hint = self.pen_width, self.pen_width.sizeHint()
        if slider.orientation() == Qt.Orientation.Vertical:
            slider.setMinimumSize(hint.width(), SHORTEST_SLIDER)
            slider.setMaximumSize(hint.width(), length)
        else:
            slider.setFixedSize(length, hint.height())

    def _measure(self) -> None:
        """Measure the row with all texts, without the label and with icons only, and the strip."""
        for name in NAMED:
            self._buttons[name].setToolButtonStyle(_style(ALL_TEXTS))
        named = [self._buttons[name].sizeHint() for name in NAMED]
        for name in NAMED:
            self._buttons[name].setToolButtonStyle(_style(ICONS))
        icons = [button.sizeHint() for button in self._buttons.values()]
        for name in NAMED:
            self._buttons[name].setToolButtonStyle(_style(self._words))
        rest = SHORTEST_SLIDER + len(icons) * GAP
        narrow = sum(size.width() for size in icons) + rest
        wide = narrow + sum(size.width() for size in named) - len(NAMED) * icons[0].width()
        label = self._label.sizeHint()
        self._widths = (wide + label.width() + GAP, wide, narrow)
        self._row = QSize(narrow, max(size.height() for size in (*named, label)))
        upright = [size.height() for name, size in zip(self._buttons, icons, strict=True) if name != SPARED]
        self._strip = QSize(max(size.width() for size in icons), sum(upright) + SHORTEST_SLIDER + len(upright) * GAP)

    def _lay_out(self) -> None:
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP)
        parts = [self._buttons["undo"], self._buttons["redo"], self._label, self.pen_width]
        self._layout.addStretch(1)
        for part in (*parts, *(self._buttons[name] for name in NAMED)):
            self._layout.addWidget(part)
        self._layout.addStretch(1)


def _style(words: int) -> Qt.ToolButtonStyle:
    return Style.ToolButtonIconOnly if words == ICONS else Style.ToolButtonTextBesideIcon


def _tool_button(name: str, action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setDefaultAction(action)
    button.setAccessibleName(action.text().replace("&", ""))
    button.setToolButtonStyle(_style(ALL_TEXTS if name in NAMED else ICONS))
    return button
