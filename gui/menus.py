"""The menus of the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from core.settings import SCHEMES, TEXT_SCALES
from gui.theme import follow_text_scale, text_scale

if TYPE_CHECKING:
    from gui.main_window import MainWindow

KEYS = QKeySequence.StandardKey


class Menus(QObject):
    """Fills the window's menu bar, and offers only what can be done."""

    def __init__(self, window: "MainWindow", scheme: str) -> None:
        """`scheme` is the one of `SCHEMES` that is chosen now."""
        super().__init__(window)
        self._window = window
        self._add_file()
        self._add_edit()
        self._add_view(scheme)
        models = window.menuBar().addMenu(self.tr("&Models"))
        self._add(models, self.tr("&Models…"), "Ctrl+M", lambda: window.train_tab.show_models())
        helps = window.menuBar().addMenu(self.tr("&Help"))
        self._add(helps, self.tr("&How to use DigitPad"), "F1", window.show_how_to)
        self._add(helps, self.tr("&About DigitPad"), None, window.show_about)
        window.document.changed.connect(self.update)

    def update(self) -> None:
        """Offer what can be done with what is on the pad now."""
        has_ink = not self._window.document.is_blank
        self._save.setEnabled(has_ink)
        self._copy.setEnabled(has_ink)

    def follow_window(self) -> None:
        """Let Esc leave the full screen while there is one; it clears nothing then."""
        is_full = self._window.isFullScreen()
        self._full_screen.setChecked(is_full)
        self._leave.setEnabled(is_full)

    def _add_file(self) -> None:
        window = self._window
        file = window.menuBar().addMenu(self.tr("&File"))
        self._add(file, self.tr("&Open…"), KEYS.Open, lambda: window.files.ask_and_open())
        self._save = self._add(file, self.tr("&Save drawing…"), KEYS.Save, lambda: window.files.ask_and_save())
        file.addSeparator()
        self._add(file, self.tr("&Quit"), KEYS.Quit, window.close)

    def _add_edit(self) -> None:
        edit, actions = self._window.menuBar().addMenu(self.tr("&Edit")), self._window.draw_tab.actions_by_name
        edit.addActions([actions["undo"], actions["redo"]])
        edit.addSeparator()
        self._copy = self._add(edit, self.tr("&Copy drawing"), KEYS.Copy, lambda: self._window.files.copy())
        self._add(edit, self.tr("&Paste drawing or picture"), KEYS.Paste, self._window.paste_on_pad)
        edit.addSeparator()
        edit.addActions([actions["eraser"], actions["clear"]])

    def _add(
        self, menu: QMenu, text: str, keys: QKeySequence.StandardKey | str | None, slot: Callable[[], object]
    ) -> QAction:
        action = menu.addAction(text)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        return action

    def _add_view(self, scheme: str) -> None:
        view = self._window.menuBar().addMenu(self.tr("&View"))
        self._larger = self._add(view, self.tr("&Larger text"), None, lambda: self._window.scale_text(next_scale(1)))
        self._larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._smaller = self._add(
            view, self.tr("S&maller text"), "Ctrl+-", lambda: self._window.scale_text(next_scale(-1))
        )
        self._add(view, self.tr("&Actual size"), "Ctrl+0", lambda: self._window.scale_text(0.0))
        view.addSeparator()
        self._full_screen = self._add(view, self.tr("&Full screen"), "F11", self._window.turn_full_screen)
        self._full_screen.setCheckable(True)
        self._leave = QShortcut(QKeySequence("Esc"), self._window, self._window.turn_full_screen)
        self.follow_window()
        view.addSeparator()
        self._add_schemes(view, scheme)
        follow_text_scale(self._offer_scales)

    def _offer_scales(self) -> None:
        self._larger.setEnabled(next_scale(1) > text_scale())
        self._smaller.setEnabled(next_scale(-1) < text_scale())

    def _add_schemes(self, menu: QMenu, chosen: str) -> None:
        group = QActionGroup(self)
        texts = (self.tr("Like the &system"), self.tr("&Light"), self.tr("&Dark"))
        for text, scheme in zip(texts, SCHEMES, strict=True):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(scheme)
            action.setChecked(scheme == chosen)
            group.addAction(action)
        group.triggered.connect(self._choose_scheme)

    def _choose_scheme(self, action: QAction) -> None:
        self._window.choose_scheme(action.data())


def next_scale(step: int) -> float:
    """The size of text that is `step` steps larger than the present one; the last one at the end of the scale."""
    place = TEXT_SCALES.index(text_scale()) + step
    return TEXT_SCALES[min(max(place, 0), len(TEXT_SCALES) - 1)]
