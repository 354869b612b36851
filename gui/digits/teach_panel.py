"""Teach now: start it, follow it, and decide what to do with the taught model."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from core.models.library import ModelLibrary
from core.samples.sample import Sample
from core.training.control import TrainingControl
from core.training.teaching import ChangedSample, Taught, TeachingProgress, TeachingRequest
from core.wording.messages import sentences
from gui.digits.picture_button import Picture, PictureButton
from gui.digits.sample_texts import amount_text, short_label
from gui.digits.teaching_thread import Teach, TeachingThread, teach
from gui.recognition.active_model import ActiveModel
from gui.recognition.sample_words import label_text
from gui.system.errors import report_problems
from gui.widgets.button_row import make_button, make_button_row, set_primary
from gui.widgets.card import Card
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_heading
from gui.widgets.quantities import duration_text
from gui.widgets.theme import MARGIN, set_look

MOST_CHANGED = 12


class TeachPanel(Card):
    """Goes on from the model in use with the samples of the store. Nothing is replaced until a button is pressed.

    Signals
    -------
    problem
        A sentence: why it could not be taught, or the model not be used.
    chosen
        The ids of samples that were clicked.
    """

    problem = Signal(str)
    chosen = Signal(list)

    def __init__(
        self,
        library: ModelLibrary,
        model: ActiveModel,
        store: Path,
        teach: Teach = teach,
        parent: QWidget | None = None,
    ) -> None:
        """`teach` does the work, in a thread."""
        super().__init__(parent)
        self._library, self._model, self._store, self._run = library, model, store, teach
        self._samples: Mapping[int, Sample] = {}
        self._writer: str | None = None
        self._thread: TeachingThread | None = None
        self._taught: Taught | None = None
        self.status = QLabel()
        self.progress = QProgressBar()
        self.teach = make_button("teach", self.tr("Teach DigitPad my hand"), is_primary=True)
        self.stop = make_button("teachStop", self.tr("Stop"))
        self.use = make_button("teachUse", self.tr("Use it"))
        self.keep_old = make_button("teachKeepOld", self.tr("Keep the old one"))
        self.show_changed = make_button("teachShowChanged", self.tr("Show what changed"))
        self.back = make_button("teachBack", self.tr("Back to DigitPad"))
        self.changed = [PictureButton() for _ in range(MOST_CHANGED)]
        self._lay_out()
        self._connect()
        self._show_state()

    @property
    def is_under_way(self) -> bool:
        """Whether a model is being taught."""
        return self._thread is not None

    def show_samples(self, samples: Mapping[int, Sample], writer: str | None) -> None:
        """Offer to learn these samples, by id: those of a `writer`, or all for None."""
        self._samples, self._writer = samples, writer
        if self._taught is None and self._thread is None:
            self._show_state()

    def begin(self) -> None:
        """Teach the model in use."""
        bundle = self._model.bundle
        if self._thread is not None or bundle is None:
            return
        request = TeachingRequest(start=str(bundle.folder), writer=self._writer)
        self._taught = None
        control, run, library, store = TrainingControl(), self._run, self._library, self._store
        self._thread = TeachingThread(lambda emit: run(request, control, emit, library, store), control)
        self._thread.emitted.connect(self._show_event)
        self._thread.failed.connect(self._fail)
        self._thread.finished.connect(self._end)
        self.progress.setValue(0)
        self._say(self.tr("Getting ready…"))
        self._show_buttons()
        self._thread.begin()

    # --- what happens ---------------------------------------------------------------------------------------

    def _show_event(self, event: object) -> None:
        if isinstance(event, TeachingProgress):
            self.progress.setValue(round(100 * event.share))
            left = event.seconds_left
            text = self.tr("Learning your digits…") if left is None else self.tr("Learning your digits: {0} left")
            self._say(text.format("" if left is None else duration_text(left)))
        elif isinstance(event, Taught):
            self._taught = event
            reason = event.recommendation.reason
            self._say(" ".join(filter(None, (str(event.verdict), reason, *sentences(event.notes)))))

    def _fail(self, sentence: str) -> None:
        self._say(sentence, tone="bad")

    def _end(self) -> None:
        self._thread = None
        if self._taught is None and self.status.property("tone") != "bad":
            self._show_state()
        self._show_buttons()

    def _stop(self) -> None:
        if self._thread is not None:
            self._say(self.tr("Stopping…"))
            self._thread.cancel()

    def _use(self) -> None:
        taught = self._taught
        if taught is not None and self._use_model(lambda: self._library_model(taught.model)):
            self._taught = None
            self._say(self.tr("“{0}” is in use.").format(taught.name))
            self._show_buttons()

    def _keep_old(self) -> None:
        taught, self._taught = self._taught, None
        if taught is not None:
            self._say(self.tr("Nothing was replaced. “{0}” is in the list of models.").format(taught.name))
            self._show_buttons()

    def _go_back(self) -> None:
        if self._use_model(lambda: self._model.use(self._library.shipped_bundle())):
            self._show_state()

    def _library_model(self, slug: str) -> None:
        self._model.use(self._library.bundle(slug))

    def _use_model(self, use: Callable[[], None]) -> bool:
        return report_problems(self.problem.emit, use)

    def _toggle_changed(self) -> None:
        shown = not any(button.pictures for button in self.changed)
        self._show_pictures(self._taught.changed if self._taught and shown else ())

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, PictureButton):
            self.chosen.emit(button.ids())

    # --- what is shown --------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        """Say what teaching would do, or what it needs."""
        count = sum(self._writer in (None, sample.writer) for sample in self._samples.values())
        if count:
            what = amount_text(count)
            if self._writer:
                what = self.tr("{0} by {1}").format(what, self._writer)
            self._say(self.tr("Goes on from the model in use with your {0}, and rehearses what it knows.").format(what))
        else:
            self._say(self.tr("Keep at least one digit first."))
        self.teach.setEnabled(bool(count))
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_running, taught, bundle = self._thread is not None, self._taught, self._model.bundle
        self.progress.setVisible(is_running)
        self.stop.setVisible(is_running)
        self.teach.setVisible(not is_running and taught is None)
        for button in (self.use, self.keep_old):
            button.setVisible(taught is not None and not is_running)
        self.show_changed.setVisible(taught is not None and bool(taught.changed) and not is_running)
        self.back.setVisible(not is_running and taught is None and bundle is not None and not bundle.is_shipped)
        is_recommended = taught is not None and taught.recommendation.is_given
        set_primary(self.use, is_recommended)
        set_primary(self.keep_old, taught is not None and not is_recommended)
        self._show_pictures(())

    def _show_pictures(self, changed: tuple[ChangedSample, ...]) -> None:
        there = [one for one in changed if one.sample in self._samples]
        for number, button in enumerate(self.changed):
            if number < len(there):
                one = there[number]
                colour = "good" if one.after == one.label else "bad" if one.before == one.label else "doubtful"
                caption = f"{short_label(one.before)} → {short_label(one.after)}"
                said = self.tr("Kept as {0}, read as {1} before and as {2} now").format(
                    *map(label_text, (one.label, one.before, one.after))
                )
                button.show_pictures([Picture(self._samples[one.sample], caption, colour)], said)
            else:
                button.show_pictures((), "")
        self._pictures.setVisible(bool(there))

    def _say(self, sentence: str, *, tone: str = "") -> None:
        self.status.setText(sentence)
        set_look(self.status, "tone", tone)

    def _lay_out(self) -> None:
        self.status.setObjectName("teachStatus")
        self.status.setWordWrap(True)
        self.progress.setObjectName("teachProgress")
        self.progress.setAccessibleName(self.tr("Teaching"))
        buttons = (self.teach, self.stop, self.use, self.keep_old, self.show_changed, self.back)
        self._pictures = FlowRow(*self.changed, spacing=8)
        column = self.make_column(bottom=MARGIN)
        for part in (
            make_heading(self.tr("Teach now")),
            self.status,
            self.progress,
            make_button_row(*buttons),
            self._pictures,
        ):
            column.addWidget(part)

    def _connect(self) -> None:
        self.teach.clicked.connect(self.begin)
        self.stop.clicked.connect(self._stop)
        self.use.clicked.connect(self._use)
        self.keep_old.clicked.connect(self._keep_old)
        self.show_changed.clicked.connect(self._toggle_changed)
        self.back.clicked.connect(self._go_back)
        for button in self.changed:
            button.clicked.connect(self._choose)
        self._model.changed.connect(self._show_buttons)
