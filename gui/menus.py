"""The menus of the window."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu

from core.settings import SCHEMES, TEXT_SCALES
from gui.widgets.theme import follow_text_scale, text_scale

KEYS = QKeySequence.StandardKey
Keys = QKeySequence.StandardKey | str | None


class Menus(QObject):
    """Fills the window's menu bar, and enables what can be done.

    Signals
    -------
    open_requested, save_requested, copy_requested, paste_requested, quit_requested
    models_requested, how_to_requested, about_requested
        That was chosen.
    full_screen_requested
        Full screen is to be switched on or off.
    scheme_chosen
        One of `SCHEMES`.
    text_scale_chosen
        One of `TEXT_SCALES`; 0 for the system's own size.
    """

    open_requested = Signal()
    save_requested = Signal()
    copy_requested = Signal()
    paste_requested = Signal()
    quit_requested = Signal()
    models_requested = Signal()
    how_to_requested = Signal()
    about_requested = Signal()
    full_screen_requested = Signal()
    scheme_chosen = Signal(str)
    text_scale_chosen = Signal(float)

    def __init__(
        self, window: QMainWindow, pad_actions: Mapping[str, QAction], keep_actions: Sequence[QAction], scheme: str
    ) -> None:
        """`pad_actions` are the pad's own, by name, and `scheme` is the one of `SCHEMES` that is chosen now.

        `keep_actions` keep what is on the pad: as it was answered, as one digit, and by label.
        """
        super().__init__(window)
        self._window = window
        self._add_file()
        self._add_edit(pad_actions)
        self._add_digit(keep_actions)
        self._add_view(pad_actions, scheme)
        models = window.menuBar().addMenu(self.tr("&Models"))
        self._add(models, self.tr("&Models…"), "Ctrl+M", self.models_requested)
        helps = window.menuBar().addMenu(self.tr("&Help"))
        self._add(helps, self.tr("&How to use DigitPad"), "F1", self.how_to_requested)
        self._add(helps, self.tr("&About DigitPad"), None, self.about_requested)

    def offer_ink(self, *, has_ink: bool) -> None:
        """Enable saving and copying when there is ink on the pad."""
        self._save.setEnabled(has_ink)
        self._copy.setEnabled(has_ink)

    def follow_window(self) -> None:
        """Follow the window's state: in full screen, Esc leaves it instead of clearing the pad."""
        is_full = self._window.isFullScreen()
        self._full_screen.setChecked(is_full)
        self._leave.setEnabled(is_full)

    def _add_file(self) -> None:
        file = self._window.menuBar().addMenu(self.tr("&File"))
        self._add(file, self.tr("&Open…"), KEYS.Open, self.open_requested)
        self._save = self._add(file, self.tr("&Save drawing…"), KEYS.Save, self.save_requested)
        file.addSeparator()
        self._add(file, self.tr("&Quit"), KEYS.Quit, self.quit_requested)

    def _add_edit(self, pad_actions: Mapping[str, QAction]) -> None:
        edit = self._window.menuBar().addMenu(self.tr("&Edit"))
        edit.addActions([pad_actions["undo"], pad_actions["redo"]])
        edit.addSeparator()
        self._copy = self._add(edit, self.tr("&Copy drawing"), KEYS.Copy, self.copy_requested)
        self._add(edit, self.tr("&Paste drawing or picture"), KEYS.Paste, self.paste_requested)
        edit.addSeparator()
        edit.addActions([pad_actions["eraser"], pad_actions["clear"]])

    def _add_digit(self, keep_actions: Sequence[QAction]) -> None:
        digit = self._window.menuBar().addMenu(self.tr("Di&git"))
        confirm, whole, *labels = keep_actions
        digit.addActions([confirm, whole])
        digit.addSeparator()
        digit.addActions(labels)

    def _add_view(self, pad_actions: Mapping[str, QAction], scheme: str) -> None:
        view = self._window.menuBar().addMenu(self.tr("&View"))
        view.addAction(pad_actions["evidence"])
        view.addSeparator()
        self._larger = self._add(view, self.tr("&Larger text"))
        self._larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._larger.triggered.connect(self._request_larger)
        self._smaller = self._add(view, self.tr("S&maller text"), "Ctrl+-")
        self._smaller.triggered.connect(self._request_smaller)
        self._add(view, self.tr("&Actual size"), "Ctrl+0").triggered.connect(self._request_actual_size)
        view.addSeparator()
        self._full_screen = self._add(view, self.tr("&Full screen"), "F11", self.full_screen_requested)
        self._full_screen.setCheckable(True)
        self._leave = QShortcut(QKeySequence("Esc"), self._window, self.full_screen_requested.emit)
        self.follow_window()
        view.addSeparator()
        self._add_schemes(view, scheme)
        follow_text_scale(self._offer_scales)

    def _add(self, menu: QMenu, text: str, keys: Keys = None, requested: SignalInstance | None = None) -> QAction:
        action = menu.addAction(text)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        if requested is not None:
            action.triggered.connect(requested)
        return action

    def _request_larger(self) -> None:
        self.text_scale_chosen.emit(next_scale(1))

    def _request_smaller(self) -> None:
        self.text_scale_chosen.emit(next_scale(-1))

    def _request_actual_size(self) -> None:
        self.text_scale_chosen.emit(0.0)

    def _offer_scales(self) -> None:
        self._larger.setEnabled(next_scale(1) > text_scale())
        self._smaller.setEnabled(next_scale(-1) < text_scale())

    def _add_schemes(self, menu: QMenu, chosen: str) -> None:
        group = QActionGroup(self)
        texts = (self.tr("Follow the &system"), self.tr("&Light"), self.tr("&Dark"))
        for text, scheme in zip(texts, SCHEMES, strict=True):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(scheme)
            action.setChecked(scheme == chosen)
            group.addAction(action)
        group.triggered.connect(self._choose_scheme)

    def _choose_scheme(self, action: QAction) -> None:
        self.scheme_chosen.emit(action.data())


def next_scale(step: int) -> float:
    """The text size `step` steps above the current one, as far as there are any."""
    place = TEXT_SCALES.index(text_scale()) + step
    return TEXT_SCALES[min(max(place, 0), len(TEXT_SCALES) - 1)]
