"""The question before the window is closed while a network is being trained."""

from PySide6.QtWidgets import QMessageBox, QWidget

from gui.train.phase import Phase
from gui.train.train_tab import TrainTab
from gui.widgets.notice import Notice

STOP_WAIT_MS = 20_000


def ask_and_stop(page: TrainTab, window: QWidget, notice: Notice) -> bool:
    """Ask whether to close `window`, and if so end the run. Returns False when the run goes on."""
    question = StopQuestion(page, window)
    if not question.is_confirmed():
        return False
    end = page.wait_until_saved if question.phase is Phase.FINISHING else page.stop_and_wait
    if end(STOP_WAIT_MS):
        return True
    if page.run.phase is not Phase.CHOOSING:  # else the page says what it waits for
        notice.show_problem(window.tr("The training has not ended yet; please close the window again in a moment."))
    return False


class StopQuestion(QMessageBox):
    """Asks whether to close while a run is under way. The run continues meanwhile, and the words follow it.

    It closes by itself, as if the answer were no, when there is nothing left to ask: the run has ended, or asks
    something itself.

    Attributes
    ----------
    phase
        What the run was doing when the question was last worded.
    """

    def __init__(self, page: TrainTab, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("closeWhileTraining")
        self.setIcon(QMessageBox.Icon.Question)
        self._page = page
        self._has_learned = False
        self.phase = Phase.NONE
        self._close = self.addButton("", QMessageBox.ButtonRole.DestructiveRole)
        self._stay = self.addButton("", QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self._stay)
        self._word()
        page.run.phase_changed.connect(self._follow)
        page.shown.connect(self._follow)
        page.finished.connect(self.reject)

    def is_confirmed(self) -> bool:
        """Ask, and return whether to close."""
        self.exec()
        for signal in (self._page.run.phase_changed, self._page.shown):
            signal.disconnect(self._follow)
        self._page.finished.disconnect(self.reject)
        self.deleteLater()
        return self.clickedButton() is self._close

    def _follow(self) -> None:
        phase = self._page.run.phase
        if phase is Phase.NONE or (phase is Phase.CHOOSING and self.phase is not phase):
            self.reject()
        elif (phase, self._page.run.has_learned) != (self.phase, self._has_learned):
            self._word()

    def _word(self) -> None:
        self.phase, self._has_learned = self._page.run.phase, self._page.run.has_learned
        text = self.tr("A network is being trained.")
        closing, staying = self.tr("Stop and close"), self.tr("Keep training")
        what = self.tr("Closing DigitPad stops the training.")
        if self.phase is Phase.CHOOSING:
            text = self.tr("The trained network is not saved yet.")
            what = self.tr("Closing DigitPad now discards it.")
            closing, staying = self.tr("Discard and close"), self.tr("Go back")
        elif self.phase is Phase.FINISHING:
            text = self.tr("The model is being saved.")
            what = self.tr("DigitPad closes in a moment, when the model is tested and saved.")
            closing, staying = self.tr("Save and close"), self.tr("Go back")
        elif self._has_learned:
            what = self.tr("Closing DigitPad stops the training. What the network has learned so far is lost.")
        self.setText(text)
        self.setInformativeText(what)
        self._close.setText(closing)
        self._stay.setText(staying)
