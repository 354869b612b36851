"""The page “Inside”: what the network makes of the drawing, while it is drawn."""

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.digits.normalize import NormalizedDigit
from core.explaining.explainer import Explainer
from core.pad.content import Content
from core.recognition.answers import Answer
from core.recognition.recognizer import Recognition
from gui.draw.escape_key import EscapeKey
from gui.inside.layers_panel import LayersPanel
from gui.inside.layout import InsideLayout
from gui.inside.looking import Insight, Panel, Request
from gui.inside.looks import Looks
from gui.inside.map_panel import MapPanel
from gui.inside.neighbours_panel import NeighboursPanel
from gui.inside.pad_actions import PadActions
from gui.inside.pad_column import PadColumn
from gui.inside.section import Section
from gui.inside.terms import Term
from gui.inside.try_panel import TryPanel
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition

_AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 1


class InsideTab(QWidget):
    """Connects the pad, the answers, and what is computed in the background for the panels that are open.

    Signals
    -------
    put_on_pad
        `(Content)`: somebody wants a training digit on the pad.
    dropped
        `(QMimeData)`: something was dropped on the pad. It exists only until the slots have returned.
    """

    put_on_pad = Signal(object)
    dropped = Signal(QMimeData)

    def __init__(
        self,
        document: PadDocument,
        model: ActiveModel,
        recognition: LiveRecognition,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("inside")
        self._model, self._recognition, self._document = model, recognition, document
        self.looks = Looks(model, self)
        self.actions_of_pad = PadActions(document, self)
        self.pad = PadColumn(document, self.actions_of_pad.by_name)
        self.layers, self.neighbours = LayersPanel(), NeighboursPanel()
        self.map, self.try_it = MapPanel(), TryPanel()
        self.sections = [
            Section(Panel.LAYERS, self.tr("Layers"), Term.LAYERS, self.layers, is_open=True),
            Section(Panel.NEIGHBOURS, self.tr("Neighbours"), Term.NEIGHBOURS, self.neighbours, is_open=False),
            Section(Panel.MAP, self.tr("Map"), Term.MAP, self.map, is_open=False),
            Section(Panel.TRY_IT, self.tr("Try it"), Term.TRY_IT, self.try_it, is_open=False),
        ]
        self.page = InsideLayout(self.pad, self.sections)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._escape = EscapeKey()
        self._will_ask = False
        self._connect()

    def section(self, kind: Panel) -> Section:
        """The part of the page with this panel."""
        return next(section for section in self.sections if section.kind == kind)

    @property
    def is_settled(self) -> bool:
        """Whether everything that was asked for is shown."""
        return not self._will_ask and not self.looks.is_busy

    def ask(self) -> None:
        """Ask for what the open panels show of the digit that is looked at; nothing while the page is hidden."""
        self._will_ask = False
        digit = self._recognition.digit
        if not self.isVisible():
            return
        if self._model.bundle is None:
            self._say(self.tr("There is no model to look into."))
        elif digit is None:
            self.looks.stop()
            self._say(self.tr("Draw a digit, and see what the network makes of it."))
        else:
            panels = frozenset(section.kind for section in self.sections if section.is_open)
            if panels:
                self.looks.want(Request(digit.image, panels, self.try_it.damage))

    # --- what comes in --------------------------------------------------------------------------------------

    def _follow_answer(self, digit: NormalizedDigit | None, content: Content) -> None:
        """Ask once the answer is painted; of many answers until then, for the last one."""
        if self.isVisible():
            self.pad.show_number(self._recognition.reading, self._recognition.selection.index)
            self._ask_later()

    def _ask_later(self) -> None:
        if not self._will_ask:
            self._will_ask = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _AFTER_PAINTING)

    def _follow_announcement(self, answer: Recognition, announcement: Answer | None, is_in_doubt: bool) -> None:
        if not self.isVisible():
            return
        recognition = self._recognition
        self.pad.show_announcement(answer, announcement, is_in_doubt)
        is_corrected = recognition.recognition.sample is not None
        own = self.tr("One of your own digits decides here. What is explained is the network without it.")
        self.pad.show_note(own if is_corrected else "")
        if not recognition.is_of_stroke:
            selected = recognition.selection.index
            self.pad.canvas.mark_digits(recognition.reading, selected, with_unread=recognition.unread > 0)

    def _take_explainer(self, explainer: Explainer) -> None:
        for section in self.sections:
            section.show_explainer(explainer)

    def _take_insight(self, insight: Insight) -> None:
        if not self.isVisible() or self._recognition.digit is None:
            return
        for section in self.sections:
            if section.is_open and section.kind in insight.request.panels:
                section.panel.show_insight(insight)

    def _say(self, sentence: str) -> None:
        for section in self.sections:
            section.say(sentence)

    def _connect(self) -> None:
        recognition = self._recognition
        recognition.answered.connect(self._follow_answer)
        recognition.announced.connect(self._follow_announcement)
        self._model.changed.connect(self._ask_later)
        self.looks.loaded.connect(self._take_explainer)
        self.looks.seen.connect(self._take_insight)
        self.looks.failed.connect(self._say)
        self.neighbours.put_on_pad.connect(self.put_on_pad)
        self.map.put_on_pad.connect(self.put_on_pad)
        self.try_it.damage_changed.connect(self.ask)
        self.pad.choice.chosen.connect(recognition.selection.choose)
        self.pad.canvas.pointed.connect(recognition.selection.point_at)
        self.pad.canvas.dropped.connect(self.dropped)
        for section in self.sections:
            section.toggled.connect(self.ask)

    # --- Qt -------------------------------------------------------------------------------------------------

    def customEvent(self, event: QEvent) -> None:
        self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or event.modifiers():
            super().keyPressEvent(event)
        elif self._escape.press(is_repeated=event.isAutoRepeat()):
            self.actions_of_pad.by_name["clear"].trigger()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._escape.release()
        else:
            super().keyReleaseEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.actions_of_pad.update()
        self._recognition.tell_again()
        self._ask_later()

    def hideEvent(self, event: QHideEvent) -> None:
        self.looks.stop()
        self.actions_of_pad.update()
        super().hideEvent(event)
