"""Numbers as people type them: “0,01”, “1e-3”, “5 %”, “60 000”, and the digits of any script."""

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
"""The last of three digits, those before it of three, or as in India of two; one kind of mark between all."""


class _Typed(NamedTuple):
    """A number in parts, without marks between groups; `is_either` where its comma may be such a mark or the point."""

    sign: str
    whole: str
    fraction: str
    power: int
    is_either: bool


def read_number(text: str) -> float:
    """The number that somebody typed.

    Comma and point both are the decimal mark. They stand between groups of digits where there are two of a kind, or
    both ("1,234.5", "1.234.567"); so do spaces of any width, apostrophes and underscores. "1,000" alone would mean
    one thing here and another there, and is refused; "1.000" is 1, as on every command line. A percent sign before or
    after it divides by 100.

    Raises
    ------
    ValueError
        With a sentence, when it is no finite number, or may be two.
    """
    plain = _plain(text)
    number = plain.strip("%").strip() if plain.count("%") == 1 else plain
    typed = _taken_apart(number, text)
    value = _value(typed, text, hundredths=number != plain)
    if typed.is_either:
        raise ValueError(f"“{_shown(text)}” can mean {typed.whole}.{typed.fraction} or {typed.whole}{typed.fraction}.")
    return value


def read_whole_number(text: str) -> int:
    """The whole number that somebody typed: the same, but "1,000" and "1.000" are 1000, and there are no percent.

    Raises
    ------
    ValueError
        With a sentence, when it is no whole number.
    """
    plain = _plain(text)
    groups = _GROUPS.fullmatch(plain.lstrip("+- "))
    value = _value(_taken_apart(plain.replace(groups["mark"], "") if groups else plain, text), text)
    if not value.is_integer():
        raise ValueError(f"“{_shown(text)}” is not a whole number.")
    return int(value)


def _plain(text: str) -> str:
    """`text` with the digits, signs and marks of ASCII."""
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
    """What is before the decimal mark, the mark, and the rest: the last comma or point, unless there are more of it."""
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
