"""Read an SVG of lines and paths as strokes; `core.ink.rendering` writes such files.

Whatever is no stroke, such as text, pictures and filled shapes, is refused: what is left would be another drawing.
Source: W3C, “Scalable Vector Graphics (SVG) 1.1”. Files are untrusted: `core.ink.limits` and `core.ink.xml_parsing`
protect the reader.
"""

from core.errors import InkFileError
from core.ink.drawing import Drawing, Stroke
from core.ink.limits import LARGEST_PAD, SMALLEST, StrokeList, checked_points
from core.ink.rendering import drawing_with_widths
from core.ink.svg_looks import Look, read_number
from core.ink.svg_paths import read_path
from core.ink.xml_parsing import OtherFormat, parse_xml
from core.wording.ink_problems import InkProblem
from core.wording.names import shortened

_SKIPPED = {
    *("title", "desc", "metadata", "defs", "symbol", "clipPath", "mask", "marker", "linearGradient"),
    *("radialGradient", "pattern", "filter", "namedview"),
}
"""Elements that draw nothing where they are, with all that is in them."""
_GROUPS = {"g", "a"}


def read_svg(content: bytes) -> Drawing:
    """Read the strokes of an SVG file; one without shapes is a blank drawing.

    Read are `path`, `line`, `polyline`, `polygon`, `rect`, `circle` and `ellipse` with a stroke, in groups, with all
    transforms. Curves become points. A square view box that begins at 0 is the pad; points are in its units.

    Raises
    ------
    InkFileError
        When the file is not SVG, is damaged, cut off or too large, has definitions in its document type, or holds
        anything else that can be seen.
    """
    reader = _Reader()
    try:
        parse_xml(content, "svg", reader)
    except OtherFormat as error:
        raise InkFileError(InkProblem.NOT_SVG) from error
    return drawing_with_widths(reader.found.strokes, reader.widths, reader.pad_side)


class _Reader:
    def __init__(self) -> None:
        self.found = StrokeList()
        self.widths: list[float] = []
        self.pad_side: float | None = None
        self._view: list[float] = []
        self._looks = [Look()]
        self._skipped = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or (name in _SKIPPED and len(self._looks) > 1):
            self._skipped += 1
            return
        look = self._looks[-1].inside(attributes)
        if len(self._looks) == 1:
            self._read_view(attributes)
        elif look.is_shown and name not in _GROUPS:
            self._add_shape(name, attributes, look)
        self._looks.append(look)

    def end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._looks.pop()

    def text(self, text: str) -> None:
        """Text outside of elements for text is not shown."""

    def _read_view(self, attributes: dict[str, str]) -> None:
        numbers = [read_number(part) for part in attributes.get("viewBox", "").replace(",", " ").split()[:5]]
        view = [number for number in numbers if number is not None]
        if len(view) != 4:
            sides = [read_number(attributes.get(name, "")) or 0.0 for name in ("width", "height")]
            view = [0.0, 0.0, *sides]
        self._view = view
        left, top, width, height = view
        if left == top == 0 and width == height and SMALLEST <= width <= LARGEST_PAD:
            self.pad_side = width

    def _add_shape(self, name: str, attributes: dict[str, str], look: Look) -> None:
        data = _path_data(name, attributes)
        if not look.has_stroke:
            if look.has_fill and not (name == "rect" and self._is_background(attributes)):
                raise InkFileError(InkProblem.SVG_FILLED)
            return
        for points in read_path(data, self.found.expect):
            self.found.expect(0)  # one path may hold many strokes
            self.found.add(Stroke(checked_points(look.moved(points)).astype("float32")))
            self.widths.append(look.pen_width)

    def _is_background(self, attributes: dict[str, str]) -> bool:
        """Whether a rectangle covers all of the view."""
        sides = [attributes.get(name, "") for name in ("width", "height")]
        if sides == ["100%", "100%"]:
            return True
        known = [read_number(side) or 0.0 for side in sides]
        return known[0] >= self._view[2] > 0 and known[1] >= self._view[3] > 0


def _path_data(name: str, attributes: dict[str, str]) -> str:
    """The shape as the data of a path. Raises `InkFileError` when it is no shape."""
    if name == "path":
        return attributes.get("d", "")
    if name in ("polyline", "polygon"):
        points = attributes.get("points", "").strip()
        return f"M{points}{'Z' if name == 'polygon' else ''}" if points else ""
    if name == "line":
        x1, y1, x2, y2 = _numbers(attributes, "x1", "y1", "x2", "y2")
        return f"M{x1} {y1}L{x2} {y2}"
    if name == "rect":
        x, y, width, height = _numbers(attributes, "x", "y", "width", "height")
        return f"M{x} {y}h{width}v{height}h{-width}Z"
    if name in ("circle", "ellipse"):
        radii = ("r", "r") if name == "circle" else ("rx", "ry")
        x, y, rx, ry = _numbers(attributes, "cx", "cy", *radii)
        return f"M{x - rx} {y}a{rx} {ry} 0 1 1 {2 * rx} 0a{rx} {ry} 0 1 1 {-2 * rx} 0"
    raise InkFileError(InkProblem.SVG_PART, part=shortened(name, 40))


def _numbers(attributes: dict[str, str], *names: str) -> list[float]:
    numbers = []
    for name in names:
        number = read_number(attributes.get(name, "0"))
        if number is None:
            if attributes[name].endswith("%"):  # only of a background
                number = 0.0
            else:
                raise InkFileError(InkProblem.BAD_COORDINATE)
        numbers.append(number)
    return numbers
