"""Read and write a drawing as InkML, the W3C's format for digital ink (https://www.w3.org/TR/InkML/).

Files are untrusted: their size and the numbers of points, strokes and elements are limited, and a document type
declaration (which can define entities, and so XML bombs) is refused in any encoding.
"""

from dataclasses import replace
from xml.parsers import expat

import numpy as np

from core.errors import InkFileError
from core.ink.arrays import FloatArray
from core.ink.drawing import DEFAULT_PEN_WIDTH, Drawing, Stroke
from core.ink.inkml_traces import DEFAULT_FORMAT, MAX_CHANNELS, Channel, TraceFormat, count_points, read_trace
from core.wording.ink_problems import InkProblem

MAX_BYTES = 20_000_000
MAX_POINTS = 200_000
MAX_STROKES = 10_000
MAX_ELEMENTS = 100_000

_PAD_SIDE = "padSide"
_PEN_WIDTH = "penWidth"
_SMALLEST = 1e-6  # of pads and pens; anything less overflows when it is scaled
_LARGEST_PAD = 1e9
_NAMESPACE = "http://www.w3.org/2003/InkML"
_ID = "xml:id"
_REFERENCES = ("traceFormatRef", "inkSourceRef", "contextRef")
_CUT_OFF = frozenset(
    (
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    )
)
_CHANNEL_XML = {
    "X": '<channel name="X" type="decimal"/>',
    "Y": '<channel name="Y" type="decimal"/>',
    "F": '<channel name="F" type="decimal" min="0" max="1"/>',
    "T": '<channel name="T" type="decimal" units="s"/>',
}


def read_inkml(content: bytes) -> Drawing:
    """Read the strokes of an InkML file; a file without traces is a blank drawing.

    Traces hold X and Y unless a trace format says otherwise; channel F becomes the pressure, T the time, others are
    ignored. Explicit values and first and second differences are supported. Traces of a lifted pen (`type="penUp"`)
    are ignored.

    Parameters
    ----------
    content
        The file, in any encoding that XML allows; at most 20 MB, 200,000 points and 10,000 strokes.

    Raises
    ------
    InkFileError
        When the file is not InkML, is cut off or too large, declares a document type, or holds values that are not
        finite numbers.
    """
    if not content.strip():
        raise InkFileError(InkProblem.EMPTY)
    if len(content) > MAX_BYTES:
        raise InkFileError(InkProblem.TOO_LARGE, size=len(content) / 1e6, limit=MAX_BYTES / 1e6)
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        if not reader.inside_ink:
            raise InkFileError(InkProblem.NOT_INKML) from error
        if error.code in _CUT_OFF:
            raise InkFileError(InkProblem.CUT_OFF) from error
        raise InkFileError(InkProblem.DAMAGED_LINE, line=error.lineno) from error
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise InkFileError(InkProblem.UNKNOWN_ENCODING) from error
    return Drawing(tuple(reader.strokes), reader.pad_side, reader.pen_width)


def write_inkml(drawing: Drawing) -> bytes:
    """Write a drawing as InkML in UTF-8, with pressure, time, pad side and pen widths.

    A stroke of another width than the drawing's pen gets a brush. Numbers have all digits of a float32, so that reading
    the file gives the same drawing.
    """
    layouts = [_layout(stroke) for stroke in drawing.strokes]
    widths = [drawing.width_of(stroke) for stroke in drawing.strokes]
    brushes = {width: f"pen{number}" for number, width in enumerate(sorted({*widths} - {drawing.pen_width}), start=1)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<ink xmlns="{_NAMESPACE}">']
    if layouts:
        lines.append("  <definitions>")
        for layout in sorted(set(layouts)):
            channels = "".join(_CHANNEL_XML[name] for name in layout)
            lines.append(f'    <context xml:id="{layout}"><traceFormat>{channels}</traceFormat></context>')
        lines += [_brush_xml(name, width, drawing.pad_side) for width, name in brushes.items()]
        lines.append("  </definitions>")
    if drawing.pad_side is not None:
        lines.append(f'  <annotation type="{_PAD_SIDE}">{float(drawing.pad_side)!r}</annotation>')
    lines.append(f'  <annotation type="{_PEN_WIDTH}">{float(drawing.pen_width)!r}</annotation>')
    for layout, width, stroke in zip(layouts, widths, drawing.strokes, strict=True):
        brush = f' brushRef="#{brushes[width]}"' if width in brushes else ""
        lines.append(f'  <trace contextRef="#{layout}"{brush}>{_trace_text(stroke, layout)}</trace>')
    lines.append("</ink>\n")
    return "\n".join(lines).encode("utf-8")


def _brush_xml(name: str, width: float, pad_side: float | None) -> str:
    """A brush with its width as a share of the pad, and in the units of the points for other programs."""
    in_units = "" if pad_side is None else f'<brushProperty name="width" value="{width * pad_side:g}"/>'
    share = f'<annotation type="{_PEN_WIDTH}">{float(width)!r}</annotation>'
    return f'    <brush xml:id="{name}">{share}{in_units}</brush>'


def _layout(stroke: Stroke) -> str:
    """The channels of a stroke, also the name of its context: `XY`, `XYF`, `XYT` or `XYFT`."""
    return "XY" + ("F" if _is_known(stroke.pressures) else "") + ("T" if _is_known(stroke.times) else "")


def _is_known(values: FloatArray | None) -> bool:
    return values is not None and bool(np.isfinite(values).all())


def _trace_text(stroke: Stroke, layout: str) -> str:
    columns = {"X": stroke.points[:, 0], "Y": stroke.points[:, 1], "F": stroke.pressures, "T": stroke.times}
    chosen = [columns[name] for name in layout]
    # str of a NumPy float32 is the shortest text that reads back as the same float32
    return ", ".join(" ".join(map(str, point)) for point in zip(*chosen, strict=True))


class _Reader:
    """Collects the strokes while expat parses the file."""

    def __init__(self) -> None:
        self.strokes: list[Stroke] = []
        self.pad_side: float | None = None
        self.pen_width = DEFAULT_PEN_WIDTH
        self.inside_ink = False
        self._points = self._elements = 0
        self._ids: list[str] = []
        self._groups: list[TraceFormat | None] = []
        self._formats: dict[str, TraceFormat] = {}
        self._latest = DEFAULT_FORMAT
        self._channels: list[Channel] = []
        self._is_intermittent = False
        self._brush: str | None = None
        self._brush_widths: dict[str, float] = {}
        self._attributes: dict[str, str] = {}
        self._text: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text

    def _refuse_doctype(self, *_: object) -> None:
        raise InkFileError(InkProblem.HAS_DTD)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise InkFileError(InkProblem.TOO_MANY_ELEMENTS, limit=MAX_ELEMENTS)
        if not self.inside_ink:
            if name != "ink":
                raise InkFileError(InkProblem.XML_BUT_NOT_INKML)
            self.inside_ink = True
        self._ids.append(attributes.get(_ID, ""))
        if name in ("trace", "annotation"):
            self._attributes, self._text = attributes, []
        elif name == "traceGroup":
            enclosing = self._groups[-1] if self._groups else None
            self._groups.append(self._referenced(attributes) or enclosing)
        elif name == "traceFormat":
            self._channels = []
        elif name == "intermittentChannels":
            self._is_intermittent = True
        elif name == "channel" and not self._is_intermittent:
            self._channels.append(Channel.from_attributes(attributes))
            if len(self._channels) > MAX_CHANNELS:
                raise InkFileError(InkProblem.TOO_MANY_CHANNELS, limit=MAX_CHANNELS)
        elif name == "brush":
            self._brush = attributes.get(_ID, "")
        elif name in ("context", "inkSource"):
            self._use_format(self._referenced(attributes))

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "trace":
            self._add_trace(self._take_text())
        elif name == "annotation":
            self._annotate(self._take_text())
        elif name == "traceGroup":
            self._groups.pop()
        elif name == "traceFormat":
            self._use_format(TraceFormat(tuple(self._channels)) if self._channels else None)
        elif name == "intermittentChannels":
            self._is_intermittent = False
        elif name == "brush":
            self._brush = None
        self._ids.pop()

    def _add_text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _take_text(self) -> str:
        text = "".join(self._text or ())
        self._text = None
        return text

    def _use_format(self, trace_format: TraceFormat | None) -> None:
        """Remember a format by the ids of all elements that enclose it, and for traces that name none."""
        if trace_format is None:
            return
        self._latest = trace_format
        for identifier in filter(None, self._ids[-4:]):  # at most context > inkSource > traceFormat below a root
            self._formats[identifier] = trace_format

    def _referenced(self, attributes: dict[str, str]) -> TraceFormat | None:
        for reference in _REFERENCES:
            if found := self._formats.get(attributes.get(reference, "").rpartition("#")[2]):
                return found
        return None

    def _add_trace(self, text: str) -> None:
        text = text.strip()
        if self._attributes.get("type") == "penUp" or not text:
            return
        self._points += count_points(text)
        if self._points > MAX_POINTS:
            raise InkFileError(InkProblem.TOO_MANY_POINTS, limit=MAX_POINTS)
        if len(self.strokes) >= MAX_STROKES:
            raise InkFileError(InkProblem.TOO_MANY_STROKES, limit=MAX_STROKES)
        enclosing = self._groups[-1] if self._groups else None
        named = self._referenced(self._attributes) or enclosing
        if stroke := read_trace(text, named or self._latest):
            brush = self._attributes.get("brushRef", "").rpartition("#")[2]
            if width := self._brush_widths.get(brush):
                stroke = replace(stroke, width=width)
            self.strokes.append(stroke)

    def _annotate(self, text: str) -> None:
        kind = self._attributes.get("type")
        if kind not in (_PAD_SIDE, _PEN_WIDTH):
            return
        try:
            value = float(text)
        except ValueError:
            return
        if kind == _PAD_SIDE and _SMALLEST <= value <= _LARGEST_PAD:
            self.pad_side = value
        elif kind == _PEN_WIDTH and _SMALLEST <= value <= 1:
            if self._brush is None:
                self.pen_width = value
            elif self._brush:
                self._brush_widths[self._brush] = value
