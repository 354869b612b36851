"""The question before a run is thrown away."""

from PySide6.QtWidgets import QMessageBox, QWidget

from gui.train.phase import Phase
from gui.train.train_tab import TrainTab


class StopQuestion(QMessageBox):
    """Asks whether to close while a run is under way, which goes on behind it: the words follow what the run does.

    It goes away, as if the answer were no, once there is nothing to ask any more: the run is over, or asks something
    itself.

    Attributes
    ----------
    phase
        What the run did when the question was worded last.
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
        closing, staying = self.tr("Stop and close"), self.tr("Go on training")
        what = self.tr("Closing DigitPad stops the training.")
        if self.phase is Phase.CHOOSING:
            text = self.tr("The trained network is not saved yet.")
            what = self.tr("Closing DigitPad now discards it.")
            closing, staying = self.tr("Discard and close"), self.tr("Go back")
        elif self.phase is Phase.FINISHING:
            text = self.tr("The model is being made.")
            what = self.tr("DigitPad closes in a moment, when it is tested and saved.")
            closing, staying = self.tr("Save and close"), self.tr("Go back")
        elif self._has_learned:
            what = self.tr("Closing DigitPad stops the training; what was learnt so far is lost.")
        self.setText(text)
        self.setInformativeText(what)
        self._close.setText(closing)
        self._stay.setText(staying)
