"""Sentences on pictures."""

from core.wording.problems import Problem


class PictureProblem(Problem):
    NOT_A_PICTURE = (
        "The file is not a picture that DigitPad can read (PNG, JPEG, GIF, BMP, WebP, AVIF, TIFF, PNM or an icon)."
    )
    EMPTY_FILE = "The picture file is empty."
    EMPTY = "The picture is empty."
    CUT_OFF = "The picture is cut off: its end is missing."
    DAMAGED = "The picture is damaged and cannot be read."
    FILE_TOO_LARGE = "The picture is too large: {size:.0f} MB of at most {limit:.0f}."
    TOO_MANY_PIXELS = "The picture is too large: {width:,} × {height:,} pixels of at most {limit:.0f} million in all."
    TOO_MUCH_MEMORY = "The picture is too large: its pixels need {needed:.0f} MB of at most {limit:.0f}."
    NO_INK = "There is no ink in the picture."
    NOTHING_DRAWN = "There is nothing drawn in {where}."
    KEPT_PICTURE_DAMAGED = "The kept picture is damaged."
    UNREADABLE = "The picture cannot be read."
