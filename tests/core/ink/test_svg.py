"""SVG: our own files come back exactly, simple lines of others become strokes, anything else is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InkFileError
from core.ink.drawing import Drawing, Stroke
from core.ink.limits import MAX_ELEMENTS, MAX_POINTS, MAX_STROKES
from core.ink.reading import read_drawing
from core.ink.rendering import render_drawing, write_svg
from core.ink.svg import read_svg

tenths = st.integers(0, 10_000).map(lambda tenth: tenth / 10)


def svg(body: str, head: str = 'viewBox="0 0 100 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head} fill="none" stroke="black">{body}</svg>'.encode()


def lines(body: str, head: str = 'viewBox="0 0 100 100"') -> list[list[list[float]]]:
    return [np.round(stroke.points, 3).tolist() for stroke in read_svg(svg(body, head)).strokes]


def sentence_about(content: bytes) -> str | None:
    try:
        read_svg(content)
    except InkFileError as error:
        return str(error)
    return None


@given(st.lists(st.lists(st.tuples(tenths, tenths), min_size=1, max_size=8), max_size=4), st.sampled_from([0.05, 0.12]))
def test_our_own_files_come_back_exactly(drawn: list[list[tuple[float, float]]], width: float) -> None:
    strokes = [Stroke(np.array(points, np.float32)) for points in drawn]
    # a line of no length is a dot
    strokes = [Stroke(s.points[:1]) if (s.points == s.points[0]).all() else s for s in strokes]
    back = read_svg(write_svg(Drawing(tuple(strokes), 1000.0, width)))
    assert back.pad_side == 1000 and len(back.strokes) == len(strokes)
    for stroke, read in zip(strokes, back.strokes, strict=True):
        np.testing.assert_array_equal(read.points, stroke.points)
        assert back.width_of(read) == pytest.approx(width)


def test_our_own_files_of_any_pad_look_the_same() -> None:
    points = np.array([[10, 10], [60, 12], [30, 80]], np.float32)
    drawn = Drawing((Stroke(points, width=0.03), Stroke(points[:1] + 20)), 100.0, 0.08)
    back = read_svg(write_svg(drawn))
    assert [back.width_of(stroke) for stroke in back.strokes] == pytest.approx([0.03, 0.08])
    np.testing.assert_array_equal(render_drawing(back, 100), render_drawing(drawn, 100))


@pytest.mark.parametrize(
    ("shape", "points"),
    [
        ('<path d="M10 20L30 40 50 60"/>', [[10, 20], [30, 40], [50, 60]]),
        ('<path d="m10,20 30-5-1.5.5"/>', [[10, 20], [40, 15], [38.5, 15.5]]),
        ('<path d="M1 2H5V9h-1v-2"/>', [[1, 2], [5, 2], [5, 9], [4, 9], [4, 7]]),
        ('<path d="M1 1L9 1L9 9Z"/>', [[1, 1], [9, 1], [9, 9], [1, 1]]),
        ('<path d="M7 8h0"/>', [[7, 8]]),
        ('<line x1="1" y1="2px" x2="3"/>', [[1, 2], [3, 0]]),
        ('<polyline points="1,2 3,4 5 6"/>', [[1, 2], [3, 4], [5, 6]]),
        ('<polygon points="1,2 3,4 5 6"/>', [[1, 2], [3, 4], [5, 6], [1, 2]]),
        ('<rect x="1" y="2" width="3" height="4"/>', [[1, 2], [4, 2], [4, 6], [1, 6], [1, 2]]),
        ('<g transform="translate(10 20) scale(2)"><path d="M1 2L3 4"/></g>', [[12, 24], [16, 28]]),
        ('<path transform="rotate(90)" d="M1 2L3 4"/>', [[-2, 1], [-4, 3]]),
        ('<path transform="rotate(180, 5, 5)" d="M1 2L3 4"/>', [[9, 8], [7, 6]]),
        ('<path transform="matrix(1 2 3 4 5 6)" d="M1 0L0 1"/>', [[6, 8], [8, 10]]),
        ('<path transform="skewX(45)" d="M0 0L0 10"/>', [[0, 0], [10, 10]]),
        ('<path transform="skewY(45)" d="M0 0L10 0"/>', [[0, 0], [10, 10]]),
    ],
)
def test_lines(shape: str, points: list[list[float]]) -> None:
    assert lines(shape) == [points]


def test_a_path_of_several_lines() -> None:
    assert lines('<path d="M1 1m2 2l1 0M5 5L6 6zl-1 0"/>') == [
        [[3, 3], [4, 3]],
        [[5, 5], [6, 6], [5, 5]],
        [[5, 5], [4, 5]],
    ]
    assert lines('<path d=""/><path d="M5 5"/><polyline points=""/>') == []


@pytest.mark.parametrize(
    "data",
    ["M0 0C0 10 10 10 10 0", "m0 0c0 10 10 10 10 0", "M-10 0C-10 -10 0 -10 0 0S10 10 10 0",
     "M-10 0c0-10 10-10 10 0s10 10 10 0"],
)  # fmt: skip
def test_cubic_curves(data: str) -> None:
    points = np.array(lines(f'<path d="{data}"/>')[0])
    assert points[-1].tolist() == [10, 0]
    assert [5, 7.5] in points.tolist(), "the middle of the last curve"


def test_quadratic_curves_and_their_reflections() -> None:
    for data in ("M0 0Q5 10 10 0T20 0", "M0 0q5 10 10 0t10 0"):
        points = lines(f'<path d="{data}"/>')[0]
        assert [5, 5] in points and [15, -5] in points and points[-1] == [20, 0]
    assert [12.5, 0] in lines('<path d="M0 0L10 0T20 0"/>')[0], "after a line there is nothing to reflect"


@pytest.mark.parametrize(("flags", "centre"), [("0 0", (10, 10)), ("0 1", (0, 0)), ("1 0", (0, 0)), ("1 1", (10, 10))])
def test_arcs(flags: str, centre: tuple[float, float]) -> None:
    """From (10, 0) to (0, 10) on circles of radius 10: the sweep chooses the side, the size the longer way."""
    points = np.array(lines(f'<path d="M10 0A10 10 0 {flags} 0 10"/>')[0])
    radii = np.hypot(*(points - centre).T)
    np.testing.assert_allclose(radii, 10, atol=0.01)
    length = np.hypot(*np.diff(points, axis=0).T).sum()
    assert length == pytest.approx(10 * np.pi * (1.5 if flags[0] == "1" else 0.5), rel=0.01)


def test_arcs_of_any_kind() -> None:
    assert lines('<path d="M0 0a0 5 0 0 1 10 0"/>') == [[[0, 0], [10, 0]]], "without a radius, it is a line"
    grown = np.array(lines('<path d="M0 0a1 1 0 0110 0"/>')[0])
    np.testing.assert_allclose(np.hypot(*(grown - (5, 0)).T), 5, atol=0.01)
    turned = np.array(lines('<path d="M0 0a20 10 90 0 1 20 0"/>')[0])
    assert turned[:, 1].min() == pytest.approx(-20, abs=0.1)
    for shape in ('<circle cx="50" cy="40" r="10"/>', '<ellipse cx="50" cy="40" rx="10" ry="10"/>'):
        circle = np.array(lines(shape)[0])
        np.testing.assert_allclose(np.hypot(*(circle - (50, 40)).T), 10, atol=0.01)
        assert len({tuple(point) for point in np.round(circle)}) > 20


def test_the_pad_and_the_widths() -> None:
    path = '<path d="M1 2L3 4"/>'
    body = f'<g stroke-width="4">{path}</g><g transform="scale(2)" style="stroke-width:3px">{path}</g>'
    square = read_svg(svg(body))
    assert square.pad_side == 100
    assert [square.width_of(stroke) for stroke in square.strokes] == pytest.approx([0.04, 0.06])
    for head in ('viewBox="0 0 100 50"', 'viewBox="5 0 100 100"', 'width="10%"', 'viewBox="0 0 1 nan"', ""):
        assert read_svg(svg(body, head)).pad_side is None
    assert read_svg(svg(body, 'width="200" height="200px"')).pad_side == 200
    free = read_svg(svg('<path stroke-width="13" d="M0 0L100 100"/>', ""))
    assert free.width_of(free.strokes[0]) == pytest.approx(0.1), "a share of what is shown"


def test_what_is_not_seen_is_left_out() -> None:
    body = """<title>7</title><metadata><rdf:RDF xmlns:rdf="r"><text/></rdf:RDF></metadata><defs><text/></defs>
        <path display="none" d="M1 1L2 2"/><g visibility="hidden"><path d="M1 1L2 2"/></g>
        <path stroke="none" d="M1 1L2 2"/><path style="stroke:none" d="M1 1L2 2"/>
        <rect width="100%" height="100%" stroke="none" fill="#fff"/>
        <rect width="100" height="100" stroke="none" fill="#fff"/>"""
    assert lines(body) == []


PATH = "The SVG is damaged: a path is not a list of commands and numbers."
PART = "The SVG holds a part that is no stroke (“{}”), which DigitPad cannot read; save it as PNG."
FILLED = "The SVG holds a filled shape, and DigitPad reads only strokes from SVG; save it as PNG."


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<text>7</text>", PART.format("text")), ("<g><image/></g>", PART.format("image")),
        ("<use/>", PART.format("use")), ("<svg/>", PART.format("svg")), ("<style>*{}</style>", PART.format("style")),
        ('<path stroke="none" fill="red" d="M1 1L2 2"/>', FILLED),
        ('<rect width="9" height="9" stroke="none" fill="red"/>', FILLED),
        ('<path d="L1 1"/>', PATH), ('<path d="M1"/>', PATH), ('<path d="M1 1X"/>', PATH), ('<path d="1 1"/>', PATH),
        ('<path d="M1 1A1 1 0 2 0 3 3"/>', PATH), ('<path d="M1 1C1 1"/>', PATH), ('<path d="M1 1z1"/>', PATH),
        ('<path d="M1e999 1L2 2"/>', "The ink file holds a coordinate that is missing or too large."),
        ('<path d="M1e12 1e12l1e12 0"/>', "The ink file holds a coordinate that is missing or too large."),
        ('<line x2="1in"/>', "The ink file holds a coordinate that is missing or too large."),
        ('<g transform="scale(1e9) scale(1e9)"/>', "The ink file holds a coordinate that is missing or too large."),
        ('<g transform="spin(1)"/>', "The SVG holds a transform that DigitPad cannot read."),
        ('<g transform="scale(a)"/>', "The SVG holds a transform that DigitPad cannot read."),
        ('<g transform="rotate(1 2)"/>', "The SVG holds a transform that DigitPad cannot read."),
        ("<path", "The ink file is damaged in line 1."),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_one_sentence(body: str, sentence: str) -> None:
    assert sentence_about(svg(body)) == sentence


@pytest.mark.parametrize(
    "identifier",
    [
        'PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"',
        'PUBLIC "-//W3C//DTD SVG 20010904//EN"\n  "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd"',
        'SYSTEM "svg11.dtd"',
        "",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_document_type_of_svg_changes_nothing(identifier: str, encoding: str) -> None:
    plain = svg('<path d="M1 2L3 4"/>').decode()
    typed = f"<!DOCTYPE svg {identifier}>\n{plain}".encode(encoding)
    [stroke] = read_drawing(typed).strokes
    assert stroke.points.tolist() == [[1, 2], [3, 4]]


def test_other_files_and_hostile_ones() -> None:
    assert sentence_about(b"<html/>") == sentence_about(b"hello") == "The file is not SVG."
    dtd = b'<!DOCTYPE svg [<!ENTITY a "1">]><svg><path d="&a;"/></svg>'
    assert sentence_about(dtd) == (
        "The drawing's document type (DTD) has definitions of its own, which DigitPad does not read; "
        "save it as PNG, then open that."
    )
    content = svg('<path d="M1 2L3 4"/>')
    assert sentence_about(content[:-4]) == "The ink file is cut off: its end is missing."


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        (f'<path d="M0 0{"L1 1" * MAX_POINTS}"/>', "200,000 points"),
        (f'<path d="{"M0 0" * (MAX_POINTS + 1)}"/>', "200,000 points"),
        (f'<path d="M0 0C{"1 1 2 2 3 3 " * (MAX_POINTS // 16 + 1)}"/>', "200,000 points"),
        (f'<path d="{"M0 0h1" * (MAX_STROKES + 1)}"/>', "10,000 strokes"),
        ("<g/>" * (MAX_ELEMENTS + 1), "100,000 elements"),
    ],
    ids=["points", "moves", "curves", "strokes", "elements"],
)
def test_too_much_of_anything_is_refused(body: str, limit: str) -> None:
    assert sentence_about(svg(body)) == f"The ink file holds more than {limit}."


@given(st.text(alphabet="MLHVCSQTAZmlz0123456789.-+eE ,", max_size=60))
def test_any_path_is_read_or_refused_in_peace(data: str) -> None:
    sentence = sentence_about(svg(f'<path d="{data}"/>'))
    assert sentence is None or sentence.endswith(".")


@given(st.binary(max_size=6), st.integers(0, 200))
def test_damage_causes_nothing_but_a_sentence(noise: bytes, position: int) -> None:
    content = write_svg(Drawing((Stroke(np.array([[30, 20], [30, 80]], np.float32)),), 100.0))
    sentence = sentence_about(content[:position] + noise + content[position + len(noise) :])
    assert sentence is None or sentence.endswith(".")
