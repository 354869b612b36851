"""The user's own digits beside the shipped model: a real store, drawings, and how they are read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.digits.arrays import Image, Images
from core.digits.normalize import normalize_drawing
from core.ink.arrays import FloatArray
from core.ink.drawing import Drawing, Stroke
from core.ink.samples import read_sample
from core.models.library import COMPILED_FILE
from core.recognition.own_samples import make_head, measure_reach, reach_of
from core.recognition.recognizer import Recognition, Recognizer, Verdict
from core.samples.sample import NO_DIGIT, NewSample, Sample
from core.samples.store import SampleStore
from core.system.checkpoints import no_checkpoint


class CountingRecognizer(Recognizer):
    """Counts the samples that it reads."""

    read = 0

    def recognize_and_embed(self, images: Images) -> tuple[list[Recognition], FloatArray]:
        self.read += len(images)
        return super().recognize_and_embed(images)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SampleStore]:
    with SampleStore(tmp_path / "digits.sqlite") as opened:
        yield opened


@pytest.fixture
def recognizer(shipped: Recognizer) -> CountingRecognizer:
    return CountingRecognizer(shipped.bundle)


def varied(drawing: Drawing, seed: int, most: float = 12.0) -> Drawing:
    """The drawing as a hand might repeat it: each point moved by a little of a slow wave."""
    rng = np.random.default_rng(seed)
    strokes = []
    for stroke in drawing.strokes:
        phase = rng.uniform(0, 6, 2) + np.linspace(0, 3, len(stroke.points))[:, None]
        strokes.append(Stroke((stroke.points + most * np.sin(phase)).astype(np.float32)))
    return Drawing(tuple(strokes), drawing.pad_side)


def image_of(drawing: Drawing) -> Image:
    digit = normalize_drawing(drawing)
    assert digit is not None
    return digit.image


def keep(store: SampleStore, drawing: Drawing, label: int) -> Sample:
    return store.keep(NewSample(label, drawing, image_of(drawing)))[0]


def infinity() -> Drawing:
    """A lying eight."""
    turn = np.linspace(0, 2 * np.pi, 60)
    points = np.stack([500 + 350 * np.sin(turn), 500 + 170 * np.sin(2 * turn)], axis=1)
    return Drawing((Stroke(points.astype(np.float32)),), 1000.0)


def read(recognizer: Recognizer, store: SampleStore, drawing: Drawing) -> Recognition:
    """How `drawing` is read with the samples of `store`."""
    recognizer.head = None
    recognizer.head = make_head(store, recognizer)
    return recognizer.recognize(image_of(drawing))


def test_a_correction_works_at_once_also_for_what_is_alike(recognizer: Recognizer, store: SampleStore) -> None:
    assert recognizer.recognize(image_of(infinity())).verdict is not Verdict.DIGIT
    kept = keep(store, infinity(), 8)
    for drawing in (infinity(), *(varied(infinity(), seed, most=25) for seed in range(5))):
        answer = read(recognizer, store, drawing)
        assert (answer.digit, answer.verdict is Verdict.NOT_A_DIGIT, answer.sample) == (8, False, kept.id)


def test_a_correction_overrules_a_network_that_is_sure(recognizer: Recognizer, store: SampleStore) -> None:
    assert recognizer.recognize(image_of(read_sample(7))).verdict is Verdict.DIGIT
    kept = keep(store, read_sample(7), 2)
    answer = read(recognizer, store, read_sample(7))
    assert (answer.digit, answer.sample) == (2, kept.id)


def test_what_is_far_from_corrections_stays_as_it_was(
    recognizer: Recognizer, store: SampleStore, mnist: dict[str, Any]
) -> None:
    before = recognizer.recognize_many(list(mnist["x_test"][:300]))
    keep(store, infinity(), 8)
    keep(store, read_sample(7), 2)
    recognizer.head = make_head(store, recognizer)
    after = recognizer.recognize_many(list(mnist["x_test"][:300]))
    changed = [one for one, other in zip(after, before, strict=True) if one.digit != other.digit]
    assert len(changed) <= 3
    assert {one.digit for one in changed} <= {2, 8}
    for digit in (0, 3, 5, 6):
        image = image_of(read_sample(digit))
        assert recognizer.recognize(image).sample is None
        assert recognizer.recognize(image).digit == digit


def test_no_digit_refuses_its_like(recognizer: Recognizer, store: SampleStore) -> None:
    kept = keep(store, read_sample(3), NO_DIGIT)
    answer = read(recognizer, store, varied(read_sample(3), 1, most=4))
    assert (answer.verdict, answer.digit, answer.sample) == (Verdict.NOT_A_DIGIT, 3, kept.id)


def test_right_ones_beside_a_correction_stand_up_for_themselves(recognizer: Recognizer, store: SampleStore) -> None:
    seven, other = read_sample(7), varied(read_sample(7), 3, most=25)
    keep(store, seven, 1)
    assert read(recognizer, store, other).digit == 1  # so close is it
    keep(store, other, 7)
    answer = read(recognizer, store, other)
    assert (answer.digit, answer.sample) == (7, None)  # the network has said so by itself


def test_where_nothing_was_corrected_nothing_corrects(recognizer: Recognizer, store: SampleStore) -> None:
    assert make_head(store, recognizer) is None
    for digit in (3, 7):
        keep(store, read_sample(digit), digit)
    assert make_head(store, recognizer) is None


def test_what_was_read_once_is_remembered_and_forgotten_with_the_samples(
    recognizer: CountingRecognizer, store: SampleStore
) -> None:
    kept = [keep(store, read_sample(digit), (digit + 1) % 10) for digit in range(4)]
    assert make_head(store, recognizer) is not None
    assert recognizer.read == 4
    make_head(store, recognizer)
    assert recognizer.read == 4
    keep(store, infinity(), 8)
    make_head(store, recognizer)
    assert recognizer.read == 5
    store.remove([kept[0].id])
    assert kept[0].id not in store.embeddings(recognizer.bundle.card.sha256[COMPILED_FILE])
    make_head(store, recognizer)
    assert recognizer.read == 5


def test_another_network_reads_for_itself(recognizer: CountingRecognizer, store: SampleStore) -> None:
    keep(store, read_sample(3), 5)
    make_head(store, recognizer)
    card = replace(recognizer.bundle.card, sha256={COMPILED_FILE: "another"})
    recognizer.bundle = replace(recognizer.bundle, card=card)
    make_head(store, recognizer)
    assert recognizer.read == 2


def test_a_sample_counts_as_it_is_labelled_now(recognizer: CountingRecognizer, store: SampleStore) -> None:
    kept = keep(store, read_sample(7), 2)
    assert read(recognizer, store, read_sample(7)).digit == 2
    store.relabel([kept.id], 4)
    assert read(recognizer, store, read_sample(7)).digit == 4
    store.relabel([kept.id], 7)
    assert read(recognizer, store, read_sample(7)).sample is None
    assert make_head(store, recognizer) is None
    assert recognizer.read == 1  # nothing of that needs the network


def test_work_that_is_ended_remembers_what_it_did(recognizer: CountingRecognizer, store: SampleStore) -> None:
    store.keep(*(NewSample(0, read_sample(7), image_of(varied(read_sample(7), seed))) for seed in range(100)))
    calls = 0

    def stop_at_the_second() -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_head(store, recognizer, stop_at_the_second)
    before = recognizer.read
    assert 0 < before < 100
    head = make_head(store, recognizer, no_checkpoint)
    assert head is not None
    assert (len(head), recognizer.read) == (100, 100)


def test_a_model_without_embeddings_is_not_corrected(shipped: Recognizer, store: SampleStore, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    folder.mkdir()
    content = shipped.bundle.compiled_path.read_bytes()
    (folder / COMPILED_FILE).write_bytes(content.replace(b"embedding", b"of-no-use"))
    older = Recognizer(replace(shipped.bundle, folder=folder))
    assert not older.has_embeddings
    keep(store, infinity(), 8)
    assert make_head(store, older) is None
    assert older.recognize(image_of(read_sample(3))).digit == 3


def test_the_shipped_model_says_how_far_samples_reach(shipped: Recognizer) -> None:
    measured = measure_reach(lambda images: shipped.recognize_and_embed(images)[1])
    assert shipped.bundle.card.reach == reach_of(shipped) == pytest.approx(measured, abs=2e-5)


def test_the_reach_of_an_older_model_is_measured(shipped: Recognizer) -> None:
    older = Recognizer(replace(shipped.bundle, card=replace(shipped.bundle.card, reach=None)))
    assert reach_of(older) == pytest.approx(reach_of(shipped), abs=2e-5)
