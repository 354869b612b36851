"""The state of the training, in the status bar; pressing it shows the training page."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabWidget, QToolButton

from core.training.events import BatchDone, ChoiceNeeded, Event, RunEnded, RunStarted, StageBegan, StageProgress
from gui.train.phase import Phase
from gui.train.run_texts import outcome_text
from gui.train.train_tab import TrainTab
from gui.widgets.notice import Notice
from gui.widgets.quantities import duration_text

SHORTEST = 90


class StatusButton(QToolButton):
    """Shows what a run is doing while another page is shown, and how it ended, until its page is shown again."""

    def __init__(self, page: TrainTab, tabs: QTabWidget, notice: Notice) -> None:
        super().__init__()
        self.setObjectName("trainingSign")
        self.setToolTip(self.tr("Show the training"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._page = page
        self._tabs = tabs
        self._notice = notice
        self._phase = Phase.NONE
        self._progress = self._question = ""
        self._epochs = 0
        self._show_or_hide()
        page.run.phase_changed.connect(self._show_phase)
        page.shown.connect(self._show_event)
        tabs.currentChanged.connect(self._show_or_hide)
        self.clicked.connect(self._show_page)

    def minimumSizeHint(self) -> QSize:
        return QSize(SHORTEST, super().minimumSizeHint().height())  # in a narrow window it is elided

    def _show_phase(self, phase: Phase) -> None:
        if phase is Phase.PREPARING:
            self._progress = ""
        if phase is not Phase.CHOOSING and self._question == self._notice.text.text():
            self._notice.hide()  # it was answered
        self._phase = phase
        texts = {
            Phase.NONE: self.tr("Training failed"),  # unless `RunEnded` says how it ended
            Phase.PREPARING: self.tr("Training: getting ready"),
            Phase.TRAINING: self._progress or self.tr("Training"),
            Phase.PAUSED: self.tr("Training paused"),
            Phase.STOPPING: self.tr("Training: stopping"),
            Phase.CHOOSING: self.tr("Training: waiting for your answer"),
            Phase.FINISHING: self.tr("Training: finishing"),
        }
        self.setText(texts[phase])
        self._show_or_hide()

    def _show_event(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._epochs = event.epochs
        elif isinstance(event, StageProgress) and self._phase is Phase.PREPARING:
            self.setText(self.tr("Training: getting ready, {0} %").format(100 * event.done // max(event.total, 1)))
        elif isinstance(event, StageBegan) and self._phase is Phase.PREPARING:
            self.setText(self.tr("Training: getting ready"))
        elif isinstance(event, BatchDone) and self._phase is Phase.TRAINING:
            self._show_batch(event)
        elif isinstance(event, ChoiceNeeded) and self._is_page_hidden():
            self._question = self.tr("{0} Answer on the Train tab.").format(event.sentence)
            self._notice.show_problem(self._question)
        elif isinstance(event, RunEnded) and self._is_page_hidden():
            self.setText(outcome_text(event))

    def _show_batch(self, batch: BatchDone) -> None:
        self._progress = self.tr("Training: epoch {0:,} of {1:,}").format(batch.epoch, self._epochs)
        if batch.images_per_second > 0:  # not known before the second batch
            self._progress = self.tr("{0}  ·  {1} left").format(self._progress, duration_text(batch.seconds_left))
        self.setText(self._progress)

    def _show_page(self) -> None:
        self._tabs.setCurrentWidget(self._page)
        self._page.take_focus()

    def _is_page_hidden(self) -> bool:
        return self._tabs.currentWidget() is not self._page

    def _show_or_hide(self) -> None:
        if self._phase is Phase.NONE and not self._is_page_hidden():
            self.setText("")  # the page shows how it ended
        self.setVisible(bool(self.text()) and self._is_page_hidden())
