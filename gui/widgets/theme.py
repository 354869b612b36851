"""Light and dark, and the text size: colours, palette, style sheet and fonts in one place."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from core.settings import TEXT_SCALES
from core.system.paths import assets_folder
from gui.widgets.colours import DARK as DARK
from gui.widgets.colours import LIGHT as LIGHT
from gui.widgets.colours import Colours as Colours
from gui.widgets.colours import make_palette
from gui.widgets.style_sheet import MARGIN as MARGIN
from gui.widgets.style_sheet import RADIUS as RADIUS
from gui.widgets.style_sheet import SPACING as SPACING
from gui.widgets.style_sheet import make_style_sheet

TEXT_PIXELS = 14
USUAL_POINTS = {"win32": 9, "darwin": 13}
"""The size of the system's own texts; elsewhere the largest default of a desktop, which is GNOME's."""
USUAL_POINTS_ELSEWHERE = 11

_THEME = "digitpadTheme"
_KEPT_FONT = "_q_styleSheetWidgetFont"
"""Where Qt's style sheets store the font to restore when a widget gets another parent or colours change."""
_TEXT = "digitpadText"
"""The arguments of `set_text`: pixels, bold, lines, may be higher."""


class Theme(QObject):
    """Applies the system's colours and text size to the application, or those that were chosen instead.

    Attributes
    ----------
    colours
        Those of the current scheme.
    text_scale
        How much larger than their actual size all texts are, one of `TEXT_SCALES`.

    Signals
    -------
    changed
        The scheme switched between light and dark; palette and style sheet are applied already.
    text_scaled
        The text size changed; the application's font, the style sheet and the fonts of `set_text` are applied already.
    """

    changed = Signal()
    text_scaled = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        application.setProperty(_THEME, self)
        self._chosen = Qt.ColorScheme.Unknown
        self.colours = DARK if self.is_dark else LIGHT
        self.system_text_scale = scale_of(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF())
        self.text_scale = self.system_text_scale
        load_fonts()
        application.setPalette(make_palette(self.colours))
        self._apply()
        application.styleHints().colorSchemeChanged.connect(self._follow_scheme)

    @property
    def is_dark(self) -> bool:
        scheme = self._chosen
        if scheme == Qt.ColorScheme.Unknown:
            scheme = self._application.styleHints().colorScheme()
        return scheme == Qt.ColorScheme.Dark

    def choose(self, scheme: Qt.ColorScheme) -> None:
        """Use the light or the dark scheme, whatever the system's is; `Unknown` follows the system again."""
        self._chosen = scheme
        self._application.styleHints().setColorScheme(scheme)  # title bars and native dialogs, where it is supported
        self._follow_scheme()

    def scale_text(self, scale: float) -> None:
        """Show all texts at `scale` times their actual size; 0: as large as the system's own."""
        scale = scale or self.system_text_scale
        if scale == self.text_scale:
            return
        self.text_scale = scale
        self._apply()
        for widget in self._application.allWidgets():
            _apply_text(widget)
        self.text_scaled.emit()

    def _font(self) -> QFont:
        font = QFont("Inter")
        font.setPixelSize(round(TEXT_PIXELS * self.text_scale))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _follow_scheme(self) -> None:
        colours = DARK if self.is_dark else LIGHT
        if colours != self.colours:  # applying them styles every widget again
            self.colours = colours
            self._application.setPalette(make_palette(colours))
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._application.setFont(self._font())
        self._application.setStyleSheet(make_style_sheet(self.colours, self.text_scale))


def current_theme() -> Theme | None:
    """The application's theme, once it has one."""
    application = QApplication.instance()
    return application.property(_THEME) if application else None


def use_scheme(name: str) -> None:
    """Use the "light" or the "dark" scheme, or follow the "system"."""
    theme = current_theme()
    if theme is not None:
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        theme.choose(schemes.get(name, Qt.ColorScheme.Unknown))


def current_colours() -> Colours:
    """The colours of the current scheme."""
    theme = current_theme()
    return theme.colours if theme is not None else LIGHT


def follow_theme(apply: Callable[[], object]) -> None:
    """Call `apply`, a method of a QObject, now and whenever the colours have changed.

    Changing a widget's looks in its own `changeEvent` would cause the next such event, and so on.
    """
    theme = current_theme()
    if theme is not None:
        theme.changed.connect(apply)
    apply()


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property of `widget` that the style sheet has a rule for, and style it again if that differs."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().polish(widget)


# --- text -------------------------------------------------------------------------------------------------


def load_fonts() -> None:
    """Load the shipped typeface, so that the window looks the same, and fits, on every system."""
    for file in sorted((assets_folder() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))


def use_text_scale(scale: float) -> None:
    """Show all texts at `scale` times their actual size; 0: as large as the system's own."""
    theme = current_theme()
    if theme is not None:
        theme.scale_text(scale)


def scale_of(points: float) -> float:
    """The largest of `TEXT_SCALES` that is no larger than `points` of the system's texts over the usual size."""
    usual = USUAL_POINTS.get(sys.platform, USUAL_POINTS_ELSEWHERE)
    return max((scale for scale in TEXT_SCALES if 1 < scale <= points / usual), default=1.0)


def text_scale() -> float:
    """How much larger than their actual size texts are now, one of `TEXT_SCALES`."""
    theme = current_theme()
    return theme.text_scale if theme is not None else 1.0


def text_pixels(pixels: float) -> int:
    """A length that grows with the texts, `pixels` at their actual size: of a row, or a column of numbers."""
    return round(pixels * text_scale())


def sized_font(widget: QWidget, pixels: int, *, bold: bool = False) -> QFont:
    """`widget`'s typeface at another size, for painting. For the text of a widget, use `set_text`."""
    font = QFont(widget.font())
    font.setPixelSize(text_pixels(pixels))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def set_text(widget: QWidget, pixels: int, *, bold: bool = False, lines: int = 0, may_be_higher: bool = False) -> None:
    """Set the size of `widget`'s text, and its height to `lines` if any. Both follow the text scale."""
    wanted = [pixels, bold, lines, may_be_higher]
    if widget.property(_TEXT) != wanted:
        widget.setProperty(_TEXT, wanted)
        _apply_text(widget)


def follow_text_scale(fit: Callable[[], object]) -> None:
    """Call `fit`, a method of a QObject, now and whenever the text size has changed."""
    theme = current_theme()
    if theme is not None:
        theme.text_scaled.connect(fit)
    fit()


def _apply_text(widget: QWidget) -> None:
    chosen = widget.property(_TEXT)
    if chosen is None:
        return
    pixels, bold, lines, may_be_higher = chosen
    font = sized_font(widget, int(pixels), bold=bool(bold))
    for part in (widget, *([widget.viewport()] if isinstance(widget, QAbstractScrollArea) else [])):
        part.setFont(font)
        if part.property(_KEPT_FONT) is not None:
            part.setProperty(_KEPT_FONT, font)
    height = int(lines) * widget.fontMetrics().lineSpacing() + 2
    if lines and may_be_higher:
        widget.setMinimumHeight(height)
    elif lines:
        widget.setFixedHeight(height)
