"""What comes from anywhere is shown on one line, in letters that can be written anywhere."""

import pytest

from core.wording.names import number_name, shortened, shown_name


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


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("", "drawing"), ("7", "digit-7"), ("42", "number-42"), ("27\n380", "number-27-380"), ("1\n2", "number-1-2"),
        ("9" * 20, f"number-{'9' * 20}"), ("9" * 21, f"number-{'9' * 20}"),
        ("1" * 12 + "\n" + "2" * 8 + "\n3", f"number-{'1' * 12}-{'2' * 8}"),
        ("1" * 12 + "\n" + "2" * 9 + "\n3", f"number-{'1' * 12}"),
    ],
)  # fmt: skip
def test_a_drawing_is_named_after_its_number(number: str, name: str) -> None:
    assert number_name(number) == name
