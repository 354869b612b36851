"""Ink of other programs: Xournal++, UNIPEN and lists of strokes; the content tells, and hostile files are refused."""

import gzip
import json
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InkFileError
from core.ink.drawing import Drawing, Stroke
from core.ink.inkml import write_inkml
from core.ink.limits import MAX_BYTES, MAX_POINTS, MAX_STROKES
from core.ink.reading import drawing_kind, read_drawing
from core.ink.rendering import write_svg

A_LINE = Drawing((Stroke(np.array([[1, 2], [3, 4]], np.float32)),), 100.0)
BAD_COORDINATE = "The ink file holds a coordinate that is missing or too large."
NO_LIST = "The ink file is damaged: a trace is not a list of points."
SVG_PACKED = "DigitPad cannot read compressed SVG (.svgz); save it as SVG without compression."
NO_DRAWING = "The file is not a drawing that DigitPad can read (InkML, SVG, Xournal++, UNIPEN or strokes as JSON)."
NOT_STROKES = "The file is not a list of strokes as JSON."


def points_in(content: bytes) -> list[list[list[float]]]:
    return [stroke.points.tolist() for stroke in read_drawing(content).strokes]


def sentence_about(content: bytes) -> str | None:
    try:
        read_drawing(content)
    except InkFileError as error:
        return str(error)
    return None


def xournal(body: str, *, is_packed: bool = True) -> bytes:
    text = f'<?xml version="1.0"?><xournal creator="test" fileversion="4"><title>7</title>{body}</xournal>'
    return gzip.compress(text.encode()) if is_packed else text.encode()


def stroke(points: str, *, width: str = "1.41", tool: str = "pen") -> str:
    return f'<stroke tool="{tool}" color="#000000ff" width="{width}">{points}</stroke>'


@pytest.mark.parametrize("is_packed", [True, False])
def test_xournal(is_packed: bool) -> None:
    layer = f"<layer>{stroke('1 2 3 4 5 6')}{stroke('7 8 9 10')}<text>7</text></layer>"
    content = xournal(f'<page width="595" height="842"><background/>{layer}</page>', is_packed=is_packed)
    assert drawing_kind(content[:1024]) == "xournal"
    assert points_in(content) == [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10]]]


def test_only_the_pen_on_the_first_page_with_ink() -> None:
    others = stroke("0 0 9 9", tool="highlighter") + stroke("0 0 9 9", tool="eraser") + stroke(" ")
    pages = [f"<page>{others}</page>", f"<page>{others}{stroke('1 2 3 4')}</page>", f"<page>{stroke('5 6 7 8')}</page>"]
    assert points_in(xournal("".join(pages))) == [[[1, 2], [3, 4]]]


def test_widths_and_pressures_of_xournal() -> None:
    drawing = read_drawing(xournal(f"<page>{stroke('0 0 50 0 100 0', width='13 13 26')}{stroke('0 9 0 9')}</page>"))
    pressed, plain = drawing.strokes
    assert drawing.width_of(pressed) == pytest.approx(0.1), "a share of the 130 units that are shown"
    assert pressed.pressures is not None and pressed.pressures.tolist() == [0.5, 1.0, 1.0]
    assert plain.pressures is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (xournal(f"<page>{stroke('1 2 3')}</page>"), NO_LIST),
        (xournal(f"<page>{stroke('1 x')}</page>"), NO_LIST),
        (xournal(f"<page>{stroke('1 nan')}</page>"), BAD_COORDINATE),
        (xournal(f"<page>{stroke('1 2' * 10)}</page>")[:-20], "The ink file is cut off: its end is missing."),
        (xournal("<page/>")[:-8] + bytes(8), "The ink file is damaged and cannot be unpacked."),
        (
            gzip.compress(b"<!DOCTYPE xournal []><xournal/>"),
            "The drawing's document type (DTD) has definitions of its own, which DigitPad does not read; "
            "save it as PNG, then open that.",
        ),
        (gzip.compress(write_svg(A_LINE)), SVG_PACKED), (gzip.compress(b"hello"), NO_DRAWING),
    ],
    ids=["odd", "text", "nan", "cut", "damaged", "dtd", "svgz", "other"],
)  # fmt: skip
def test_packed_files_that_cannot_be_read(content: bytes, sentence: str) -> None:
    assert sentence_about(content) == sentence


def test_unpacking_stops_at_the_limit() -> None:
    bomb = gzip.compress(b"<xournal>" + b" " * (6 * MAX_BYTES), 1)
    tracemalloc.start()
    try:
        assert sentence_about(bomb) == "The ink file is too large: unpacked, it has more than 20 MB."
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_BYTES
    finally:
        tracemalloc.stop()


UNIPEN = b""".VERSION 1.0
.COMMENT made by hand
.COORD X Y T
.SEGMENT DIGIT ? ? "7"
.PEN_DOWN
 10 90 1000
 20 80 1500

.PEN_UP
 99 99 1600
.PEN_DOWN
 5 6 2000
.DT 100
.SEGMENT DIGIT ? ? "8"
.PEN_DOWN
1 1 1
"""


def test_unipen() -> None:
    """There, y goes upwards; a data set begins with its first drawing."""
    drawing = read_drawing(UNIPEN)
    assert drawing_kind(UNIPEN[:20]) == "unipen"
    assert [stroke.points.tolist() for stroke in drawing.strokes] == [[[10, -90], [20, -80]], [[5, -6]]]
    times = drawing.strokes[0].times
    assert times is not None and times.tolist() == [0, 0.5]
    assert points_in(b"\xef\xbb\xbf.PEN_DOWN\r\n1 2\r\n3 4\r\n.PEN_UP") == [[[1, -2], [3, -4]]]
    assert points_in(b".COORD Y P X\n.PEN_DOWN\n1 0 2\n") == [[[2, -1]]]
    assert points_in(b".COMMENT \xe9\n.PEN_UP\n") == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b".PEN_DOWN\n1\n", NO_LIST),
        (b".PEN_DOWN\n1 x\n", NO_LIST),
        (b".PEN_DOWN\n1 inf\n", BAD_COORDINATE),
        (b".PEN_DOWN\n1 1e30\n", BAD_COORDINATE),
        (b".COORD X P\n.PEN_DOWN\n1 2\n", "The ink file holds a trace without X and Y coordinates."),
        (b".PEN_DOWN\n" + b"1 2\n" * (MAX_POINTS + 1), "The ink file holds more than 200,000 points."),
        (b".PEN_DOWN\n1 2\n" * (MAX_STROKES + 1), "The ink file holds more than 10,000 strokes."),
        (b".PEN_DOWN\n" + b" " * MAX_BYTES, "The ink file is too large: 20 MB of at most 20."),
    ],
    ids=["one number", "no number", "infinite", "large", "no y", "points", "strokes", "bytes"],
)
def test_unipen_that_cannot_be_read(content: bytes, sentence: str) -> None:
    assert sentence_about(content) == sentence


COLUMNS = [[[1, 3, 5], [2, 4, 6]], [[7, 9], [8, 10]]]
POINTS = [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10]]]


@pytest.mark.parametrize(
    "value",
    [COLUMNS, {"word": "7", "drawing": COLUMNS}, {"strokes": POINTS}, {"strokes": [[{"x": 1, "y": 2}, {"x": 3, "y": 4},
     {"x": 5, "y": 6}], [{"x": 7, "y": 8}, {"x": 9, "y": 10}]]}, {"strokes": COLUMNS}, POINTS, {"drawing": POINTS}],
)  # fmt: skip
@pytest.mark.parametrize("indent", [None, 2])
def test_lists_of_strokes(value: object, indent: int | None) -> None:
    content = json.dumps(value, indent=indent).encode()
    assert drawing_kind(content[:1024]) == "strokes"
    assert points_in(content) == POINTS


def test_strokes_that_can_be_read_in_two_ways() -> None:
    both = [[[1, 2], [3, 4]]]
    for value in (both, {"drawing": both}):
        assert points_in(json.dumps(value).encode()) == [[[1, 3], [2, 4]]]
    assert points_in(json.dumps({"strokes": both}).encode()) == both


def test_times_and_empty_strokes() -> None:
    drawing = read_drawing(b'{"drawing": [[[1, 2], [3, 4], [5000, 5500]], [], [[], []]]}')
    [only] = drawing.strokes
    assert only.times is not None and only.times.tolist() == [0, 0.5]
    [only] = read_drawing(b'{"strokes": [[[1, 2, 0], [3, 4, 250]]]}').strokes
    assert only.times is not None and only.times.tolist() == [0, 0.25]
    assert read_drawing(b'{"drawing": []}').is_blank
    assert points_in(b"[[1, 3], [2, 4]]") == [[[1, 3], [2, 4]]], "a single stroke is one of points"


def test_the_first_drawing_of_many_is_read_however_large_the_file() -> None:
    first = json.dumps({"key_id": "1", "word": "7", "drawing": COLUMNS}).encode()
    assert points_in(first + b"\n" + b'{"drawing": []}\n' * 3) == POINTS
    assert points_in(first + b"\r\n" + b" " * (MAX_BYTES + 1)) == POINTS


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"drawing": [1, 2', NOT_STROKES),
        (b'{"drawing": [[[1, "2"], [3, 4]]]}', NOT_STROKES),
        (b'{"drawing": [[[1, 2], [3]]]}', NOT_STROKES),
        (b'{"drawing": [7]}', NOT_STROKES),
        (b'{"strokes": [[{"x": 1}]]}', NOT_STROKES),
        (b'{"drawing": [[[1, NaN], [3, 4]]]}', BAD_COORDINATE),
        (b'{"drawing": [[[1, 1e999], [3, 4]]]}', BAD_COORDINATE),
        (b'{"drawing": [[[1' + b"1" * 10_000 + b"], [3]]]}", BAD_COORDINATE),
        (b'{"drawing": ' + b"[" * 300_000, NOT_STROKES),
        (b'{"drawing": ' + b"[" * 5_000_000, "The ink file holds more than 200,000 points."),
        (b'{"drawing": [[[' + b"1," * 2_000_000 + b"1],[1]]]}", "The ink file holds more than 200,000 points."),
        (json.dumps([[[1] * (MAX_POINTS + 1)] * 2]).encode(), "The ink file holds more than 200,000 points."),
        (json.dumps([[[1], [1]]] * (MAX_STROKES + 1)).encode(), "The ink file holds more than 10,000 strokes."),
        (b'{"drawing": [["\xff"]]}', NOT_STROKES),
    ],
    ids=["cut", "text", "lengths", "no list", "no y", "nan", "infinite", "digits", "deep", "deeper", "commas", "points",
         "strokes", "encoding"],
)  # fmt: skip
def test_lists_that_cannot_be_read(content: bytes, sentence: str) -> None:
    tracemalloc.start()
    try:
        assert sentence_about(content) == sentence
        assert tracemalloc.get_traced_memory()[1] < 10 * len(content) + 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "start",
    [b"", b"7", b"{}", b'{"name": "package"}', b"[1, 2]", b"[[]]", b'["drawing"]', b"...", b".gitignore\n", b".PE",
     b"<html><svg>", b"<!-- <svg> --><html>", b"\x1f\x8b", gzip.compress(b"[[[1], [2]]]", mtime=0)],
)  # fmt: skip
def test_other_files_are_no_drawings(start: bytes) -> None:
    assert drawing_kind(start) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_xml_is_told_by_its_root_in_any_encoding(encoding: str) -> None:
    for root in ("ink", "svg", "xournal"):
        text = f"<?xml version='1.0'?><!-- <html> --><x:{root} xmlns:x='u'/>"
        assert drawing_kind(text.encode(encoding)) == root
        assert sentence_about(text.encode(encoding)) is None


@given(st.sampled_from(["ink", "svg", "xournal", "unipen", "strokes"]), st.binary(max_size=5), st.integers(0, 300))
def test_damage_causes_nothing_but_a_sentence(kind: str, noise: bytes, position: int) -> None:
    good = {
        "ink": write_inkml(A_LINE), "svg": write_svg(A_LINE), "xournal": xournal(f"<page>{stroke('1 2 3 4')}</page>"),
        "unipen": UNIPEN, "strokes": json.dumps({"drawing": COLUMNS}).encode(),
    }[kind]  # fmt: skip
    assert drawing_kind(good) == kind
    sentence = sentence_about(good[:position] + noise + good[position + len(noise) :])
    assert sentence is None or sentence.endswith(".")
