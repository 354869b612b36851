"""The drawing page: the pad and its tools on the left, the answer and what the network sees on the right."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSlider, QToolButton, QVBoxLayout, QWidget

from core.normalize import NormalizedDigit
from core.recognizer import Recognition
from gui.canvas import SMALLEST_SIDE, Canvas
from gui.escape_key import EscapeKey
from gui.icons import icon
from gui.live_recognition import LiveRecognition
from gui.network_view import NetworkView
from gui.pad_document import PadDocument
from gui.result_panel import ResultPanel
from gui.theme import MARGIN, SPACING, follow_theme

THINNEST, THICKEST = 0.01, 0.12
NARROWEST_ANSWER, WIDEST_ANSWER = 380, 540


class DrawTab(QWidget):
    """Wires the pad to the answer. What can be done is in its actions, which the window's menus share."""

    def __init__(self, document: PadDocument, recognition: LiveRecognition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._recognition = recognition
        self.canvas = Canvas(document)
        self.result = ResultPanel()
        self.network = NetworkView()
        self.actions_by_name = self._make_actions()
        self.pen_width = self._make_pen_width()
        self._escape = EscapeKey()
        self._was_left = False
        self._lay_out()
        recognition.answered.connect(self.show_digit)
        recognition.announced.connect(self.result.show_answer)
        document.undo_stack.canUndoChanged.connect(self._update_actions)
        document.undo_stack.canRedoChanged.connect(self._update_actions)
        document.changed.connect(self._update_actions)
        self._update_actions()
        follow_theme(self._draw_icons)

    def show_digit(self, digit: NormalizedDigit | None, recognition: Recognition) -> None:
        """Show how the network sees what is on the pad."""
        self.network.show_digit(digit, self._recognition.content)

    def set_pen_width(self, width: float) -> None:
        """Choose the width of the shown line, as a share of the pad."""
        self.pen_width.setValue(round(width * 1000))

    def _make_actions(self) -> dict[str, QAction]:
        actions = {
            "undo": self._action(self.tr("&Undo"), ["Ctrl+Z"], self.document.undo_stack.undo),
            "redo": self._action(self.tr("&Redo"), ["Ctrl+Shift+Z", "Ctrl+Y"], self.document.undo_stack.redo),
            "eraser": self._action(self.tr("&Eraser"), ["E"], None),
            "clear": self._action(self.tr("C&lear"), ["Del"], self.document.clear),
        }
        for name in ("eraser", "clear"):
            actions[name].setAutoRepeat(False)  # a key that is held would switch to and fro
        actions["eraser"].setCheckable(True)
        actions["eraser"].toggled.connect(self.canvas.set_eraser)
        for name, action in actions.items():
            keys = ", ".join([key.toString() for key in action.shortcuts()] + ["Esc"] * (name == "clear"))
            action.setToolTip(f"{action.text().replace('&', '')} ({keys})")
        return actions

    def _draw_icons(self) -> None:
        for name, action in self.actions_by_name.items():
            action.setIcon(icon(name))

    def _action(self, text: str, shortcuts: list[str], slot: object) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(keys) for keys in shortcuts])
        if slot is not None:
            action.triggered.connect(slot)
        self.addAction(action)
        return action

    def _make_pen_width(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setObjectName("penWidth")
        slider.setAccessibleName(self.tr("Pen width"))
        slider.setToolTip(self.tr("Pen width of the strokes to come. The network always sees MNIST's own width."))
        slider.setRange(round(THINNEST * 1000), round(THICKEST * 1000))
        slider.setValue(round(self.document.pen_width * 1000))
        slider.setFixedWidth(150)
        slider.valueChanged.connect(self._on_pen_width)
        return slider

    def _on_pen_width(self, thousandths: int) -> None:
        self.document.set_pen_width(thousandths / 1000)

    def _update_actions(self) -> None:
        """What cannot be done is not offered; and nothing is while the page is hidden, where keys mean other things."""
        stack, shown = self.document.undo_stack, self.isVisible()
        self.actions_by_name["undo"].setEnabled(shown and (stack.canUndo() or self.document.is_drawing))
        self.actions_by_name["redo"].setEnabled(shown and stack.canRedo())
        self.actions_by_name["eraser"].setEnabled(shown)
        self.actions_by_name["clear"].setEnabled(shown and not self.document.is_blank)

    def _follow_activation(self) -> None:
        if not self.isActiveWindow():
            self._was_left = True
        elif self._was_left:
            self._escape.wait()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACING)
        left.addWidget(SquareFrame(self.canvas), 1)
        left.addLayout(self._tools())
        self._answer = QWidget()
        right = QVBoxLayout(self._answer)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(SPACING)
        right.addWidget(self.result, 1)
        right.addWidget(self.network)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("The answer, and what the network sees"))
        scroll.setMinimumWidth(NARROWEST_ANSWER)
        scroll.setMaximumWidth(WIDEST_ANSWER)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._answer)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(left, 2)
        layout.addWidget(scroll, 1)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for name in ("undo", "redo"):
            row.addWidget(self._tool_button(name))
        row.addSpacing(MARGIN)
        row.addWidget(QLabel(self.tr("Pen width")))
        row.addWidget(self.pen_width)
        row.addSpacing(MARGIN)
        for name in ("eraser", "clear"):
            row.addWidget(self._tool_button(name))
        row.addStretch()
        return row

    def _tool_button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setDefaultAction(self.actions_by_name[name])
        button.setAccessibleName(self.actions_by_name[name].text().replace("&", ""))
        if name in ("eraser", "clear"):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        # from the page's size, not the column's: the column cannot get narrower than what is in it
        column = min(max((event.size().width() - 3 * MARGIN) // 3, NARROWEST_ANSWER), WIDEST_ANSWER)
        room = event.size().height() - 2 * MARGIN - SPACING - self.result.minimumSizeHint().height()
        self.network.fit(column, room)
        for part in (self.network, self._answer):  # now: the scroll area asks for their least width only once
            layout = part.layout()
            if layout is not None:
                layout.activate()
        super().resizeEvent(event)

    # Not a shortcut, which would also take an Esc that has just closed something.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or event.modifiers():
            super().keyPressEvent(event)
        elif self._escape.press(is_repeated=event.isAutoRepeat()):
            self.actions_by_name["clear"].trigger()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._escape.release()
        super().keyReleaseEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._update_actions()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._update_actions()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange:
            self._follow_activation()
        super().changeEvent(event)


class SquareFrame(QWidget):
    """Keeps one child square, as large as fits, in the middle."""

    def __init__(self, child: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._child = child
        child.setParent(self)
        self.setMinimumSize(SMALLEST_SIDE, SMALLEST_SIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = min(self.width(), self.height())
        self._child.setGeometry((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        super().resizeEvent(event)
