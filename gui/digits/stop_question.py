"""The question before the window is closed while a model is being taught."""

from PySide6.QtWidgets import QMessageBox, QWidget

from gui.digits.teach_panel import TeachPanel
from gui.widgets.notice import Notice

STOP_WAIT_MS = 20_000


def ask_and_stop_teaching(panel: TeachPanel, window: QWidget, notice: Notice) -> bool:
    """Ask whether to close `window`, and if so stop the teaching. Returns False when it goes on, or has just ended."""
    question = QMessageBox(window)
    question.setObjectName("closeWhileTeaching")
    question.setIcon(QMessageBox.Icon.Question)
    question.setText(window.tr("DigitPad is learning your digits."))
    question.setInformativeText(window.tr("Closing DigitPad stops that, and nothing of it is kept. Your digits are."))
    close = question.addButton(window.tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
    stay = question.addButton(window.tr("Keep learning"), QMessageBox.ButtonRole.RejectRole)
    question.setDefaultButton(stay)
    panel.finished.connect(question.reject)  # nothing is left to ask
    question.exec()
    panel.finished.disconnect(question.reject)
    question.deleteLater()
    if question.clickedButton() is not close:
        return False
    if panel.stop_and_wait(STOP_WAIT_MS):
        return True
    notice.show_problem(window.tr("The teaching has not ended yet; please close the window again in a moment."))
    return False
