"""Numbers as the window says them."""

import math


def duration_text(seconds: float) -> str:
    """A time as people say it: "45 s", "1 min 40 s", "2 h 5 min"."""
    whole = max(round(seconds), 0)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes} min" if minutes else f"{hours:,} h"


def accuracy_text(share: float) -> str:
    """A share in [0, 1] with two digits after the point, and 100 only when it is exactly that."""
    hundredths = math.floor(share * 10_000 + 0.5)
    if hundredths == 10_000 and share < 1:
        hundredths = 9_999
    return f"{hundredths / 100:.2f} %"


def mistakes_text(mistakes: int, images: int) -> str:
    """ "105 mistakes in 10,000" """
    return f"{'1 mistake' if mistakes == 1 else f'{mistakes:,} mistakes'} in {images:,}"
