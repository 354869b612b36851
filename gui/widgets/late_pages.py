"""Pages of a row of tabs that are made when they are first looked at."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTabWidget, QWidget


class LatePages(QObject):
    """Holds the place of each page with an empty widget until there is one."""

    def __init__(self, tabs: QTabWidget) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self._makers: dict[QWidget, Callable[[], object]] = {}
        tabs.currentChanged.connect(self._make_current)

    def add(self, placeholder: QWidget, title: str, make: Callable[[], object]) -> None:
        """Add a tab. `make` is called when somebody turns to it, and is to `replace` the `placeholder`."""
        self._makers[placeholder] = make
        self._tabs.addTab(placeholder, title)

    def replace(self, placeholder: QWidget, page: QWidget) -> None:
        """Put a page in the place of its empty one, which may be the current page already."""
        del self._makers[placeholder]
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
        if page is not None and page in self._makers:
            self._makers[page]()
