"""What is on the pad, and undo."""

from weakref import ref

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE, PictureInk, fit_to_pad
from gui.pad.document import PadDocument
from tests.gui.conftest import no_collector

PICTURE = PictureInk(np.full((20, 30), 200, np.uint8), "two.png")


@pytest.fixture
def document(qapp: QApplication) -> PadDocument:
    return PadDocument()


def draw(document: PadDocument, *points: tuple[float, float]) -> None:
    (x, y), *others = points
    document.begin_stroke(x, y)
    for x, y in others:
        document.extend_stroke(x, y)
    document.end_stroke()


def count(document: PadDocument) -> int:
    assert isinstance(document.content, Drawing)
    return len(document.content.strokes)


def test_each_stroke_is_one_step(document: PadDocument) -> None:
    draw(document, (1, 1), (2, 2))
    draw(document, (3, 3), (4, 4))
    document.undo_stack.undo()
    assert count(document) == 1
    document.undo_stack.undo()
    assert document.is_blank
    document.undo_stack.redo()
    document.undo_stack.redo()
    assert count(document) == 2


def test_the_snapshot_holds_the_stroke_under_way(document: PadDocument) -> None:
    document.begin_stroke(1, 1)
    document.extend_stroke(5, 5)
    snapshot = document.snapshot()
    assert isinstance(snapshot, Drawing)
    assert snapshot.strokes[0].points.tolist() == [[1, 1], [5, 5]]
    assert document.content is not snapshot


def test_clearing_can_be_undone(document: PadDocument) -> None:
    draw(document, (1, 1), (2, 2))
    document.clear()
    assert document.is_blank
    document.undo_stack.undo()
    assert count(document) == 1


def test_clearing_a_blank_pad_is_no_step(document: PadDocument) -> None:
    document.clear()
    assert document.undo_stack.count() == 0


def test_a_stroke_on_a_picture_is_added_to_it_in_one_step(document: PadDocument) -> None:
    document.open(PICTURE)
    draw(document, (1, 1), (2, 2))
    assert isinstance(document.content, PictureInk)
    assert document.content.ink is PICTURE.ink
    assert len(document.content.strokes) == 1
    document.undo_stack.undo()
    assert document.content is PICTURE


def test_one_touch_of_the_eraser_takes_a_spot_of_a_picture_in_one_step(document: PadDocument) -> None:
    document.open(PICTURE)
    document.begin_erasing()
    document.erase_at(500, 500, 20)
    document.erase_at(550, 500, 20)
    document.end_erasing()
    assert isinstance(document.content, PictureInk)
    lost = 1 - document.content.ink.mean() / 200
    assert lost == pytest.approx((np.pi * 20**2 + 50 * 40) / (760 * 507), rel=0.05)
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert document.content is PICTURE


def test_a_cancelled_sweep_has_erased_nothing(document: PadDocument) -> None:
    draw(document, (100, 100), (200, 100))
    before = document.content
    document.begin_erasing()
    document.erase_at(150, 100, 20)
    document.cancel()
    document.erase_at(150, 100, 20)
    assert document.content is before
    assert document.undo_stack.count() == 1


@pytest.mark.parametrize("step", ["undo", "redo", "clear", "open"])
def test_a_stroke_under_way_is_not_lost_to_another_step(document: PadDocument, step: str) -> None:
    """It ends where it is, as a step of its own; nothing that follows belongs to it."""
    draw(document, (100, 100), (200, 100))
    document.begin_stroke(300, 300)
    document.extend_stroke(400, 400)
    if step in ("undo", "redo"):
        getattr(document.undo_stack, step)()
    elif step == "clear":
        document.clear()
    else:
        document.open(PICTURE)
    assert not document.is_drawing
    assert document.undo_stack.canRedo() == (step == "undo")
    if step == "undo":
        assert count(document) == 1
        document.undo_stack.redo()
    elif step != "redo":
        document.undo_stack.undo()
    assert count(document) == 2


def test_undo_in_a_sweep_takes_back_the_sweep_alone(document: PadDocument) -> None:
    draw(document, (100, 100), (200, 100))
    draw(document, (100, 300), (200, 300))
    document.begin_erasing()
    document.erase_at(150, 100, 20)
    document.undo_stack.undo()
    document.erase_at(150, 300, 20)
    document.end_erasing()
    assert count(document) == 2
    assert document.undo_stack.canRedo()


def test_what_is_opened_during_a_sweep_is_safe_from_it(document: PadDocument) -> None:
    draw(document, (100, 100), (200, 100))
    document.begin_erasing()
    document.erase_at(150, 100, 20)
    document.open(PICTURE)
    document.erase_at(500, 500, 20)
    document.end_erasing()
    assert document.content is PICTURE
    document.undo_stack.undo()
    assert document.is_blank
    document.undo_stack.undo()
    assert count(document) == 1


def test_the_pen_width_is_that_of_the_strokes_to_come(document: PadDocument) -> None:
    document.set_pen_width(0.03)
    draw(document, (1, 1), (2, 2))
    before = document.content
    document.set_pen_width(0.09)
    assert document.content is before
    document.begin_stroke(3, 3)
    document.set_pen_width(0.12)
    document.end_stroke()
    assert [stroke.width for stroke in document.content.strokes] == [0.03, 0.09]


def test_times_are_kept_however_long_the_machine_has_been_running(document: PadDocument) -> None:
    month = 35 * 24 * 3600.0
    document.begin_stroke(0, 0, time=month)
    document.extend_stroke(1, 1, time=month + 0.008)
    document.extend_stroke(2, 2, time=month + 0.016)
    times = document.current_stroke().times
    assert times is not None
    assert times.tolist() == pytest.approx([0, 0.008, 0.016], abs=1e-5)


def test_a_drawing_of_a_million_points_is_thinned_out_and_looks_the_same() -> None:
    turns = np.linspace(0, 2 * np.pi, 1_000_000)
    circle = np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32)
    fitted = fit_to_pad(Drawing((Stroke(circle),)))
    [stroke] = fitted.strokes
    assert 2000 < len(stroke.points) < 10_000
    radii = np.hypot(*(stroke.points - PAD_SIDE / 2).T)
    assert radii == pytest.approx(np.full(len(radii), 350.0), abs=0.1)


@pytest.mark.parametrize("size", [1e-41, 1e-30, 1e30, 3e38])
def test_ink_of_any_size_fits(size: float) -> None:
    odd = Drawing((Stroke(np.array([[-size, 0], [size, size / 2]], np.float32)),))
    left, top, right, bottom = fit_to_pad(odd).bounds()
    assert 0 <= left <= right <= PAD_SIDE
    assert 0 <= top <= bottom <= PAD_SIDE


def test_ink_beyond_its_own_pad_is_brought_onto_this_one() -> None:
    beyond = Drawing((Stroke(np.array([[0, 0], [5000, 5000]], np.float32)),), pad_side=PAD_SIDE)
    assert max(fit_to_pad(beyond).bounds()) <= PAD_SIDE


def test_ink_from_elsewhere_fills_the_pad() -> None:
    foreign = Drawing((Stroke(np.array([[-40, 7000], [60, 7100], [60, 7050]], np.float32)),))
    fitted = fit_to_pad(foreign)
    left, top, right, bottom = fitted.bounds()
    assert (left + right) / 2 == pytest.approx(PAD_SIDE / 2, abs=0.1)
    assert (top + bottom) / 2 == pytest.approx(PAD_SIDE / 2, abs=0.1)
    assert max(right - left, bottom - top) == pytest.approx(0.7 * PAD_SIDE, rel=0.01)


def test_ink_from_another_pad_keeps_its_place() -> None:
    other = Drawing((Stroke(np.array([[10, 20], [30, 40]], np.float32)),), pad_side=100.0)
    assert fit_to_pad(other).strokes[0].points.tolist() == [[100, 200], [300, 400]]


def test_a_dot_from_elsewhere_lies_in_the_middle() -> None:
    dot = fit_to_pad(Drawing((Stroke(np.array([[7, 9]], np.float32)),)))
    assert dot.strokes[0].points.tolist() == [[PAD_SIDE / 2, PAD_SIDE / 2]]


def test_a_document_with_steps_to_undo_is_gone_as_soon_as_nobody_holds_it(qapp: QApplication) -> None:
    with no_collector():
        document = PadDocument()
        draw(document, (100, 100), (200, 200))
        document.undo_stack.undo()
        document.undo_stack.redo()
        assert count(document) == 1
        left = ref(document)
        del document
        assert left() is None
