"""Messages about the test of a model: beside another one, with a threshold, on damaged digits."""

from core.wording.messages import Template


class Comparison(Template):
    """How one model compares with another on the same digits."""

    SAME_DIGITS = "both read the same digits right"
    AS_MANY = "{better:,} better, {worse:,} worse: no difference"
    CHANCE = "{better:,} better, {worse:,} worse: may be chance"
    LIKELY_BETTER = "{better:,} better, {worse:,} worse: likely better"
    LIKELY_WORSE = "{better:,} better, {worse:,} worse: likely worse"
    BETTER = "{better:,} better, {worse:,} worse: very likely better"
    WORSE = "{better:,} better, {worse:,} worse: very likely worse"


class ThresholdNote(Template):
    """What a threshold does to the answers of a test."""

    ANSWERED = "{answered:,} of {total:,} answered, {accuracy} of them right. {refused}"
    NONE_ANSWERED = "None of {total:,} is answered."
    NONE_REFUSED = "None is refused."
    REFUSED = "{refused:,} refused, {right:,} of them read right."


class JudgingNote(Template):
    """What is to be said about the digits of a test."""

    ALL_OF_YOURS = "These are all of your digits: a model that was taught them has seen them."


_DAMAGES = {
    "shot_noise": "Shot noise",
    "impulse_noise": "Impulse noise",
    "glass_blur": "Glass blur",
    "motion_blur": "Motion blur",
    "shear": "Shear",
    "scale": "Scale",
    "rotate": "Rotation",
    "brightness": "Brightness",
    "translate": "Translation",
    "stripe": "Stripes",
    "fog": "Fog",
    "spatter": "Spatter",
    "dotted_line": "Dotted lines",
    "zigzag": "Zigzags",
    "canny_edges": "Canny edges",
}


def damage_title(kind: str) -> str:
    """The name for people of a kind of damage, which MNIST-C calls `kind`."""
    return _DAMAGES[kind]
