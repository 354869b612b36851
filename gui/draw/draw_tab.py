"""The drawing page: the pad and its tools, the answer, and what the network sees."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QSlider, QWidget

from core.digits.normalize import NormalizedDigit
from core.recognition.answers import Answer
from core.recognition.numbers import BLANK_READING, NumberReading
from core.recognition.recognizer import BLANK, Recognition
from core.wording.answer_phrases import AnswerPhrase
from gui.draw.draw_page import AnswerColumn, DrawPage
from gui.draw.escape_key import EscapeKey
from gui.draw.keep_actions import KeepActions
from gui.draw.kept_text import line_text
from gui.draw.network_view import NetworkView
from gui.draw.result_panel import ResultPanel
from gui.draw.tools import PadTools
from gui.draw.why import Why
from gui.pad.canvas import Canvas
from gui.pad.document import Content, PadDocument
from gui.recognition.keeping import Keeping
from gui.recognition.live_evidence import LiveEvidence
from gui.recognition.live_recognition import LiveRecognition
from gui.recognition.my_digits import MyDigits
from gui.widgets.icons import icon
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.theme import follow_theme

if TYPE_CHECKING:
    from gui.pad.page import Page

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DrawTab(ScrollArea):
    """Connects the pad with the answer. Its actions are also in the window's menus.

    Signals
    -------
    sample_chosen
        The number of the user's own sample that decided an answer: somebody wants to see it.
    """

    sample_chosen = Signal(int)

    def __init__(
        self,
        document: PadDocument,
        recognition: LiveRecognition,
        keeping: Keeping,
        my_digits: MyDigits,
        evidence: LiveEvidence,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.canvas = Canvas(document)
        self.keeping = keeping
        self.keep_actions = KeepActions(keeping, self)
        self.result = ResultPanel(self.keep_actions.by_label, my_digits.find)
        self.network = NetworkView()
        self.actions_by_name = self._make_actions()
        follow_theme(self._draw_icons)
        self.tools = PadTools(self.actions_by_name)
        self.pen_width = self._make_pen_width()
        self.setWidget(DrawPage(self.canvas, self.tools, AnswerColumn(self.result, self.network)))
        self.evidence = evidence
        self._why = Why(evidence, self.canvas, self.network, self.result.bars, self.actions_by_name["evidence"])
        self._escape = EscapeKey()
        self._was_left = self._was_whole = False
        self._recognition = recognition
        self._page: Page | None = None
        recognition.answered.connect(self._show_stages)
        recognition.announced.connect(self._show_announcement)
        self.canvas.pointed.connect(recognition.selection.point_at)
        self.result.pointed.connect(recognition.selection.point_at)
        self.result.chosen.connect(recognition.selection.choose)
        self.result.sample_chosen.connect(self.sample_chosen)
        self.result.labels.whole_requested.connect(keeping.take_as_one)
        self.result.labels.undo_requested.connect(document.undo_stack.undo)
        keeping.changed.connect(self._show_kept)
        document.undo_stack.canUndoChanged.connect(self._update_actions)
        document.undo_stack.canRedoChanged.connect(self._update_actions)
        document.changed.connect(self._update_actions)
        self._show_kept()

    def set_pen_width(self, width: float) -> None:
        """Set the pen's width, as a share of the pad's side."""
        self.pen_width.setValue(round(width * 1000))

    def look_at_page(self, page: "Page", index: int | None) -> None:
        """While a page covers the pad, show the answer for the digit of it that is looked at, if there is one."""
        self._page = page
        self.keeping.look_at_page(page, index)
        if index is None:
            self.result.show_phrase(AnswerPhrase.PAGE, count=len(page.reading.digits))
            self.network.show_digit(None, None)
            self.evidence.look_at(None, BLANK)
            return
        answer = page.reading.digits[index].recognition
        content, digit = page.on_pad(index)
        self.result.show_answer(answer, answer)
        self.network.show_digit(digit, content)
        self.evidence.look_at(digit, answer)

    def look_at_pad(self) -> None:
        """Show the answer for the pad: no page covers it any more."""
        self._page = None
        self.keeping.look_at_pad()
        self._recognition.tell_again()

    def _show_stages(self, digit: NormalizedDigit | None, content: Content) -> None:
        if self._page is None:
            self.network.show_digit(digit, content)
            self.evidence.look_at(digit, self._recognition.recognition)

    def _show_announcement(self, answer: Recognition, announcement: Answer | None, is_in_doubt: bool) -> None:
        reading, selection = self._recognition.reading, self._recognition.selection
        is_of_now = isinstance(announcement, NumberReading) and len(announcement.digits) == len(reading.digits)
        selected = selection.index if is_of_now else None
        unread = self._recognition.unread
        if self._page is None:
            self.result.show_answer(answer, announcement, is_in_doubt, selected=selected, unread=unread)
            if self.keeping.is_whole:  # of which nothing was answered
                self.result.labels.show_answer(None, is_asked=True)
        if not self._recognition.is_of_stroke:  # what is drawn already keeps its marks: nothing flickers
            marked, kept = BLANK_READING if self.keeping.is_whole else reading, self.keeping.kept_places()
            self.canvas.mark_digits(marked, selection.index, with_unread=unread > 0, kept=kept)

    def _show_kept(self) -> None:
        """Say what was kept, or ask, and offer the labels."""
        keeping = self.keeping
        is_kept = keeping.latest is not None or keeping.kept_before is not None
        labels = self.result.labels
        labels.say(line_text(keeping), is_kept=is_kept, can_undo=keeping.latest is not None)
        labels.offer_whole(is_possible=keeping.can_be_whole, is_whole=keeping.is_whole)
        if self._page is None and keeping.is_whole != self._was_whole:
            self._was_whole = keeping.is_whole
            self._recognition.tell_again()
        self._update_actions()

    def _make_actions(self) -> dict[str, QAction]:
        actions = {
            "undo": self._action(self.tr("&Undo"), ["Ctrl+Z"], self.document.undo_stack.undo),
            "redo": self._action(self.tr("&Redo"), ["Ctrl+Shift+Z", "Ctrl+Y"], self.document.undo_stack.redo),
            "eraser": self._action(self.tr("&Eraser"), ["E"], None),
            "clear": self._action(self.tr("C&lear"), ["Del"], self.document.clear),
            "evidence": self._action(self.tr("&Why?"), ["W"], None),
        }
        for name in ("eraser", "clear", "evidence"):
            actions[name].setAutoRepeat(False)  # a key held down would toggle it again and again
        for name in ("eraser", "evidence"):
            actions[name].setCheckable(True)
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
        slider = self.tools.pen_width
        tip = self.tr("Width of the next strokes. The network always sees strokes as wide as MNIST’s.")
        slider.setToolTip(plain_tool_tip(tip))
        slider.setValue(round(self.document.pen_width * 1000))
        slider.valueChanged.connect(self._on_pen_width)
        return slider

    def _on_pen_width(self, thousandths: int) -> None:
        self.document.set_pen_width(thousandths / 1000)

    def _update_actions(self) -> None:
        """Disable what cannot be done, and everything while the page is hidden: keys mean other things there."""
        stack, shown = self.document.undo_stack, self.isVisible()
        self.actions_by_name["undo"].setEnabled(shown and (stack.canUndo() or self.document.is_drawing))
        self.actions_by_name["redo"].setEnabled(shown and stack.canRedo())
        self.actions_by_name["eraser"].setEnabled(shown)
        self.actions_by_name["clear"].setEnabled(shown and not self.document.is_blank)
        self.actions_by_name["evidence"].setEnabled(shown)
        self.keep_actions.offer(is_shown=shown)

    def _follow_activation(self) -> None:
        if not self.isActiveWindow():
            self._was_left = True
        elif self._was_left:
            self._escape.wait()

    # Not shortcuts: one would also take the Esc that has just closed a menu or dialog, the other Enter from buttons.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.keep_actions.confirm.trigger()
        elif event.key() != Qt.Key.Key_Escape or event.modifiers():
            super().keyPressEvent(event)
        elif self._escape.press(is_repeated=event.isAutoRepeat()):
            if self.canvas.close_cover():
                self._escape.spend()
            else:
                self.actions_by_name["clear"].trigger()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._escape.release()
        else:
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
