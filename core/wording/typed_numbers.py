"""Parse numbers as people type them: “0,01”, “1e-3”, “5 %”, “60 000”, and digits of any script."""

import math
import re
import unicodedata
from typing import NamedTuple

from core.wording.names import shortened

_PLAIN = str.maketrans(
    {"−": "-", "－": "-", "＋": "+", "．": ".", "٫": ".", "，": ",", "％": "%", "٪": "%"}
    | dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
    | dict.fromkeys("’_٬", "'")
)
_TYPED = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<digits>[\d,.](?:[\d ',.]*[\d,.])?)(?:[eE](?P<power>[+-]?\d{1,4}))?", re.ASCII
)
_GROUPS = re.compile(r"[1-9]\d{0,2}(?P<mark>[ ',.])(?:\d{2,3}(?P=mark))*\d{3}", re.ASCII)
"""Groups of digits: the last has three, the others three, or two as in India; the same mark between all."""


class _Typed(NamedTuple):
    """The parts of a number, without group marks; `is_either` if its comma can be a group mark or a decimal mark."""

    sign: str
    whole: str
    fraction: str
    power: int
    is_either: bool


def read_number(text: str) -> float:
    """Parse a number as typed.

    Comma and point are both decimal marks. Two of a kind, or one of each, separate groups of digits ("1,234.5",
    "1.234.567"), and so do spaces of any width, apostrophes and underscores. "1,000" alone is ambiguous, and refused;
    "1.000" is 1, as on every command line. A percent sign before or after the number divides it by 100.

    Raises
    ------
    ValueError
        With a sentence, when it is not a finite number, or is ambiguous.
    """
    plain = _plain(text)
    number = plain.strip("%").strip() if plain.count("%") == 1 else plain
    typed = _taken_apart(number, text)
    value = _value(typed, text, hundredths=number != plain)
    if typed.is_either:
        raise ValueError(f"“{_shown(text)}” can mean {typed.whole}.{typed.fraction} or {typed.whole}{typed.fraction}.")
    return value


def read_whole_number(text: str) -> int:
    """Parse a whole number as typed: like `read_number`, but "1,000" and "1.000" are 1000, and without percent.

    Raises
    ------
    ValueError
        With a sentence, when it is not a whole number.
    """
    plain = _plain(text)
    groups = _GROUPS.fullmatch(plain.lstrip("+- "))
    value = _value(_taken_apart(plain.replace(groups["mark"], "") if groups else plain, text), text)
    if not value.is_integer():
        raise ValueError(f"“{_shown(text)}” is not a whole number.")
    return int(value)


def _plain(text: str) -> str:
    """`text` with ASCII digits, signs and marks."""
    digits = (unicodedata.decimal(character, None) for character in text)
    known = "".join(character if digit is None else str(digit) for character, digit in zip(text, digits, strict=True))
    return known.translate(_PLAIN).strip()


def _taken_apart(plain: str, text: str) -> _Typed:
    match = _TYPED.fullmatch(plain)
    if match is None:
        raise _no_number(text)
    whole, point, fraction = _halves(match["digits"])
    groups = _GROUPS.fullmatch(whole)
    if groups is not None and groups["mark"] != point:
        whole = whole.replace(groups["mark"], "")
    if not (whole + fraction).isdigit():
        raise _no_number(text)
    is_either = point == "," and groups is None and _GROUPS.fullmatch(match["digits"]) is not None
    return _Typed(match["sign"], whole, fraction, int(match["power"] or 0), is_either)


def _halves(digits: str) -> tuple[str, str, str]:
    """The digits before the decimal mark, the mark, and those after it: the last comma or point, if it occurs once."""
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0 or digits.count(digits[last]) > 1:
        return digits, "", ""
    return digits[:last], digits[last], digits[last + 1 :]


def _value(typed: _Typed, text: str, *, hundredths: bool = False) -> float:
    value = float(f"{typed.sign}{typed.whole}.{typed.fraction}e{typed.power - 2 * hundredths}")
    if not math.isfinite(value):
        raise ValueError(f"“{_shown(text)}” is too large.")
    return value


def _no_number(text: str) -> ValueError:
    return ValueError(f"“{_shown(text)}” is not a number.")


def _shown(text: str) -> str:
    return shortened(text, 40)
