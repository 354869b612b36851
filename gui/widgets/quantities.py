"""Durations and counts in words."""

from core.recognition import evaluation


def duration_text(seconds: float) -> str:
    """A duration in words: "45 s", "1 min 40 s", "2 h 5 min"."""
    whole = max(round(seconds), 0)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,} h {minutes} min" if minutes else f"{hours:,} h"


def clock_text(seconds: float) -> str:
    """A duration where there is little room: "45 s", "1:40" in minutes, "2:05 h"."""
    whole = round(seconds)
    if whole < 60:
        return duration_text(seconds)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,}:{minutes:02} h"


def mistakes_text(mistakes: int, images: int) -> str:
    """ "105 mistakes in 10,000 test digits" """
    made = evaluation.mistakes_text(mistakes) if mistakes else "no mistakes"
    return f"{made} in {images:,} test {'digit' if images == 1 else 'digits'}"
