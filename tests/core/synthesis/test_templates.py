"""Templates: every way of writing a digit is there, and files that are no templates are refused in a sentence."""

from pathlib import Path

import numpy as np
import pytest

from core.errors import InkFileError
from core.synthesis.curves import curve_through
from core.synthesis.templates import load_templates
from core.system.paths import assets_folder

DIGITS = assets_folder() / "ink" / "digits"
ONE_STROKE = '<ink xmlns="http://www.w3.org/2003/InkML"><trace>0 0, 0 50, 0 100</trace></ink>'

WAYS = {
    "0": {"plain", "slashed", "slashed-inside", "slashed-one-stroke", "loop-top", "from-bottom", "clockwise"},
    "1": {"plain", "curved", "flagged", "flagged-short", "flagged-long", "flagged-foot", "foot", "upstroke-long"},
    "2": {"plain", "loop", "z", "curly-base", "two-strokes"},
    "3": {"round", "flat-top", "zigzag", "loop-middle", "curly"},
    "4": {"open", "closed", "one-stroke", "open-short-cross", "open-long-cross", "open-cross-below", "lightning", "y"},
    "5": {"one-stroke", "two-strokes", "bar-detached", "bar-long", "s-like"},
    "6": {"plain", "straight", "curled", "big-loop", "small-loop"},
    "7": {"plain", "crossed", "curved", "serifed", "crossed-serifed", "wavy"},
    "8": {"s-first", "s-mirrored", "from-top", "circles", "from-middle", "open-top", "from-bottom"},
    "9": {"straight", "straight-slanted", "curled", "open", "g-like", "angular-tail", "two-strokes"},
}


@pytest.mark.parametrize("digit", WAYS)
def test_has_the_ways_in_which_a_digit_is_written(digit: str) -> None:
    names = {template.name for template in load_templates(DIGITS) if template.label == digit}
    assert names >= {f"{digit}-{way}" for way in WAYS[digit]}


def test_templates_lie_in_a_box_of_about_a_hundred() -> None:
    for template in load_templates(DIGITS):
        points = np.concatenate(template.strokes)
        assert points.dtype == np.float32
        assert points.min() > -15 and points.max() < 115, template.name
        assert np.ptp(points[:, 1]) > 80, template.name


def test_the_label_is_what_stands_before_the_first_hyphen(tmp_path: Path) -> None:
    for name in ("7-crossed-low", "A-print", "small-a-print"):
        (tmp_path / f"{name}.inkml").write_text(ONE_STROKE)
    templates = load_templates(tmp_path)
    assert [template.name for template in templates] == ["7-crossed-low", "A-print", "small-a-print"]
    assert [template.label for template in templates] == ["7", "A", "a"]


def test_nobody_can_change_a_template_for_others() -> None:
    with pytest.raises(ValueError, match="read-only"):
        load_templates(DIGITS)[0].strokes[0][0] = 5


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("seven.inkml", ONE_STROKE, "7-crossed.inkml"),
        ("7-empty.inkml", '<ink xmlns="http://www.w3.org/2003/InkML"/>', "no stroke"),
        ("7-broken.inkml", "<ink><trace>0 0, 1", "cut off"),
        ("7-crossed.txt", ONE_STROKE, "no ink templates"),
    ],
)
def test_says_what_is_wrong_with_a_folder(tmp_path: Path, name: str, content: str, sentence: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InkFileError, match=sentence):
        load_templates(tmp_path)


def test_the_curve_goes_through_every_point_and_turns_at_corners() -> None:
    stroke = np.array([[0, 0], [50, 0], [50, 0], [50, 100]], np.float32)
    curve = curve_through([stroke])
    sharp, rounded = curve.sharp @ curve.points, curve.round @ curve.points
    for ink in (sharp, rounded):
        distances = np.hypot(*(ink[:, None] - curve.points[None]).transpose(2, 0, 1)).min(axis=0)
        assert distances.max() < 1e-6
    # with its corner the stroke is two straight lines; without, it swings beyond them
    off_the_lines = np.minimum(abs(sharp[:, 0] - 0.25), abs(sharp[:, 1] + 0.5))
    assert off_the_lines.max() < 1e-6
    assert rounded[:, 0].max() > 0.26


def test_a_dot_is_a_curve_of_one_point() -> None:
    curve = curve_through([np.array([[3, 4]], np.float32)])
    np.testing.assert_allclose(curve.sharp @ curve.points, [[0, 0]])
