"""What comes from anywhere is shown on one line, in letters that can be written anywhere."""

import pytest

from core.wording.names import shortened, shown_name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("digits", "digits"),
        ("eight chars", "eight c…"),
        ("12345678", "12345678"),
        ("two\nlines", "two lin…"),
        (7, "7"),
        ("  a \t b ", "a b"),
        ("a\0\u202eb", "a b"),
    ],
)
def test_a_text_from_anywhere_fits_its_line(text: object, shown: str) -> None:
    assert shortened(text, 8) == shown


def test_a_name_that_is_no_utf_8_can_be_written() -> None:
    assert shown_name("caf\udce9.png") == "caf?.png"
