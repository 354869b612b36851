"""The pages of the window beside the drawing page: made when they are first looked at, or once the window is up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtWidgets import QStatusBar, QTabWidget

from core.models.library import ModelLibrary
from core.settings import SettingsFile
from core.system.paths import AppPaths
from gui.draw.draw_tab import DrawTab
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.recognition.my_digits import MyDigits
from gui.system.turn import Turn
from gui.train.parts import TrainParts
from gui.widgets.late_pages import LatePages
from gui.widgets.notice import Notice
from gui.widgets.plain_text import wrap_tool_tips

if TYPE_CHECKING:
    from gui.digits.digits_tab import DigitsTab
    from gui.inside.inside_tab import InsideTab
    from gui.test.test_tab import TestTab
    from gui.train.train_tab import TrainTab

Telling = TypeVar("Telling", "DigitsTab", "TrainTab", "TestTab")
"""A page with something to tell: it has the signals `problem` and `information`, both with a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class SharedParts:
    """What several pages work on."""

    paths: AppPaths
    library: ModelLibrary
    settings: SettingsFile
    document: PadDocument
    model: ActiveModel
    recognition: LiveRecognition
    my_digits: MyDigits
    turn: Turn


class WindowPages(QObject):
    """The row of tabs, and what makes its pages.

    Attributes
    ----------
    tabs
        All pages; in the place of one that is not made yet, there is an empty widget.
    notice
        What the pages have to tell is shown here.

    Signals
    -------
    put_on_pad
        `(Content)`: somebody wants to see it on the drawing page.
    tested_put_on_pad
        `(Content, TestedDigit)`: the same of a digit of a test.
    pad_wanted
        Somebody wants to draw.
    dropped
        `(QMimeData)`: something was dropped on the pad of another page. It exists only until the slots have returned.
    """

    put_on_pad = Signal(object)
    tested_put_on_pad = Signal(object, object)
    pad_wanted = Signal()
    dropped = Signal(QMimeData)

    def __init__(self, shared: SharedParts, draw_tab: DrawTab, status_bar: QStatusBar) -> None:
        super().__init__(status_bar)
        self._shared = shared
        self._status_bar = status_bar
        self.tabs = tabs = _make_tabs(self.tr("Pages"))
        tabs.addTab(draw_tab, self.tr("Draw"))
        pages = LatePages(tabs)
        self.inside = pages.add(self.tr("Inside"), "gui.inside.inside_tab", self._make_inside)
        self.digits = pages.add(self.tr("My digits"), "gui.digits.digits_tab", self._make_digits)
        self.train = pages.add(self.tr("Train"), "gui.train.window_page", self._make_train)
        self.test = pages.add(self.tr("Test"), "gui.test.test_tab", self._make_test)
        self._train_parts = TrainParts(self.train.placeholder)
        self.notice = Notice(tabs)

    def steps(self) -> list[Callable[[], object]]:
        """What there is to do until all pages are there, a little at a time."""
        before_train = [*self.inside.steps(), *self.digits.steps(), *self._train_parts.steps()]
        return [*before_train, *self.train.steps(), *self.test.steps()]

    def _make_inside(self) -> "InsideTab":
        from gui.inside.inside_tab import InsideTab

        shared = self._shared
        page = InsideTab(shared.document, shared.model, shared.recognition)
        page.put_on_pad.connect(shared.document.open)
        page.dropped.connect(self.dropped)
        wrap_tool_tips(page)
        return page

    def _make_digits(self) -> "DigitsTab":
        from gui.digits.digits_tab import DigitsTab

        shared = self._shared
        page = DigitsTab(shared.my_digits, shared.model, shared.settings, shared.turn)
        page.put_back.connect(self.put_on_pad)
        page.draw_requested.connect(self.pad_wanted)
        return self._telling(page)

    def _make_train(self) -> "TrainTab":
        from gui.train.status_button import StatusButton
        from gui.train.window_page import make_train_tab

        shared = self._shared
        page = make_train_tab(
            *(shared.library, shared.model, shared.recognition, shared.my_digits, shared.settings),
            engines=shared.paths.engines,
            parts=self._train_parts,
            turn=shared.turn,
        )
        self._status_bar.addPermanentWidget(StatusButton(page, self.tabs, self.notice))
        return self._telling(page)

    def _make_test(self) -> "TestTab":
        from gui.test.test_tab import TestTab

        shared = self._shared
        page = TestTab(shared.model, shared.my_digits, shared.settings, shared.paths.tests)
        page.put_on_pad.connect(self.tested_put_on_pad)
        return self._telling(page)

    def _telling(self, page: Telling) -> Telling:
        """`page`, whose problems and information are told in the window."""
        page.problem.connect(self.notice.show_problem)
        page.information.connect(self.notice.show_information)
        wrap_tool_tips(page)
        return page


def _make_tabs(name: str) -> QTabWidget:
    """A row of tabs that screen readers call `name`."""
    tabs = QTabWidget()
    tabs.setObjectName("tabs")
    tabs.setAccessibleName(name)
    tabs.setDocumentMode(True)
    tabs.tabBar().setDrawBase(False)
    tabs.setUsesScrollButtons(False)  # where there is too little room, all are shorter, and none is out of sight
    tabs.setElideMode(Qt.TextElideMode.ElideRight)
    return tabs
