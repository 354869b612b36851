"""A part of the page that opens and closes."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from core.explaining.explainer import Explainer
from gui.inside.looking import Panel
from gui.inside.panel import InsidePanel
from gui.inside.terms import Term
from gui.inside.word import Word
from gui.widgets.card import Card
from gui.widgets.icons import icon
from gui.widgets.theme import MARGIN, SPACING, follow_theme, set_text

ICON = 12


class Section(Card):
    """A title that opens and closes its panel, and an explanation. A closed panel is never computed or painted.

    Signals
    -------
    toggled
        It was opened or closed.
    """

    toggled = Signal()

    def __init__(self, kind: Panel, title: str, term: Term, panel: InsidePanel, *, is_open: bool) -> None:
        super().__init__()
        self.kind, self.panel = kind, panel
        self._waiting: Explainer | None = None
        panel.setObjectName(kind.value)
        self.button = QToolButton()
        self.button.setObjectName(f"{kind.value}Toggle")
        self.button.setProperty("link", True)
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setChecked(is_open)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(ICON, ICON))
        set_text(self.button, 15, bold=True)
        self.button.toggled.connect(self._toggle)
        self.word = Word("?", term, bold=True)
        self.word.setAccessibleName(self.tr("What is this: {0}").format(title))
        follow_theme(self._draw_icon)
        self._lay_out()
        panel.setVisible(is_open)

    @property
    def is_open(self) -> bool:
        return self.button.isChecked()

    def show_explainer(self, explainer: Explainer) -> None:
        """Let the panel show another model: at once, or when it is opened."""
        self._waiting = explainer
        self._hand_over()

    def say(self, sentence: str) -> None:
        """Say something in the place of what the panel shows."""
        self._hand_over()
        self.panel.say(sentence)

    def _hand_over(self) -> None:
        if self.is_open and self._waiting is not None:
            explainer, self._waiting = self._waiting, None
            self.panel.show_explainer(explainer)

    def _toggle(self) -> None:
        self._hand_over()
        self.panel.setVisible(self.is_open)
        self._draw_icon()
        self.toggled.emit()

    def _draw_icon(self) -> None:
        self.button.setIcon(icon("chevron-up" if self.is_open else "chevron-down"))
        tip = self.tr("Close") if self.is_open else self.tr("Open")
        self.button.setToolTip(f"{tip}: {self.button.text()}")
        self.button.setAccessibleDescription(self.tr("open") if self.is_open else self.tr("closed"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACING)
        top.addWidget(self.button)
        top.addWidget(self.word)
        top.addStretch()
        layout = self.make_column(bottom=SPACING)
        layout.setContentsMargins(MARGIN, SPACING, MARGIN, SPACING)
        layout.addLayout(top)
        layout.addWidget(self.panel)
