"""Sentences on ink files and the templates of handwriting."""

from core.wording.problems import Problem


class InkProblem(Problem):
    EMPTY = "The ink file is empty."
    TOO_LARGE = "The ink file is too large: {size:.0f} MB of at most {limit:.0f}."
    NOT_INKML = "The file is not InkML."
    XML_BUT_NOT_INKML = "The file is XML, but not InkML."
    NOT_SVG = "The file is not SVG."
    SVG_FILLED = "The SVG holds a filled shape, and DigitPad reads only strokes from SVG; save it as PNG."
    SVG_PART = "The SVG holds a part that is no stroke (“{part}”), which DigitPad cannot read; save it as PNG."
    SVG_PACKED = "DigitPad cannot read compressed SVG (.svgz); save it as SVG without compression."
    DAMAGED_PATH = "The SVG is damaged: a path is not a list of commands and numbers."
    BAD_TRANSFORM = "The SVG holds a transform that DigitPad cannot read."
    NOT_XOURNAL = "The file is not Xournal++."
    NOT_UNIPEN = "The file is not UNIPEN."
    NOT_STROKES = "The file is not a list of strokes as JSON."
    NOT_A_DRAWING = (
        "The file is not a drawing that DigitPad can read (InkML, SVG, Xournal++, UNIPEN or strokes as JSON)."
    )
    UNPACKED_TOO_LARGE = "The ink file is too large: unpacked, it has more than {limit:.0f} MB."
    DAMAGED_GZIP = "The ink file is damaged and cannot be unpacked."
    DEFINES_ENTITIES = (
        "The drawing's document type (DTD) has definitions of its own, which DigitPad does not read; "
        "save it as PNG, then open that."
    )
    UNKNOWN_ENCODING = "The ink file is in an unknown text encoding."
    CUT_OFF = "The ink file is cut off: its end is missing."
    DAMAGED_LINE = "The ink file is damaged in line {line}."
    DAMAGED_TRACE = "The ink file is damaged: a trace is not a list of points."
    NO_COORDINATES = "The ink file holds a trace without X and Y coordinates."
    BAD_COORDINATE = "The ink file holds a coordinate that is missing or too large."
    TOO_MANY_ELEMENTS = "The ink file holds more than {limit:,} elements."
    TOO_MANY_CHANNELS = "The ink file holds more than {limit:,} channels."
    TOO_MANY_STROKES = "The ink file holds more than {limit:,} strokes."
    TOO_MANY_POINTS = "The ink file holds more than {limit:,} points."


class TemplateProblem(Problem):
    NONE = "There are no ink templates in {folder}."
    BAD_NAME = "{where}: the name of a template must be like “7-crossed.inkml”."
    UNREADABLE = "{where} cannot be read: {reason}."
    BLANK = "{where}: there is no stroke in it."
