"""What was measured of a digit, in words."""

import numpy as np
import pytest

from core.digits.normalize import NormalizedDigit
from gui.draw.network_view import facts_text


@pytest.mark.parametrize(
    ("width", "relation"),
    [
        (1.94, "1.9 px wide, unlike MNIST"),
        (1.96, "2.0 px wide, like MNIST"),
        (4.44, "4.4 px wide, like MNIST"),
        (4.46, "4.5 px wide, unlike MNIST"),
    ],
)
def test_a_line_is_like_mnist_where_the_shown_width_is(width: float, relation: str) -> None:
    blank = np.zeros((28, 28), np.uint8)
    digit = NormalizedDigit(blank, blank[:20, :20], blank, (0.0, 0.0, 28.0), (0, 0), width)
    assert facts_text(digit).startswith(f"Line {relation} (2.0 to 4.4 px).")
