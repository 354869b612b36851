"""InkML: what other programs write is understood, our own files come back exactly, hostile files are refused."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InkFileError
from core.ink.drawing import Drawing, Stroke
from core.ink.inkml import read_inkml, write_inkml
from core.ink.inkml_traces import MAX_CHANNELS
from core.ink.limits import MAX_BYTES, MAX_ELEMENTS, MAX_POINTS, MAX_STROKES

finite = st.floats(-1e6, 1e6, width=32)
share = st.floats(0, 1, width=32)


def ink(body: str, *, declaration: str = '<?xml version="1.0"?>') -> bytes:
    return f'{declaration}<ink xmlns="http://www.w3.org/2003/InkML">{body}</ink>'.encode()


def only_points(content: bytes) -> list[list[float]]:
    (stroke,) = read_inkml(content).strokes
    return stroke.points.tolist()


@st.composite
def strokes(draw: st.DrawFn) -> Stroke:
    points = draw(st.lists(st.tuples(finite, finite), min_size=1, max_size=20))
    known = st.lists(share, min_size=len(points), max_size=len(points))
    pressures, times = draw(st.none() | known), draw(st.none() | known)
    if times is not None:
        times = [0.0, *sorted(times)[1:]]
    as_array = [None if values is None else np.array(values, np.float32) for values in (pressures, times)]
    return Stroke(np.array(points, np.float32), *as_array)


@given(
    st.lists(strokes(), max_size=4),
    st.none() | st.floats(0.5, 1e6),
    st.floats(0.01, 0.5),
)
def test_our_own_files_come_back_exactly(drawn: list[Stroke], pad_side: float | None, pen_width: float) -> None:
    back = read_inkml(write_inkml(Drawing(tuple(drawn), pad_side, pen_width)))
    assert (back.pad_side, back.pen_width, len(back.strokes)) == (pad_side, pen_width, len(drawn))
    for stroke, read in zip(drawn, back.strokes, strict=True):
        np.testing.assert_array_equal(read.points, stroke.points)
        for name in ("pressures", "times"):
            before, after = getattr(stroke, name), getattr(read, name)
            assert (before is None) == (after is None)
            if before is not None:
                np.testing.assert_array_equal(after, before)


def test_each_stroke_keeps_its_own_width() -> None:
    point = np.array([[1, 2]], np.float32)
    drawn = tuple(Stroke(point, width=width) for width in (0.03, 0.1, 0.03, None, 0.05))
    content = write_inkml(Drawing(drawn, 1000.0, 0.05))
    back = read_inkml(content)
    assert [back.width_of(stroke) for stroke in back.strokes] == [0.03, 0.1, 0.03, 0.05, 0.05]
    assert back.pen_width == 0.05
    assert content.count(b"<brush ") == 2
    assert b'<brushProperty name="width" value="30"/>' in content, "other programs read widths in the unit of points"


@pytest.mark.parametrize("width", ["nan", "-1", "0", "2", "wide"])
def test_a_brush_without_a_usable_width_is_ignored(width: str) -> None:
    brush = f'<brush xml:id="b"><annotation type="penWidth">{width}</annotation></brush>'
    [stroke] = read_inkml(ink(f'{brush}<trace brushRef="#b">1 2</trace>')).strokes
    assert stroke.width is None


def test_plain_traces_are_x_and_y() -> None:
    drawing = read_inkml(ink("<trace>1 2, 3.5 -4,5e1 +6</trace><trace>\n 7\t8 ,\n9 10,\n</trace>"))
    assert drawing.strokes[0].points.tolist() == [[1, 2], [3.5, -4], [50, 6]]
    assert drawing.strokes[1].points.tolist() == [[7, 8], [9, 10]]
    assert drawing.pad_side is None
    assert drawing.strokes[0].pressures is None and drawing.strokes[0].times is None


def test_channels_in_any_order_with_others_between() -> None:
    channels = """<traceFormat><channel name="T" units="ms"/><channel name="Y"/><channel name="OTx"/>
        <channel name="F" min="0" max="1024"/><channel name="X"/></traceFormat>"""
    (stroke,) = read_inkml(ink(f"{channels}<trace>5000 1 9 512 2, 5250 3 9 1024 4</trace>")).strokes
    assert stroke.points.tolist() == [[2, 1], [4, 3]]
    assert stroke.pressures is not None and stroke.pressures.tolist() == [0.5, 1]
    assert stroke.times is not None and stroke.times.tolist() == [0, 0.25]


def test_a_context_and_a_trace_group_choose_the_format() -> None:
    body = """<definitions>
          <context xml:id="a"><inkSource xml:id="pen"><traceFormat>
            <channel name="Y"/><channel name="X"/></traceFormat></inkSource></context>
          <context xml:id="b"><traceFormat><channel name="X"/><channel name="Y"/></traceFormat></context>
        </definitions>
        <traceGroup contextRef="#a"><traceGroup><trace>1 2</trace></traceGroup>
        <trace contextRef="#b">1 2</trace></traceGroup>"""
    assert [stroke.points.tolist() for stroke in read_inkml(ink(body)).strokes] == [[[2, 1]], [[1, 2]]]


def test_a_channel_that_runs_the_other_way_is_turned() -> None:
    channels = '<traceFormat><channel name="X"/><channel name="Y" orientation="-ve"/></traceFormat>'
    assert only_points(ink(f"{channels}<trace>1 2, 3 4</trace>")) == [[1, -2], [3, -4]]


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        ("1 2", [[1, 2]]),
        ("1 2, 3 4,", [[1, 2], [3, 4]]),
        ("\n1\t2 ,\r\n 3   4\n", [[1, 2], [3, 4]]),
        ("1.5 .5,5. 1e2", [[1.5, 0.5], [5, 100]]),
        ("-1 +2, 3 -4e-1", [[-1, 2], [3, -0.4]]),
        ("1\u00a02, 3 4", [[1, 2], [3, 4]]),
        ("1 2 3, 4 5 6", [[1, 2], [4, 5]]),
    ],
)  # fmt: skip
def test_plain_numbers_however_they_are_set(trace: str, expected: list[list[float]]) -> None:
    np.testing.assert_allclose(only_points(ink(f"<trace>{trace}</trace>")), expected)


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        ("10 10, '1'2, 3 4, !7!8, 9 9", [[10, 10], [11, 12], [14, 16], [7, 8], [9, 9]]),
        ("1125 18432,'23'43,\"7\"-8,3-5", [[1125, 18432], [1148, 18475], [1178, 18510], [1211, 18540]]),
        ("1 2, * 3, 4 *", [[1, 2], [1, 3], [4, 3]]),
        ("1 2:T, 3 4:*F", [[1, 2], [3, 4]]),
        ("#A #ff, 1-2", [[10, 255], [1, -2]]),
    ],
)  # fmt: skip
def test_coded_values(trace: str, expected: list[list[float]]) -> None:
    assert only_points(ink(f"<trace>{trace}</trace>")) == expected


def test_namespace_prefixes_comments_and_pen_up_traces() -> None:
    content = b"""<?xml version="1.0"?><i:ink xmlns:i="http://www.w3.org/2003/InkML"><!-- a 1 -->
        <i:trace type="penUp">0 0</i:trace><i:trace>1 1,<!-- between --> 2 2</i:trace><i:trace> </i:trace></i:ink>"""
    assert only_points(content) == [[1, 1], [2, 2]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    content = f'<?xml version="1.0" encoding="{declared}"?><ink><annotation>é</annotation><trace>1 2</trace></ink>'
    assert only_points(content.encode(encoding)) == [[1, 2]]


def test_no_trace_is_a_blank_drawing() -> None:
    assert read_inkml(ink("")).is_blank
    assert read_inkml(write_inkml(Drawing(pad_side=100.0))).pad_side == 100


@pytest.mark.parametrize("value", ["-1", "0", "nan", "inf", "1e999", "5e-324", "wide", ""])
def test_a_senseless_annotation_is_ignored(value: str) -> None:
    note = f'<annotation type="padSide">{value}</annotation><annotation type="penWidth">{value}</annotation>'
    drawing = read_inkml(ink(f"{note}<trace>1 2</trace>"))
    assert (drawing.pad_side, drawing.pen_width) == (None, Drawing().pen_width)


BOMB = (
    '<!DOCTYPE ink [<!ENTITY a "1 2,"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><ink><trace>&c;</trace></ink>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
def test_a_document_type_with_definitions_is_refused_in_every_encoding(encoding: str) -> None:
    with pytest.raises(InkFileError, match="DTD"):
        read_inkml(("\ufeff" + BOMB).encode(encoding) if encoding != "utf-16" else BOMB.encode(encoding))


def test_an_external_document_type_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "ink.dtd").write_text('<!ENTITY a "1 2, 3 4">')
    start = f'<!DOCTYPE ink SYSTEM "{(tmp_path / "ink.dtd").as_uri()}">'
    [stroke] = read_inkml(f"{start}<ink><trace>1 2</trace></ink>".encode()).strokes
    assert stroke.points.tolist() == [[1, 2]]
    with pytest.raises(InkFileError, match="damaged in line 1"):
        read_inkml(f"{start}<ink><trace>&a;</trace></ink>".encode())


@pytest.mark.parametrize("inside", ["", "%a;", '<!ENTITY % a SYSTEM "a.dtd">', "<!ELEMENT ink ANY>"])
def test_an_external_document_type_with_definitions_is_refused(inside: str) -> None:
    with pytest.raises(InkFileError, match="DTD"):
        read_inkml(f'<!DOCTYPE ink SYSTEM "a.dtd" [{inside}]><ink><trace>1 2</trace></ink>'.encode())


def test_an_undeclared_entity_is_refused() -> None:
    with pytest.raises(InkFileError, match="damaged in line 1"):
        read_inkml(b"<ink><trace>&a;</trace></ink>")


@pytest.mark.parametrize("share_kept", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_off_anywhere_is_refused(share_kept: float) -> None:
    content = write_inkml(Drawing((Stroke(np.arange(200, dtype=np.float32).reshape(100, 2)),), 100.0)).rstrip()
    with pytest.raises(InkFileError, match=r"The ink file is cut off: its end is missing\."):
        read_inkml(content[: int(len(content) * share_kept)])


@pytest.mark.parametrize(
    "trace",
    ["nan 1", "1 inf", "1e999 2", "1e30 2", "1 2, 3", "1 2, 3 4 5, 6", "1", "one two", "1 2,,3 4", ",1 2", "1 2,,",
     "1.2.3 4", "1e 2", "1_0 2", ",", "? 1", "1 <b/> x", "'"],
)  # fmt: skip
def test_what_is_no_list_of_points_is_refused(trace: str) -> None:
    with pytest.raises(InkFileError, match=r"^The ink file .*\.$"):
        read_inkml(ink(f"<trace>{trace}</trace>"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The ink file is empty."),
        (b" \n", "The ink file is empty."),
        (b"hello, world", "The file is not InkML."),
        (b"\x89PNG\r\n\x1a\n", "The file is not InkML."),
        (b"<svg><trace>1 2</trace></svg>", "The file is XML, but not InkML."),
        (b"<ink><trace>1 2</ink>", "The ink file is damaged in line 1."),
        (b'<?xml version="1.0" encoding="klingon"?><ink/>', "The ink file is in an unknown text encoding."),
    ],
)
def test_other_files_are_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(InkFileError) as caught:
        read_inkml(content)
    assert str(caught.value) == sentence


def test_a_too_large_file_is_refused() -> None:
    with pytest.raises(InkFileError, match="too large"):
        read_inkml(b" " * (MAX_BYTES + 1) + b"<ink/>")


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        (f"<trace>{'1 2,' * (MAX_POINTS + 1)}</trace>", "200,000 points"),
        ("<trace>1 2</trace>" * (MAX_STROKES + 1), "10,000 strokes"),
        ("<a/>" * (MAX_ELEMENTS + 1), "100,000 elements"),
        (f"<traceFormat>{'<channel/>' * (MAX_CHANNELS + 1)}</traceFormat>", "16 channels"),
    ],
    ids=["points", "strokes", "elements", "channels"],
)
def test_too_much_of_anything_is_refused(body: str, limit: str) -> None:
    with pytest.raises(InkFileError, match=rf"^The ink file holds more than {limit}\.$"):
        read_inkml(ink(body))


@pytest.mark.parametrize("value", ["?", "'1", "1 ", "#f "])
def test_a_point_of_endless_values_is_refused_before_it_fills_the_memory(value: str) -> None:
    content = ink(f"<trace>{value * (6_000_000 // len(value))}</trace>")
    tracemalloc.start()
    try:
        with pytest.raises(InkFileError, match="not a list of points"):
            read_inkml(content)
        assert tracemalloc.get_traced_memory()[1] < 10 * len(content)
    finally:
        tracemalloc.stop()


def test_groups_in_groups_pass_their_format_on() -> None:
    formats = """<context xml:id="a"><traceFormat><channel name="Y"/><channel name="X"/></traceFormat></context>
        <context xml:id="b"><traceFormat><channel name="X"/><channel name="Y"/></traceFormat></context>"""
    depth = 1000
    nested = "<traceGroup>" * depth + "<trace>1 2</trace>" + "</traceGroup>" * depth
    assert only_points(ink(f'{formats}<traceGroup contextRef="#a">{nested}</traceGroup>')) == [[2, 1]]


@pytest.mark.parametrize("values", ["1e999 1e999", "1e308 -1e308", "5e-324 1e-310", "? 1"])
@pytest.mark.parametrize("limits", ["", 'min="-1e308" max="1e308"', 'min="0" max="5e-324"'])
def test_times_and_forces_out_of_every_range_are_left_out_in_silence(values: str, limits: str) -> None:
    for name in "TF":
        channels = f'<channel name="X"/><channel name="Y"/><channel name="{name}" {limits}/>'
        first, second = values.split()
        body = f"<traceFormat>{channels}</traceFormat><trace>1 2 {first}, 3 4 {second}, 5 6 {first}</trace>"
        (stroke,) = read_inkml(ink(body)).strokes
        for found in (stroke.pressures, stroke.times):
            assert found is None or (np.isfinite(found).all() and np.abs(found).max() <= 1)
