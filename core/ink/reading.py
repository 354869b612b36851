"""Read a drawing from a file of any kind: the content decides, whatever its name."""

import re
from collections.abc import Callable

from core.errors import InkFileError
from core.ink import stroke_lists, unipen
from core.ink.drawing import Drawing
from core.ink.inkml import read_inkml
from core.ink.stroke_lists import read_stroke_list
from core.ink.svg import read_svg
from core.ink.unipen import read_unipen
from core.ink.xournal import GZIP_START, read_xournal, unpacked_start
from core.wording.ink_problems import InkProblem

DRAWING_SUFFIXES = (".inkml", ".svg", ".xopp", ".xoj", ".unipen", ".unp", ".ndjson")

_START_BYTES = 4096
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:<\?[^>]*+>|(?><!--.*?-->)|<!DOCTYPE[^>]*+>|\s)*+"
    rb"<(?:\w+:)?(ink|svg|xournal)[\s/>]",
    re.DOTALL,
)  # possessive quantifiers: with backtracking, many comments would take exponential time
"""Only as the root element: a web page may contain an SVG, too."""

_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")
_READERS: dict[str, Callable[[bytes], Drawing]] = {
    "ink": read_inkml,
    "svg": read_svg,
    "xournal": read_xournal,
    "unipen": read_unipen,
    "strokes": read_stroke_list,
}


def drawing_kind(start: bytes) -> str | None:
    """The kind of drawing by the first bytes of a file: a key of the readers, `svgz`, or None for anything else."""
    plain = unpacked_start(start, _START_BYTES)
    if match := _ROOT.match(plain.replace(b"\0", b"")):  # without zeros, UTF-16 reads like ASCII
        kind = match[1].decode()
        return "svgz" if kind == "svg" and start.startswith(GZIP_START) else kind
    if start.startswith(GZIP_START):
        return None
    if unipen.START.match(plain):
        return "unipen"
    return "strokes" if stroke_lists.START.match(plain) else None


def read_drawing(content: bytes) -> Drawing:
    """Read a drawing.

    Raises
    ------
    InkFileError
        When the content is no drawing, or is damaged or too large.
    """
    kind = drawing_kind(content)
    if kind == "svgz":
        raise InkFileError(InkProblem.SVG_PACKED)
    if kind is None:
        if looks_like_xml(content):  # what a long comment hides at its beginning may be InkML all the same
            return read_inkml(content)
        raise InkFileError(InkProblem.NOT_A_DRAWING)
    return _READERS[kind](content)


def looks_like_xml(content: bytes) -> bool:
    """Whether the first sign is a bracket, in any encoding."""
    return content[:1024].lstrip().startswith(_XML_STARTS)
