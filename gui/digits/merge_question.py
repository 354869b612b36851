"""The question before two writers become one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.digits.sample_texts import amount_text, writer_title


def ask_to_merge(page: QWidget, before: str, after: str, count: int) -> bool:
    """Ask whether all digits by `before` are to be by `after`, who has `count` of them already."""
    one, other = writer_title(before), writer_title(after)
    question = QMessageBox(page)
    question.setObjectName("mergeWriters")
    question.setIcon(QMessageBox.Icon.Question)
    question.setTextFormat(Qt.TextFormat.PlainText)
    question.setText(page.tr("There is already a {0}, with {1}.").format(other, amount_text(count)))
    question.setInformativeText(
        page.tr("If you rename {0} to {1}, the digits of both are kept under one name.").format(one, other)
    )
    merge = question.addButton(page.tr("Put together"), QMessageBox.ButtonRole.AcceptRole)
    question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
    question.exec()
    question.deleteLater()
    return question.clickedButton() is merge
