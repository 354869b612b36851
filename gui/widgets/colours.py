"""The colours of the window, light and dark.

Those of the curves and of evidence are Okabe and Ito's, which colour-blind eyes can tell apart.
"""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one scheme, as #rrggbb."""

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
    speaks_for: str
    speaks_against: str


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
    speaks_for="#d55e00",
    speaks_against="#0072b2",
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
    speaks_for="#e69f00",
    speaks_against="#56b4e9",
)


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
