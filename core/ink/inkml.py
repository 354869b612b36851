"""Read and write a drawing as InkML, the W3C's format for digital ink (https://www.w3.org/TR/InkML/).

Files are untrusted: `core.ink.limits` and `core.ink.xml_parsing` protect the reader.
"""

from dataclasses import replace

import numpy as np

from core.errors import InkFileError
from core.ink.arrays import FloatArray
from core.ink.drawing import DEFAULT_PEN_WIDTH, Drawing, Stroke
from core.ink.inkml_traces import DEFAULT_FORMAT, MAX_CHANNELS, Channel, TraceFormat, count_points, read_trace
from core.ink.limits import LARGEST_PAD, SMALLEST, StrokeList
from core.ink.xml_parsing import OtherFormat, parse_xml
from core.wording.ink_problems import InkProblem

_PAD_SIDE = "padSide"
_PEN_WIDTH = "penWidth"
_NAMESPACE = "http://www.w3.org/2003/InkML"
_ID = "xml:id"
_REFERENCES = ("traceFormatRef", "inkSourceRef", "contextRef")
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
        When the file is not InkML, is cut off or too large, has definitions in its document type, or holds values
        that are not finite numbers.
    """
    reader = _Reader()
    try:
        parse_xml(content, "ink", reader)
    except OtherFormat as error:
        raise InkFileError(InkProblem.XML_BUT_NOT_INKML if error.is_xml else InkProblem.NOT_INKML) from error
    return Drawing(tuple(reader.found.strokes), reader.pad_side, reader.pen_width)


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
        self.found = StrokeList()
        self.pad_side: float | None = None
        self.pen_width = DEFAULT_PEN_WIDTH
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

    def start(self, name: str, attributes: dict[str, str]) -> None:
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

    def end(self, name: str) -> None:
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

    def text(self, text: str) -> None:
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
        self.found.expect(count_points(text))
        enclosing = self._groups[-1] if self._groups else None
        named = self._referenced(self._attributes) or enclosing
        if stroke := read_trace(text, named or self._latest):
            brush = self._attributes.get("brushRef", "").rpartition("#")[2]
            if width := self._brush_widths.get(brush):
                stroke = replace(stroke, width=width)
            self.found.add(stroke)

    def _annotate(self, text: str) -> None:
        kind = self._attributes.get("type")
        if kind not in (_PAD_SIDE, _PEN_WIDTH):
            return
        try:
            value = float(text)
        except ValueError:
            return
        if kind == _PAD_SIDE and SMALLEST <= value <= LARGEST_PAD:
            self.pad_side = value
        elif kind == _PEN_WIDTH and SMALLEST <= value <= 1:
            if self._brush is None:
                self.pen_width = value
            elif self._brush:
                self._brush_widths[self._brush] = value
