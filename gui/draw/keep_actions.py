"""The actions that keep the digit that is looked at, with their keys: for the row of labels and the menu."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.samples.sample import LABELS, NO_DIGIT
from gui.recognition.keeping import Keeping


class KeepActions(QObject):
    """Keep it as 0 to 9 or as no digit, or as what was answered.

    Attributes
    ----------
    by_label
        An action for each label. Their keys are shortcuts, so a field in which somebody types is asked first.
    confirm
        Keeps it as what was answered. Its key is no shortcut, which would take it from buttons.
    whole
        Takes several digits as one.
    """

    def __init__(self, keeping: Keeping, page: QWidget) -> None:
        """The keys work in the window of `page` as long as the actions are offered."""
        super().__init__(page)
        self._keeping = keeping
        self.by_label = {label: self._make(label, page) for label in range(LABELS)}
        self.confirm = QAction(self.tr("Keep as &answered") + "\tEnter", self)
        self.confirm.triggered.connect(keeping.confirm)
        self.whole = QAction(self.tr("&All as one digit"), self)
        self.whole.setShortcut(QKeySequence("Ctrl+A"))
        self.whole.setCheckable(True)
        self.whole.triggered.connect(keeping.take_as_one)
        page.addAction(self.whole)

    @property
    def in_order(self) -> list[QAction]:
        """All of them, first the two that are no labels."""
        return [self.confirm, self.whole, *self.by_label.values()]

    def offer(self, *, is_shown: bool) -> None:
        """Enable what can be done while the page `is_shown`; keys mean other things on others."""
        keeping = self._keeping
        is_possible = is_shown and keeping.can_keep
        self.whole.setEnabled(is_shown and keeping.can_be_whole)
        self.whole.setChecked(keeping.is_whole)
        if is_possible != self.confirm.isEnabled():
            for action in (self.confirm, *self.by_label.values()):
                action.setEnabled(is_possible)

    def _make(self, label: int, page: QWidget) -> QAction:
        key = "N" if label == NO_DIGIT else str(label)
        text = self.tr("Keep as &no digit") if label == NO_DIGIT else self.tr("Keep as &{0}").format(label)
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setAutoRepeat(False)  # a key held down would keep one digit after the other
        action.setToolTip(f"{text.replace('&', '')} ({key}; {self.tr('Enter: as answered')})")
        action.setData(label)
        action.triggered.connect(self._keep)
        page.addAction(action)
        return action

    def _keep(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._keeping.keep(action.data())
