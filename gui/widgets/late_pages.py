"""Pages of a row of tabs that are made when they are first looked at, or asked for."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTabWidget, QWidget

Page = TypeVar("Page", bound=QWidget)


class LatePage(Generic[Page]):
    """A page that may not be there yet. An empty widget holds its place.

    Attributes
    ----------
    placeholder
        The empty widget; of no use once there is a page.
    """

    def __init__(self, pages: "LatePages", module: str, make: Callable[[], Page]) -> None:
        self.placeholder = QWidget()
        self._pages = pages
        self._module = module
        self._make = make
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """The page, which is made now if it is not there yet."""
        if self._page is None:
            self._page = page = self._make()
            self._pages.replace(self.placeholder, page)
        return self._page

    @property
    def if_made(self) -> Page | None:
        """The page if it is there."""
        return self._page

    def steps(self) -> list[Callable[[], object]]:
        """What there is to do until it is there, a little at a time: load its module, make it."""
        return [partial(import_module, self._module), lambda: self.page]


class LatePages(QObject):
    """Makes the pages of a row of tabs when somebody turns to them."""

    def __init__(self, tabs: QTabWidget) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self._late: dict[QWidget, LatePage[Any]] = {}
        tabs.currentChanged.connect(self._make_current)

    def add(self, title: str, module: str, make: Callable[[], Page]) -> LatePage[Page]:
        """Add a tab. `module` is what takes long to load, and `make` makes its page."""
        late = LatePage(self, module, make)
        self._late[late.placeholder] = late
        self._tabs.addTab(late.placeholder, title)
        return late

    def replace(self, placeholder: QWidget, page: QWidget) -> None:
        """Put a page in the place of its empty one, which may be the current page already."""
        del self._late[placeholder]
        tabs, index = self._tabs, self._tabs.indexOf(placeholder)
        was_blocked = tabs.blockSignals(True)
        tabs.insertTab(index, page, tabs.tabText(index))
        if tabs.currentWidget() is placeholder:
            tabs.setCurrentIndex(index)
        tabs.removeTab(index + 1)
        tabs.blockSignals(was_blocked)
        placeholder.deleteLater()

    def _make_current(self, index: int) -> None:
        page = self._tabs.widget(index)
        if page is not None and page in self._late:
            _ = self._late[page].page
