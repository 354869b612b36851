"""The question before a run is thrown away."""

from PySide6.QtWidgets import QMessageBox, QWidget


def ask_to_stop_training(parent: QWidget, *, is_trained: bool, has_learned: bool) -> bool:
    """Ask whether a run may be thrown away: one under way, or one that is trained but not saved yet."""
    box = QMessageBox(parent)
    box.setObjectName("closeWhileTraining")
    box.setIcon(QMessageBox.Icon.Question)
    if is_trained:
        box.setText(parent.tr("The trained network is not saved yet."))
        box.setInformativeText(parent.tr("Closing DigitPad now discards it."))
        stop = box.addButton(parent.tr("Discard and close"), QMessageBox.ButtonRole.DestructiveRole)
        go_on = box.addButton(parent.tr("Go back"), QMessageBox.ButtonRole.RejectRole)
    else:
        box.setText(parent.tr("A network is being trained."))
        lost = parent.tr("Closing DigitPad stops the training; what was learnt so far is lost.")
        box.setInformativeText(lost if has_learned else parent.tr("Closing DigitPad stops the training."))
        stop = box.addButton(parent.tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
        go_on = box.addButton(parent.tr("Go on training"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(go_on)
    box.exec()
    return box.clickedButton() is stop
