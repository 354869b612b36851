"""The computation behind a value in words."""

from collections.abc import Sequence

from core.explaining.pixels import AfterStep, PixelChoice, PixelSum
from gui.inside.scales import number_text


def pixel_text(found: PixelSum | PixelChoice | None, value: float, row: int, column: int) -> str:
    """How the value of a map at `row`, `column`, from 0, came about; None: it is only told."""
    place = f"Row {row + 1}, column {column + 1}: "
    match found:
        case None:
            return place + number_text(value) + "."
        case PixelChoice():
            return place + choice_text(found) + after_text(found.after)
        case PixelSum():
            return place + sum_text(found) + after_text(found.after)


def sum_text(found: PixelSum) -> str:
    """ "inputs times weights give 1.20 and 0.44, 29 other maps 0.31, the bias adds −0.12: together 1.83." """
    parts = joined([number_text(part.total) for part in found.parts])
    others = f", {found.others} other map{'s' * (found.others > 1)} {number_text(found.rest)}" * (found.others > 0)
    bias, total = number_text(found.bias), number_text(found.total)
    return f"inputs times weights give {parts}{others}, the bias adds {bias}: together {total}."


def choice_text(found: PixelChoice) -> str:
    """ "the largest of 4 values is 0.83." """
    return f"the largest of {found.inputs.size} values is {number_text(found.total)}."


def after_text(steps: Sequence[AfterStep]) -> str:
    """What follows the sum, a sentence for each step."""
    texts = []
    for step in steps:
        if step.scale is not None and step.shift is not None:
            sign = "−" if step.shift < 0 else "+"
            scale, shift = precise_text(step.scale), precise_text(abs(step.shift))
            texts.append(f" Batch normalisation: times {scale} {sign} {shift} is {number_text(step.value)}.")
        else:
            texts.append(f" ReLU: {number_text(step.value)}.")
    return "".join(texts)


def precise_text(value: float) -> str:
    """A factor, which may be small: three digits that count."""
    return f"{value:.3g}".replace("-", "−")


def joined(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
