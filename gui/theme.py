"""Light and dark, following the system: colours, palette, style sheet and fonts in one place.

The colours of data (curves) are Okabe and Ito's, which colour-blind eyes can tell apart.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from core.paths import assets_folder

SPACING = 12
MARGIN = 16
RADIUS = 10


_THEME = "digitpadTheme"


@dataclass(frozen=True, slots=True)
class Colours:
    """The chrome of one colour scheme, as #rrggbb."""

    window: str
    card: str
    border: str
    text: str
    faint_text: str
    accent: str
    on_accent: str
    hover: str
    track: str
    ink: str
    good: str
    doubtful: str
    bad: str
    training: str
    validation: str


LIGHT = Colours(
    window="#f3f4f7",
    card="#ffffff",
    border="#dcdfe6",
    text="#1b1e25",
    faint_text="#636a78",
    accent="#2563c9",
    on_accent="#ffffff",
    hover="#e9ecf2",
    track="#e8ebf1",
    ink="#14161b",
    good="#1d7a46",
    doubtful="#96600a",
    bad="#b3372f",
    training="#0072b2",
    validation="#d55e00",
)
DARK = Colours(
    window="#15171c",
    card="#1e2128",
    border="#343944",
    text="#e9ebf0",
    faint_text="#9aa2b1",
    accent="#6ea3ff",
    on_accent="#0d1524",
    hover="#2a2e38",
    track="#2c313b",
    ink="#f4f5f8",
    good="#5fcf91",
    doubtful="#e3b04b",
    bad="#f08b83",
    training="#56b4e9",
    validation="#e69f00",
)


class Theme(QObject):
    """Keeps the application in the system's colour scheme, or in the one that was chosen instead.

    Attributes
    ----------
    colours
        Those of the scheme that is in force now.

    Signals
    -------
    changed
        The scheme switched between light and dark; palette and style sheet are already in place.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        application.setProperty(_THEME, self)
        self._chosen = Qt.ColorScheme.Unknown
        self.colours = LIGHT
        load_fonts(application)
        application.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

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
        self._apply()

    def _apply(self) -> None:
        self.colours = DARK if self.is_dark else LIGHT
        self._application.setPalette(make_palette(self.colours))
        self._application.setStyleSheet(make_style_sheet(self.colours))
        self.changed.emit()


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


def load_fonts(application: QApplication) -> None:
    """Use the shipped typeface, so that the window looks the same, and fits, on every system."""
    for file in sorted((assets_folder() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont("Inter")
    font.setPixelSize(14)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    application.setFont(font)


def sized_font(widget: QWidget, pixels: int, *, bold: bool = False) -> QFont:
    """`widget`'s typeface at another size."""
    font = QFont(widget.font())
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def make_palette(colours: Colours) -> QPalette:
    """A Qt palette of `colours`."""
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.card),
        (role.AlternateBase, colours.hover),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.faint_text),
        (role.Button, colours.card),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.bad),
        (role.ToolTipBase, colours.card),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.Light, colours.card),
        (role.Midlight, colours.hover),
        (role.Mid, colours.border),
        (role.Dark, colours.border),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.faint_text))
    return palette


def make_style_sheet(colours: Colours) -> str:
    """Cards, tabs, buttons and fields; one rule for each kind of thing."""
    c = colours
    icons = (assets_folder() / "icons").as_posix()
    return f"""
    QMainWindow, QDialog {{ background: {c.window}; }}
    QToolTip {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border}; padding: 4px 6px; }}

    QFrame[card="true"] {{ background: {c.card}; border: 1px solid {c.border}; border-radius: {RADIUS}px; }}
    QLabel[faint="true"] {{ color: {c.faint_text}; }}
    QLabel[heading="true"] {{ font-weight: 600; }}
    QLabel[problem="true"] {{ color: {c.bad}; }}

    QTabWidget::pane {{ border: none; }}
    QTabWidget::tab-bar {{ left: {MARGIN - 8}px; }}
    QTabBar {{ background: transparent; }}
    QTabBar::tab {{ padding: 9px 18px 8px 18px; margin: 0 2px; color: {c.faint_text};
                    border: none; border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; font-weight: 600; }}
    QTabBar::tab:hover:!selected {{ color: {c.text}; }}
    QTabBar::tab:selected:focus {{ background: {c.hover}; border-top-left-radius: 7px; border-top-right-radius: 7px; }}

    QPushButton, QToolButton {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border};
                                border-radius: 7px; padding: 7px 14px; }}
    QToolButton {{ padding: 7px 9px; }}
    QPushButton:hover, QToolButton:hover {{ background: {c.hover}; }}
    QPushButton:pressed, QToolButton:pressed, QToolButton:checked {{ background: {c.track}; }}
    QPushButton:focus, QToolButton:focus {{ border: 1px solid {c.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {c.faint_text}; background: {c.window}; }}
    QPushButton[primary="true"] {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
                                   font-weight: 600; }}
    QPushButton[primary="true"]:disabled {{ background: {c.track}; color: {c.faint_text};
                                            border: 1px solid {c.track}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {c.text}; padding: 6px 13px; }}

    QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ background: {c.card}; color: {c.text};
        border: 1px solid {c.border}; border-radius: 7px; padding: 5px 8px; min-height: 20px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{ border: 1px solid {c.accent}; }}
    QLineEdit[problem="true"], QSpinBox[problem="true"], QDoubleSpinBox[problem="true"] {{ border: 1px solid {c.bad}; }}
    QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
        color: {c.faint_text}; background: {c.window}; }}
    QComboBox QAbstractItemView {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border};
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; outline: none; }}

    QSlider {{ min-height: 24px; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 12px; height: 12px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px; right: 3px;
        background: transparent; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; top: 3px; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; bottom: 3px; }}
    QAbstractSpinBox::up-arrow {{ image: url("{icons}/chevron-up.svg"); width: 11px; height: 11px; }}
    QAbstractSpinBox::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 11px; height: 11px; }}
    QCheckBox {{ spacing: 8px; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {c.faint_text}; border-radius: 4px;
        background: {c.card}; }}
    QCheckBox::indicator:checked {{ background: #2563c9; border: 1px solid #2563c9;
        image: url("{icons}/check.svg"); }}
    QCheckBox::indicator:focus {{ width: 14px; height: 14px; border: 2px solid {c.text}; }}
    QCheckBox::indicator:checked:disabled {{ background: {c.faint_text}; border: 1px solid {c.faint_text}; }}
    QToolButton::menu-indicator {{ image: url("{icons}/chevron-down.svg"); width: 11px; height: 11px;
        subcontrol-position: right center; right: 7px; }}
    QToolButton[popupMode="2"] {{ padding-right: 24px; }}

    QSlider::groove:horizontal {{ height: 4px; background: {c.track}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 16px; height: 16px; margin: -6px 0; border-radius: 8px;
                                  background: {c.accent}; }}
    QSlider::handle:horizontal:focus {{ width: 12px; height: 12px; border: 2px solid {c.text}; }}

    QProgressBar {{ background: {c.track}; border: none; border-radius: 4px; max-height: 8px; min-height: 8px;
                    color: transparent; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}

    QTableView {{ background: {c.card}; color: {c.text}; border: 1px solid transparent; border-radius: 6px;
        gridline-color: {c.border}; selection-background-color: {c.hover}; selection-color: {c.text};
        outline: none; }}
    QTableView:focus {{ border: 1px solid {c.accent}; }}
    QHeaderView::section {{ background: {c.card}; color: {c.faint_text}; border: none;
                            border-bottom: 1px solid {c.border}; padding: 5px 8px; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {c.border}; border-radius: 3px; min-height: 28px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
    QScrollBar::handle:horizontal {{ background: {c.border}; border-radius: 3px; min-width: 28px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

    QMenuBar {{ background: {c.window}; color: {c.text}; }}
    QMenuBar::item {{ padding: 5px 10px; background: transparent; border-radius: 5px; }}
    QMenuBar::item:selected {{ background: {c.hover}; }}
    QMenu {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border}; padding: 5px; }}
    QMenu::item {{ padding: 6px 26px 6px 12px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {c.hover}; }}
    QMenu::item:disabled {{ color: {c.faint_text}; }}
    QMenu::separator {{ height: 1px; background: {c.border}; margin: 5px 8px; }}
    QStatusBar {{ background: {c.window}; color: {c.faint_text}; border-top: 1px solid {c.border}; }}
    QStatusBar QLabel {{ color: {c.faint_text}; }}
    QStatusBar QToolButton {{ background: transparent; border: none;
        color: {c.accent}; padding: 2px {MARGIN - 2}px 0; }}
    QStatusBar QToolButton:hover, QStatusBar QToolButton:focus {{ text-decoration: underline; }}
    QStatusBar::item {{ border: none; }}
    """
