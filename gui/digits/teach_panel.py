"""Teach now: start it, follow it, and decide what to do with the taught model."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.errors import DigitPadError
from core.models.library import ModelLibrary
from core.samples.sample import NO_DIGIT, Sample
from core.training.control import TrainingControl
from core.training.events import StageBegan
from core.training.teaching import ChangedSample, Taught, TeachingProgress, TeachingRequest
from core.wording.messages import sentences
from gui.digits.picture_button import Picture, PictureButton
from gui.digits.sample_texts import amount_text, writer_text
from gui.digits.teach_view import TeachView
from gui.digits.teaching_thread import Teach, TeachingThread, teach
from gui.recognition.active_model import ActiveModel
from gui.recognition.sample_words import label_text
from gui.system.turn import Turn
from gui.system.waiting import wait_for_any
from gui.widgets.quantities import duration_text


class TeachPanel(TeachView):
    """Goes on from the model in use with the samples of the store. Nothing is replaced until a button is pressed.

    Signals
    -------
    problem, information
        How the teaching ended, where this panel is hidden and cannot say it itself.
    chosen
        The ids of samples that were clicked.
    finished
        A teaching is over, however it ended.
    """

    problem = Signal(str)
    information = Signal(str)
    chosen = Signal(list)
    finished = Signal()

    def __init__(
        self,
        library: ModelLibrary,
        model: ActiveModel,
        store: Path,
        turn: Turn,
        teach: Teach = teach,
        parent: QWidget | None = None,
    ) -> None:
        """`turn` says whether something else learns; `teach` does the work, in a thread."""
        super().__init__(parent)
        self._library, self._model, self._store = library, model, store
        self._turn, self._run = turn, teach
        self._samples: Mapping[int, Sample] = {}
        self._writer: str | None = None
        self._thread: TeachingThread | None = None
        self._taught: Taught | None = None
        self._stage = ""
        self._is_stopping = False
        self._said: tuple[str, str] = ("", "")
        """How it ended, and in which tone, until something else begins."""
        self._connect()
        self._show_state()

    @property
    def is_under_way(self) -> bool:
        """Whether a model is being taught."""
        return self._thread is not None

    @property
    def taught(self) -> Taught | None:
        """The taught model about which nobody has decided yet."""
        return self._taught

    def show_samples(self, samples: Mapping[int, Sample], writer: str | None) -> None:
        """Offer to learn these samples, by id: those of a `writer`, or all for None."""
        if (samples.keys(), writer) != (self._samples.keys(), self._writer):
            self._said = ("", "")
        self._samples, self._writer = samples, writer
        if self._taught is None and self._thread is None:
            self._show_state()

    def begin(self) -> None:
        """Teach the model in use."""
        bundle = self._model.bundle
        if self._blocked_by() or bundle is None:
            return
        request = TeachingRequest(start=str(bundle.folder), writer=self._writer)
        self._taught, self._is_stopping, self._said = None, False, ("", "")
        control, run, library, store = TrainingControl(), self._run, self._library, self._store
        self._thread = TeachingThread(lambda emit: run(request, control, emit, library, store), control)
        self._thread.emitted.connect(self._show_event)
        self._thread.failed.connect(self._fail)
        self._thread.finished.connect(self._end)
        self._turn.take(self.tr("DigitPad is learning your digits. Wait until it is done."))
        self.progress.setValue(0)
        self._show_state()
        self.say(self.tr("Getting ready…"))
        self._thread.begin()

    def stop_and_wait(self, timeout_ms: int) -> bool:
        """Stop a teaching, which keeps nothing, and wait for its end. Returns False if it does not end in time.

        The window is repainted meanwhile, but takes no input.
        """
        if self._thread is not None:
            self._stop()
            wait_for_any(timeout_ms, self.finished)
        return not self.is_under_way

    # --- what happens ---------------------------------------------------------------------------------------

    def _show_event(self, event: object) -> None:
        if isinstance(event, Taught):
            self._take(event)
        elif isinstance(event, StageBegan):
            self._stage = event.text
            self._say_stage(f"{event.text}…")
        elif isinstance(event, TeachingProgress):
            self.progress.setValue(round(100 * event.share))
            if event.seconds_left is not None:
                left = duration_text(max(event.seconds_left, 1))
                self._say_stage(self.tr("{0}… about {1} left").format(self._stage, left))

    def _say_stage(self, sentence: str) -> None:
        if self._is_stopping:
            stage = self._stage[:1].lower() + self._stage[1:]
            sentence = self.tr("Stopping… ({0} has to finish first)").format(stage) if stage else self.tr("Stopping…")
        self.say(sentence)

    def _take(self, taught: Taught) -> None:
        self._taught = taught
        if not self.isVisible():
            self.information.emit(self.tr("{0} Decide on the page My digits.").format(taught.verdict))

    def _fail(self, sentence: str) -> None:
        self._said = sentence, "bad"
        if not self.isVisible():
            self.problem.emit(sentence)

    def _end(self) -> None:
        self._thread = None
        self._stage = ""
        self._turn.give_back()  # which shows how it is now
        self.finished.emit()

    def _stop(self) -> None:
        if self._thread is not None:
            self._is_stopping = True
            self.stop.setEnabled(False)
            self._say_stage("")
            self._thread.cancel()

    # --- what the buttons ask for ---------------------------------------------------------------------------

    def _use(self) -> None:
        taught = self._taught
        if taught is not None:
            done = self.tr("“{0}” is in use.").format(taught.name)
            self._decide(lambda: self._model.use(self._library.bundle(taught.model)), done)

    def _keep_old(self) -> None:
        taught = self._taught
        if taught is not None:
            done = self.tr("DigitPad reads as before. The taught model was deleted again.")
            self._decide(lambda: self._library.delete(self._library.bundle(taught.model, verify=())), done)

    def _decide(self, work: Callable[[], None], done: str) -> None:
        """Do with the taught model what was chosen; if that is impossible, it is still in the list of models."""
        said = done, ""
        try:
            work()
        except DigitPadError as error:
            said = str(error), "bad"
        self._taught, self._said = None, said
        self._show_state()

    def _go_back(self) -> None:
        said = ("", "")
        try:
            self._model.use(self._library.shipped_bundle())
        except DigitPadError as error:
            said = str(error), "bad"
        self._said = said
        self._show_state()

    def _follow_model(self) -> None:
        """Another model is in use, perhaps the taught one, which the list of models offers, too."""
        bundle, taught = self._model.bundle, self._taught
        if taught is not None and bundle is not None and bundle.slug == taught.model and not bundle.is_shipped:
            self._taught = None
        self._said = ("", "")
        self._show_state()

    def _toggle_changed(self) -> None:
        is_shown = any(button.pictures for button in self.changed)
        self.show_pictures([] if is_shown or self._taught is None else self._pictures_of(self._taught.changed))

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, PictureButton):
            self.chosen.emit(button.ids())

    # --- what is shown --------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        """Say how it is, and offer what can be done now."""
        is_running, taught = self._thread is not None, self._taught
        self.progress.setVisible(is_running)
        if taught is not None and not is_running:
            self._show_verdict(taught)
        elif not is_running:
            sentence, tone = self._said if self._said[0] else (self._blocked_by() or self._offer_text(), "")
            self.say(sentence, tone=tone, is_news=bool(self._said[0]))
        self.stop.setEnabled(not self._is_stopping)
        self.teach.setEnabled(is_running or not self._blocked_by())  # a disabled one would pass the focus to others
        self._show_buttons()

    def _show_verdict(self, taught: Taught) -> None:
        how = [] if taught.own.how is None else [str(taught.own.how)]
        note = " ".join(filter(None, (taught.recommendation.reason, *how, *sentences(taught.notes))))
        tone = "good" if taught.recommendation.is_given else "doubtful"
        self.say(str(taught.verdict), note, tone=tone, is_news=True)

    def _show_buttons(self) -> None:
        is_running, taught, bundle = self._thread is not None, self._taught, self._model.bundle
        offered: list[QPushButton] = [self.stop] if is_running else [self.teach]
        if taught is not None and not is_running:
            offered = [self.use, self.keep_old, *([self.show_changed] if taught.changed else [])]
        if bundle is not None and not bundle.is_shipped:
            offered.append(self.back)
        is_recommended = taught is not None and taught.recommendation.is_given
        self.offer(offered, self.teach if taught is None else self.use if is_recommended else self.keep_old)
        self.show_pictures([])

    def _blocked_by(self) -> str:
        """Why nothing can be taught now; "" if it can."""
        if self._turn.reason:
            return self._turn.reason
        if self._model.bundle is None:
            return self.tr("There is no model to teach.")
        return "" if self._count() else self.tr("Keep at least one digit first.")

    def _count(self) -> int:
        return sum(self._writer in (None, sample.writer) for sample in self._samples.values())

    def _offer_text(self) -> str:
        what = amount_text(self._count())
        whose = "" if self._writer is None else self.tr(" ({0})").format(writer_text(self._writer))
        text = self.tr("The model in use learns your {0}{1} in about half a minute. It is replaced only if you say so.")
        return text.format(what, whose)

    def _pictures_of(self, changed: tuple[ChangedSample, ...]) -> list[tuple[Picture, str]]:
        """The pictures of what is still kept, and what is said of each: what got worse comes first."""
        there = [one for one in changed if one.sample in self._samples]
        there.sort(key=lambda one: (one.before != one.label, one.after == one.label))
        return [(self._picture_of(one), _said_of(self, one)) for one in there]

    def _picture_of(self, one: ChangedSample) -> Picture:
        colour = "good" if one.after == one.label else "bad" if one.before == one.label else "doubtful"
        return Picture(self._samples[one.sample], f"{_sign(one.before)} → {_sign(one.after)}", colour)

    def _connect(self) -> None:
        self.teach.clicked.connect(self.begin)
        self.stop.clicked.connect(self._stop)
        self.use.clicked.connect(self._use)
        self.keep_old.clicked.connect(self._keep_old)
        self.show_changed.clicked.connect(self._toggle_changed)
        self.back.clicked.connect(self._go_back)
        for button in self.changed:
            button.clicked.connect(self._choose)
        self._model.changed.connect(self._follow_model)
        self._turn.changed.connect(self._show_state)


def _sign(label: int) -> str:
    """A label where there is room for one character."""
    return "–" if label == NO_DIGIT else str(label)


def _said_of(panel: QWidget, one: ChangedSample) -> str:
    text = panel.tr("Kept as {0}, read as {1} before and as {2} now")
    return text.format(*map(label_text, (one.label, one.before, one.after)))
