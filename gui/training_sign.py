"""A word on the training, for whoever draws meanwhile; pressing it shows the training page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QToolButton

from core.runs import BatchDone, Event, RunEnded, RunStarted
from gui.notice import Notice
from gui.quantities import duration_text
from gui.run_buttons import Phase
from gui.run_texts import ended_text
from gui.train_tab import TrainTab


class TrainingSign(QToolButton):
    """Says what a run does, and in a notice how it ended, while its page is out of sight."""

    def __init__(self, page: TrainTab, tabs: QTabWidget, notice: Notice) -> None:
        super().__init__()
        self.setObjectName("trainingSign")
        self.setToolTip(self.tr("Show the training"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._page = page
        self._tabs = tabs
        self._notice = notice
        self._phase = Phase.NONE
        self._epochs = 0
        self._show_or_hide()
        page.run.phase_changed.connect(self._show_phase)
        page.shown.connect(self._show_event)
        tabs.currentChanged.connect(self._show_or_hide)
        self.clicked.connect(lambda: tabs.setCurrentWidget(page))

    def _show_phase(self, phase: Phase) -> None:
        self._phase = phase
        texts = {
            Phase.PREPARING: self.tr("Training: getting ready"),
            Phase.TRAINING: self.tr("Training"),
            Phase.PAUSED: self.tr("Training paused"),
            Phase.STOPPING: self.tr("Training: stopping"),
            Phase.CHOOSING: self.tr("Training: waits for your answer"),
            Phase.FINISHING: self.tr("Training: making the model"),
        }
        self.setText(texts.get(phase, ""))
        self._show_or_hide()

    def _show_event(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._epochs = event.epochs
        elif isinstance(event, BatchDone) and self._phase is Phase.TRAINING:
            self._show_batch(event)
        elif isinstance(event, RunEnded) and self._is_page_out_of_sight():
            self._notice.show_information(ended_text(event))

    def _show_batch(self, batch: BatchDone) -> None:
        text = self.tr("Training: epoch {0:,} of {1:,}").format(batch.epoch, self._epochs)
        if batch.images_per_second > 0:  # not known before the second batch
            text = self.tr("{0}  ·  {1} left").format(text, duration_text(batch.seconds_left))
        self.setText(text)

    def _is_page_out_of_sight(self) -> bool:
        return self._tabs.currentWidget() is not self._page

    def _show_or_hide(self) -> None:
        self.setVisible(self._phase is not Phase.NONE and self._is_page_out_of_sight())
