"""The question before a run is thrown away."""

from PySide6.QtWidgets import QMessageBox, QWidget

from gui.run_phase import Phase


def ask_to_stop_training(parent: QWidget, phase: Phase, *, has_learned: bool) -> bool:
    """Ask whether to close while a run is in `phase`; `has_learned` is whether there is anything to lose."""
    text = parent.tr("A network is being trained.")
    closing, going_on = parent.tr("Stop and close"), parent.tr("Go on training")
    what = parent.tr("Closing DigitPad stops the training.")
    if phase is Phase.CHOOSING:
        text = parent.tr("The trained network is not saved yet.")
        what = parent.tr("Closing DigitPad now discards it.")
        closing, going_on = parent.tr("Discard and close"), parent.tr("Go back")
    elif phase is Phase.FINISHING:
        text = parent.tr("The model is being made.")
        what = parent.tr("DigitPad closes in a moment, when it is tested and saved.")
        closing, going_on = parent.tr("Save and close"), parent.tr("Go back")
    elif has_learned:
        what = parent.tr("Closing DigitPad stops the training; what was learnt so far is lost.")
    box = QMessageBox(parent)
    box.setObjectName("closeWhileTraining")
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(text)
    box.setInformativeText(what)
    close = box.addButton(closing, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(going_on, QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is close
