"""Sentences on ink files and the templates of handwriting."""

from core.wording.problems import Problem


class InkProblem(Problem):
    EMPTY = "The ink file is empty."
    TOO_LARGE = "The ink file is too large: {size:.0f} MB of at most {limit:.0f}."
    NOT_INKML = "The file is not InkML."
    XML_BUT_NOT_INKML = "The file is XML, but not InkML."
    HAS_DTD = "The ink file declares a document type (DTD), which DigitPad does not accept."
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
