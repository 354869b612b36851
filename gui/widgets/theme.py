"""Light and dark, and the size of text, following the system: colours, palette, style sheet and fonts in one place."""

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
"""Of the system's own texts; elsewhere the largest that a desktop comes with, which is GNOME's."""
USUAL_POINTS_ELSEWHERE = 11

_THEME = "digitpadTheme"
_KEPT_FONT = "_q_styleSheetWidgetFont"
"""Where Qt's style sheets keep the font to go back to, whenever a widget gets another parent or colours change."""
_TEXT = "digitpadText"
"""What `set_text` gave a widget: pixels, bold, lines, may be higher."""


class Theme(QObject):
    """Keeps the application in the system's colours and text size, or in those that were chosen instead.

    Attributes
    ----------
    colours
        Those of the scheme that is in force now.
    text_scale
        How much larger than they were drawn all texts are, one of `TEXT_SCALES`.

    Signals
    -------
    changed
        The scheme switched between light and dark; palette and style sheet are already in place.
    text_scaled
        Texts have another size; the application's font, the style sheet and what `set_text` set are already in place.
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
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._follow_scheme)

    @property
    def is_dark(self) -> bool:
        scheme = self._chosen
        if scheme == Qt.ColorScheme.Unknown:
            scheme = self._application.styleHints().colorScheme()
        return scheme == Qt.ColorScheme.Dark

    def choose(self, scheme: Qt.ColorScheme) -> None:
        """Be light or dark whatever the system is; `Unknown` follows the system again."""
        self._chosen = scheme
        self._application.styleHints().setColorScheme(scheme)  # title bars and native dialogs, where it is supported
        self._follow_scheme()

    def scale_text(self, scale: float) -> None:
        """Show all texts `scale` times as large as they were drawn; 0: as large as the system's own."""
        scale = scale or self.system_text_scale
        if scale == self.text_scale:
            return
        self.text_scale = scale
        self._dress()
        for widget in self._application.allWidgets():
            _dress_text(widget)
        self.text_scaled.emit()

    def _font(self) -> QFont:
        font = QFont("Inter")
        font.setPixelSize(round(TEXT_PIXELS * self.text_scale))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _follow_scheme(self) -> None:
        colours = DARK if self.is_dark else LIGHT
        if colours != self.colours:  # every widget is dressed again
            self.colours = colours
            self._application.setPalette(make_palette(colours))
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        self._application.setFont(self._font())
        self._application.setStyleSheet(make_style_sheet(self.colours, self.text_scale))


def current_theme() -> Theme | None:
    """The application's theme, once it has one."""
    application = QApplication.instance()
    return application.property(_THEME) if application else None


def use_scheme(name: str) -> None:
    """Be "light" or "dark", or follow the "system"."""
    theme = current_theme()
    if theme is not None:
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        theme.choose(schemes.get(name, Qt.ColorScheme.Unknown))


def current_colours() -> Colours:
    """The colours of the scheme that is in force now."""
    theme = current_theme()
    return theme.colours if theme is not None else LIGHT


def follow_theme(dress: Callable[[], object]) -> None:
    """Call `dress`, a method of a QObject, now and again whenever the colours have changed.

    Dressing in a widget's own `changeEvent` would bring the next such event, and that one the next.
    """
    theme = current_theme()
    if theme is not None:
        theme.changed.connect(dress)
    dress()


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Give `widget` a property that the style sheet has a rule for, and dress it again where that differs."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().polish(widget)


# --- text -------------------------------------------------------------------------------------------------


def load_fonts() -> None:
    """Make the shipped typeface known, so that the window looks the same, and fits, on every system."""
    for file in sorted((assets_folder() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))


def use_text_scale(scale: float) -> None:
    """Show all texts `scale` times as large as they were drawn; 0: as large as the system's own."""
    theme = current_theme()
    if theme is not None:
        theme.scale_text(scale)


def scale_of(points: float) -> float:
    """The largest of `TEXT_SCALES` that is no larger than the system's texts of `points`, beside the usual ones."""
    usual = USUAL_POINTS.get(sys.platform, USUAL_POINTS_ELSEWHERE)
    return max((scale for scale in TEXT_SCALES if 1 < scale <= points / usual), default=1.0)


def text_scale() -> float:
    """How much larger than they were drawn texts are now, one of `TEXT_SCALES`."""
    theme = current_theme()
    return theme.text_scale if theme is not None else 1.0


def text_pixels(pixels: float) -> int:
    """A length that must grow with the texts, `pixels` at their actual size: of a row, or a column of numbers."""
    return round(pixels * text_scale())


def sized_font(widget: QWidget, pixels: int, *, bold: bool = False) -> QFont:
    """`widget`'s typeface at another size, for what is painted now. For the text of a widget there is `set_text`."""
    font = QFont(widget.font())
    font.setPixelSize(text_pixels(pixels))
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def set_text(widget: QWidget, pixels: int, *, bold: bool = False, lines: int = 0, may_be_higher: bool = False) -> None:
    """Give `widget`'s text another size, and the height of `lines` if any. Both follow when texts are scaled."""
    wanted = [pixels, bold, lines, may_be_higher]
    if widget.property(_TEXT) != wanted:
        widget.setProperty(_TEXT, wanted)
        _dress_text(widget)


def follow_text_scale(fit: Callable[[], object]) -> None:
    """Call `fit`, a method of a QObject, now and again whenever texts have got another size."""
    theme = current_theme()
    if theme is not None:
        theme.text_scaled.connect(fit)
    fit()


def _dress_text(widget: QWidget) -> None:
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
