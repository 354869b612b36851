"""Numbers as people type them."""

import pytest

from core.wording.typed_numbers import read_number, read_whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *[(text, 0.01) for text in ("0.01", "0,01", ".01", ",01", "1e-2", "1E-2", "0,1e-1", " 0.01\n", "+0.01")],
        *[(text, 0.01) for text in ("1 %", "1%", "%1", "1\u202f%", "1,0 %", "٠٫٠١", "१e-२", "０．０１", "1٪", "1e−2")],
        *[(text, 1234.5) for text in ("1,234.5", "1.234,5", "1 234,5", "1\u202f234,5", "1\u00a0234.5", "1'234.5")],
        *[(text, 1234.5) for text in ("1’234,5", "1_234.5", "١٬٢٣٤٫٥", "1.2345e3")],
        *[(text, 1234567.0) for text in ("1,234,567", "1.234.567", "1 234 567", "12,34,567", "1234567", "1,234,567.")],
        *[(text, -1.5) for text in ("-1.5", "−1,5", "- 1,5")],
        ("1.000", 1.0),  # as on every command line
        ("0,001", 0.001),  # no group begins with a zero
        ("12,34", 12.34),
        ("5.", 5.0),
        ("00", 0.0),
        ("1e-999", 0.0),
    ],
)
def test_a_number_is_read_as_it_is_meant(typed: str, number: float) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "abc", "nan", "inf", "%", "%1%", "1%%", "-", "--1", ".", ",", ".,", "1..", "1,2,3", "1.2.3"),
        *("1 2", "1 ,5", "1 000 00", "1,2345,678", "0,000,1", "1,234.567,8", "1'000,000'000"),
        *("1e", "e3", "1e5.5", "1e12345", "10⁻³", "½", "0x10"),
    ],
)
def test_what_is_no_number_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_number(typed)


def test_what_may_be_two_numbers_is_not_guessed() -> None:
    with pytest.raises(ValueError, match=r"^“1,500” can mean 1\.500 or 1500\.$"):
        read_number("1,500")


def test_an_endless_number_is_no_number() -> None:
    with pytest.raises(ValueError, match="is too large"):
        read_number("1e999")
    with pytest.raises(ValueError, match=r"^“9{39}…” is too large\.$"):
        read_whole_number("9" * 10_000)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *[(text, 1000) for text in ("1000", "1,000", "1.000", "1 000", "1\u202f000", "1'000", "1e3", "1000.0", "١٠٠٠")],
        *[(text, 60_000) for text in ("60,000", "60.000", "60 000", "60,000.0", "60.000,0", "6e4")],
        *[(text, -1000) for text in ("-1,000", "− 1.000")],
        ("007", 7),
        ("5.0", 5),
    ],
)
def test_a_whole_number_may_have_groups(typed: str, number: int) -> None:
    assert read_whole_number(typed) == number


@pytest.mark.parametrize("typed", ["1.5", "1,5", "1e-3", "5 %", "", "many", "0,001"])
def test_what_is_no_whole_number_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        read_whole_number(typed)


def test_a_page_that_was_pasted_is_no_number() -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_number(f"+{' ' * 30_000}x")
