"""What the two plots show, and how each is scaled and worded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.wording.percentages import accuracy_range_text, accuracy_text
from gui.train.curve_points import Numbers, accuracy_floor, loss_ceiling
from gui.train.plot_axes import Span, decimals_of


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that is plotted against epochs.

    Attributes
    ----------
    limits
        What the axis shows of a running mean `(n,)` and some marks.
    tick_text
        A number beside the axis, when these stand a step apart.
    text, range_text
        A number, or a range from the smallest to the largest, where it is read out.
    """

    limits: Callable[[Numbers, Sequence[float]], Span]
    tick_text: Callable[[float, float], str]
    text: Callable[[float], str]
    range_text: Callable[[float, float], str]


def _percent_tick(value: float, step: float) -> str:
    return f"{value * 100:.{decimals_of(step * 100)}f} %"


LOSS = Quantity(
    limits=lambda smooth, marks: Span(0, loss_ceiling(smooth, marks)),
    tick_text=lambda value, step: f"{value:.{decimals_of(step)}f}",
    text=lambda value: f"{value:.4f}",
    range_text=lambda low, high: f"{low:.4f}–{high:.4f}",
)
ACCURACY = Quantity(
    limits=lambda smooth, marks: Span(accuracy_floor(smooth, marks), 1),
    tick_text=_percent_tick,
    text=accuracy_text,
    range_text=accuracy_range_text,
)
