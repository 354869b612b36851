"""Times and counts as the window says them."""

import pytest

from gui.widgets.quantities import clock_text, duration_text


@pytest.mark.parametrize(
    ("seconds", "words", "short"),
    [
        (0.4, "0 s", "0 s"),
        (59.4, "59 s", "59 s"),
        (59.6, "1 min", "1:00"),
        (164, "2 min 44 s", "2:44"),
        (3600, "1 h", "1:00 h"),
        (7500, "2 h 5 min", "2:05 h"),
    ],
)
def test_times(seconds: float, words: str, short: str) -> None:
    assert (duration_text(seconds), clock_text(seconds)) == (words, short)
