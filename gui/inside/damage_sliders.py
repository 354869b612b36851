"""A slider for each kind of damage."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from core.explaining.distortion import RANGES, UNCHANGED, Distortion
from gui.inside.looking import Damage
from gui.inside.terms import Term
from gui.inside.word import Word
from gui.widgets.labels import make_faint_label
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import follow_text_scale, text_pixels

STEPS = 200
VALUE_WIDTH = 56
TITLES = {
    Distortion.ROTATE: "Rotate",
    Distortion.SHEAR: "Shear",
    Distortion.SHRINK: "Shrink",
    Distortion.THICKEN: "Thicken",
    Distortion.THIN: "Thin",
    Distortion.NOISE: "Noise",
    Distortion.BLUR: "Blur",
    Distortion.COVER: "Cover",
}
TERMS = {kind: Term[kind.name] for kind in Distortion}
SHARES = (Distortion.SHRINK, Distortion.NOISE, Distortion.COVER)
PIXELS = (Distortion.THICKEN, Distortion.THIN, Distortion.BLUR)


class DamageSliders(QWidget):
    """The sliders, with names and values.

    Signals
    -------
    changed
        `(Damage)`: another damage is wanted, or another kind is looked at.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = Distortion.ROTATE
        self.sliders: dict[Distortion, QSlider] = {}
        self._values: dict[Distortion, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for row, kind in enumerate(Distortion):
            self.sliders[kind], self._values[kind] = self._make_slider(kind), make_faint_label(pixels=13)
            self._values[kind].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Word(TITLES[kind], TERMS[kind]), row, 0)
            grid.addWidget(self.sliders[kind], row, 1)
            grid.addWidget(self._values[kind], row, 2)
        follow_text_scale(self._fit_text)
        self._show_values()

    @property
    def damage(self) -> Damage:
        """What is wanted now."""
        return Damage(self._kind, {kind: amount_at(kind, slider.value()) for kind, slider in self.sliders.items()})

    @property
    def is_changed(self) -> bool:
        """Whether anything is damaged."""
        return any(slider.value() != position_of(kind, UNCHANGED[kind]) for kind, slider in self.sliders.items())

    def reset(self) -> None:
        """Damage nothing."""
        for kind, slider in self.sliders.items():
            was_blocked = slider.blockSignals(True)
            slider.setValue(position_of(kind, UNCHANGED[kind]))
            slider.blockSignals(was_blocked)
        self._tell()

    def _look_at(self) -> None:
        """Look at the kind whose slider was moved or taken."""
        kinds = [kind for kind, slider in self.sliders.items() if slider is self.sender()]
        self._kind = kinds[0] if kinds else self._kind
        self._tell()

    def _tell(self) -> None:
        self._show_values()
        self.changed.emit(self.damage)

    def _show_values(self) -> None:
        for kind, slider in self.sliders.items():
            text = amount_text(kind, amount_at(kind, slider.value()))
            self._values[kind].setText(text)
            slider.setAccessibleDescription(f"{text}. {TERMS[kind]}")

    def _fit_text(self) -> None:
        for value in self._values.values():
            value.setFixedWidth(text_pixels(VALUE_WIDTH))

    def _make_slider(self, kind: Distortion) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setObjectName(kind.value)
        slider.setRange(0, STEPS)
        slider.setPageStep(STEPS // 10)
        slider.setMinimumWidth(90)
        slider.setAccessibleName(TITLES[kind])
        slider.setToolTip(plain_tool_tip(TERMS[kind]))
        slider.setValue(position_of(kind, UNCHANGED[kind]))
        slider.valueChanged.connect(self._look_at)
        slider.sliderPressed.connect(self._look_at)
        return slider


def amount_at(kind: Distortion, position: int) -> float:
    """The damage at a slider's position, 0 to `STEPS`."""
    least, most = RANGES[kind]
    if position == position_of(kind, UNCHANGED[kind]):
        return UNCHANGED[kind]
    return least + (most - least) * position / STEPS


def position_of(kind: Distortion, amount: float) -> int:
    """The slider's position for a damage."""
    least, most = RANGES[kind]
    return round((amount - least) / (most - least) * STEPS)


def amount_text(kind: Distortion, amount: float) -> str:
    """A damage with its unit: "−30°", "80 %", "2.1 px"."""
    if kind == Distortion.ROTATE:
        text = f"{amount:.0f}°"
    elif kind in SHARES:
        text = f"{amount:.0%}".replace("%", " %")
    else:
        text = f"{amount:.1f}" + " px" * (kind in PIXELS)
    return text.replace("-", "−")
