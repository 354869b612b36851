"""The widgets of the page “Test”; what they do is in `test_tab`."""

from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from core.models.library import ModelLibrary
from gui.test.choice_card import ChoiceCard
from gui.test.confidence_page import ConfidencePage
from gui.test.confusion_card import ConfusionCard
from gui.test.damage_page import DamagePage
from gui.test.gallery import Gallery
from gui.test.result_card import ResultCard
from gui.test.run_bar import RunBar
from gui.widgets.scroll_area import ScrollArea
from gui.widgets.side_by_side import SideBySide
from gui.widgets.theme import MARGIN, SPACING


class TestPage(QWidget):
    """The choice, the result, and one of its three parts, which scroll; below them the buttons."""

    def __init__(self, library: ModelLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ChoiceCard()
        self.result = ResultCard()
        self.confusion = ConfusionCard()
        self.gallery = Gallery()
        self.confidence = ConfidencePage(library)
        self.damage = DamagePage()
        self.bar = self._make_bar()
        self.run = RunBar()
        mistakes = SideBySide(self.confusion, self.gallery, shares=(5, 3), spacing=SPACING, needs_hints=True)
        self._parts: list[QWidget] = [mistakes, self.confidence, self.damage]
        self._lay_out()
        self.bar.currentChanged.connect(self._show_part)
        self.show_result(is_there=False)

    def show_result(self, *, is_there: bool) -> None:
        """Show the result and its parts, or only the choice."""
        self.result.setVisible(is_there)
        self.bar.setVisible(is_there)
        self._show_part()

    def _show_part(self) -> None:
        for number, part in enumerate(self._parts):
            part.setVisible(not self.bar.isHidden() and number == self.bar.currentIndex())

    def _make_bar(self) -> QTabBar:
        bar = QTabBar()
        bar.setObjectName("testParts")
        bar.setAccessibleName(self.tr("Parts of the result"))
        bar.setDrawBase(False)
        bar.setExpanding(False)
        for title in (self.tr("Mistakes"), self.tr("Confidence"), self.tr("Damage")):
            bar.addTab(title)
        return bar

    def _lay_out(self) -> None:
        content, area = QWidget(), ScrollArea()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        column.setSpacing(SPACING)
        above: list[QWidget] = [self.choice, self.result, self.bar]
        for part in above:
            column.addWidget(part)
        for part in self._parts:
            column.addWidget(part, 1)
        column.addStretch()  # only where no part of a result takes the room
        area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self.run)
