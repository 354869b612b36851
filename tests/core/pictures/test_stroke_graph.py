"""Ink as a graph: strokes are edges, nodes are where they meet or may be cut, and no ink is lost."""

from itertools import combinations

import cv2
import numpy as np
import pytest

from core.pictures.stroke_graph import StrokeGraph, stroke_graph
from core.pictures.thinning import Mask

SIDE = 200
PEN = 14
T = (((20, 30), (180, 30)), ((100, 30), (100, 180)))
X = (((20, 30), (180, 170)), ((30, 180), (170, 20)))


def strokes(*lines: tuple[tuple[int, int], ...], width: int = SIDE, pen: int = PEN) -> Mask:
    pixels = np.zeros((SIDE, width), np.uint8)
    for line in lines:
        cv2.polylines(pixels, [np.array(line, np.int32)], False, 255, pen, cv2.LINE_AA)
    return pixels > 127


def rings(*middles: tuple[int, int], radius: int = 42) -> Mask:
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    for middle in middles:
        cv2.circle(pixels, middle, radius, 255, PEN)
    return pixels > 127


def scaled(ink: Mask, scale: float) -> Mask:
    size = cv2.resize(ink.astype(np.uint8), None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
    return np.asarray(size > 0, np.bool_)


def bits(edges: int) -> list[int]:
    return [edge for edge in range(edges.bit_length()) if edges >> edge & 1]


def meetings(graph: StrokeGraph) -> list[int]:
    """How many edges there are at each node where strokes meet."""
    return [node.bit_count() for node, meets in zip(graph.nodes, graph.meets, strict=True) if meets]


def test_a_short_stroke_is_one_edge() -> None:
    for line in (((100, 60), (100, 140)), ((60, 100), (140, 100)), ((70, 60), (130, 140))):
        graph = stroke_graph(strokes(line))
        assert (len(graph.boxes), graph.nodes, graph.everything) == (1, (), 1)
        assert graph.components(1) == [1]
        (left, top), (right, bottom) = np.min(line, axis=0), np.max(line, axis=0)
        assert graph.box(1) == pytest.approx((left, top, right, bottom), abs=PEN)


def test_a_long_stroke_is_divided_where_it_may_be_cut() -> None:
    graph = stroke_graph(strokes(((20, 100), (780, 100)), width=800))
    assert len(graph.boxes) >= 4
    assert len(graph.nodes) == len(graph.boxes) - 1
    assert not any(graph.meets)
    assert all(right - left <= SIDE for left, _, right, _ in graph.boxes)
    for node in range(len(graph.nodes)):
        assert len(graph.components(graph.everything, (node,))) == 2


def test_a_stroke_is_divided_where_it_bends() -> None:
    graph = stroke_graph(strokes(((30, 30), (170, 30), (90, 180))))
    assert len(graph.boxes) >= 2
    corner = [graph.box(1 << edge) for edge in range(len(graph.boxes))]
    assert any(right >= 160 and top <= 40 and bottom <= 60 for _, top, right, bottom in corner)


def test_strokes_meet_in_a_t_and_cross_in_an_x() -> None:
    upright_x = ((20, 20), (180, 180)), ((20, 180), (180, 20))
    for drawn, arms in ((T, 3), (X, 4), (upright_x, 4)):
        graph = stroke_graph(strokes(*drawn))
        assert (len(graph.boxes), meetings(graph)) == (arms, [arms])
        assert len(graph.components(graph.everything, (0,))) == arms


@pytest.mark.parametrize("pen", [8, 14, 20])
@pytest.mark.parametrize("radius", [30, 42, 57, 69, 80])
def test_a_ring_falls_apart_only_where_it_is_cut_twice(radius: int, pen: int) -> None:
    pixels = cv2.circle(np.zeros((SIDE, SIDE), np.uint8), (100, 100), radius, 255, pen)
    left, top, width, height = cv2.boundingRect(pixels)
    graph = stroke_graph(pixels[top : top + height, left : left + width] > 127)
    assert len(graph.nodes) == len(graph.boxes) > 3
    for node in range(len(graph.nodes)):
        assert graph.components(graph.everything, (node,)) == [graph.everything]
    for cut in combinations(range(len(graph.nodes)), 2):
        assert len(graph.components(graph.everything, cut)) == 2


def test_the_loops_of_an_eight_meet_in_its_middle() -> None:
    graph = stroke_graph(rings((100, 60), (100, 140)))
    at_meetings = [node for node, meets in enumerate(graph.meets) if meets]
    assert at_meetings
    for node in at_meetings:
        for edge in bits(graph.nodes[node]):
            _, top, _, bottom = graph.box(1 << edge)
            assert top - PEN <= 100 <= bottom + PEN
    pieces = graph.components(graph.everything, tuple(at_meetings))
    assert any(graph.box(piece)[3] < 110 for piece in pieces)
    assert any(graph.box(piece)[1] > 90 for piece in pieces)


@pytest.mark.parametrize("pen", [5, 7, 9, 20])
def test_strokes_of_every_pen_meet(pen: int) -> None:
    """Thin lines are lost where their edges are made too even."""
    graph = stroke_graph(strokes(*X, pen=pen))
    assert sum(graph.meets) == 1
    left, top, right, bottom = graph.box(graph.everything)
    assert (left, top, right, bottom) == pytest.approx((20, 20, 180, 180), abs=12)


@pytest.mark.parametrize("scale", [0.1, 0.25, 1.0, 3.0])
def test_size_changes_nothing(scale: float) -> None:
    graph = stroke_graph(scaled(strokes(*T), scale))
    assert (len(graph.boxes), meetings(graph)) == (3, [3])
    drawn = cv2.boundingRect(strokes(*T).astype(np.uint8))
    around = (drawn[0], drawn[1], drawn[0] + drawn[2], drawn[1] + drawn[3])
    assert graph.box(graph.everything) == pytest.approx(np.multiply(around, scale), abs=1 + 1.1 * PEN * scale)


INKS = {
    "T": strokes(*T),
    "X": strokes(*X),
    "8": rings((100, 60), (100, 140)),
    "rings": rings((60, 100), (140, 100)),
    "zigzag": strokes(((10, 30), (60, 180), (110, 30), (150, 180), (190, 40))),
    "pencil": strokes(*T, pen=4),
    "brush": strokes(*X, pen=60),
    "solid": np.ones((SIDE, SIDE), np.bool_),
}


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS)
def test_all_ink_is_in_an_edge_or_a_node(ink: Mask) -> None:
    graph = stroke_graph(ink)
    assert (graph.ink_of(graph.everything) == ink).all()
    assert not graph.ink_of(0).any()
    pieces = [graph.ink_of(1 << edge) for edge in range(len(graph.boxes))]
    assert (np.logical_or.reduce(pieces) == ink).all()


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS)
def test_edges_share_ink_only_at_nodes(ink: Mask) -> None:
    graph = stroke_graph(ink)
    for first, second in combinations(range(len(graph.boxes)), 2):
        shared = graph.ink_of(1 << first) & graph.ink_of(1 << second)
        joined = any(node >> first & node >> second & 1 for node in graph.nodes)
        assert joined or not shared.any()


def test_the_ink_of_a_stroke_of_a_t_is_where_it_was_drawn() -> None:
    graph = stroke_graph(strokes(*T))
    [stem] = [1 << edge for edge in range(3) if graph.box(1 << edge)[3] > 100]
    found, drawn = graph.ink_of(stem), strokes(T[1])
    assert (found & drawn).sum() / drawn.sum() > 0.9
    assert found.sum() < 1.2 * drawn.sum()
    bar = graph.ink_of(graph.everything & ~stem)
    assert not bar[60:].any() and bar[30, 30:170].all()


def test_components_are_of_some_edges_only() -> None:
    graph = stroke_graph(strokes(((20, 100), (780, 100)), width=800))
    ends = [edge for edge in range(len(graph.boxes)) if graph.boxes[edge][0] < 40 or graph.boxes[edge][2] > 760]
    assert len(ends) == 2
    assert graph.components(0) == []
    assert graph.components(1 << ends[0] | 1 << ends[1]) == [1 << edge for edge in ends]
    assert sum(graph.components(graph.everything, tuple(range(len(graph.nodes))))) == graph.everything


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (5, 1), (2, 2), (3, 3), (8, 8), (8, 96), (100, 8), (100, 1)])
def test_tiny_ink_is_all_there(shape: tuple[int, int]) -> None:
    ink = np.ones(shape, np.bool_)
    graph = stroke_graph(ink)
    assert (graph.ink_of(graph.everything) == ink).all()
    assert graph.components(graph.everything) == [graph.everything]


def test_ink_too_thin_to_be_thinned_is_one_edge() -> None:
    ink = np.zeros((SIDE, SIDE), np.bool_)
    ink[100, 20:180] = True
    graph = stroke_graph(ink)
    assert (graph.boxes, graph.nodes) == (((0, 0, SIDE, SIDE),), ())
    assert (graph.ink_of(1) == ink).all()
