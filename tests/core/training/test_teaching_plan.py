"""The plan of a lesson: which samples are learned, which judge, and what is said about the result."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from core.digits.arrays import Labels
from core.errors import SampleError, TrainingError
from core.models.card import ModelCard, Score
from core.models.library import ModelBundle
from core.recognition.recommendation import FEWEST_DIGITS
from core.samples.sample import NO_DIGIT, Sample
from core.samples.store import SampleStore
from core.training.teaching import ChangedSample, Comparison
from core.training.teaching_plan import (
    FEW_TO_FOLD,
    FOLDS,
    MOST_SAMPLES,
    Lessons,
    OwnAnswers,
    compare_others,
    compare_own,
    plan_lessons,
    read_as,
    read_samples,
    recommend_taught,
    score_own,
    verdict,
)
from core.wording.messages import sentences
from tests.core.samples.kept_digits import drawn_sample

OTHERS = Comparison(10_000, 9966, 9966)
EVE = ModelBundle(Path("eve"), ModelCard("Eve", "", "quick", 1, {}, seed=1, epochs=1))


def samples_of(labels: Sequence[int]) -> list[Sample]:
    """One sample for each label, whose number is 100 more than its place, and so is the brightness of its image."""
    return [
        Sample(100 + place, label, np.full((28, 28), place % 256, np.uint8), "", "pad", None, "", 0.0)
        for place, label in enumerate(labels)
    ]


def plan(labels: Sequence[int], *, knows_no_digit: bool = True, seed: int = 1) -> Lessons:
    return plan_lessons(samples_of(labels), EVE, np.random.default_rng(seed), knows_no_digit=knows_no_digit)


def answers(before: Sequence[int], after: Sequence[int]) -> OwnAnswers:
    return OwnAnswers(np.array(before, np.uint8), np.array(after, np.uint8))


# --- which samples are learned --------------------------------------------------------------------------------


def test_samples_are_those_of_one_writer(tmp_path: Path) -> None:
    with SampleStore(tmp_path / "digits.sqlite") as store:
        store.keep(drawn_sample(1, writer="Ada"), drawn_sample(2, writer="Bob"), drawn_sample(3, writer="Ada"))
    assert [sample.label for sample in read_samples(tmp_path / "digits.sqlite", "Ada")] == [1, 3]
    assert [sample.label for sample in read_samples(tmp_path / "digits.sqlite", None)] == [1, 2, 3]
    with pytest.raises(TrainingError, match=r"^There are no digits by Eve to learn yet: keep some first\.$"):
        read_samples(tmp_path / "digits.sqlite", "Eve")


def test_an_empty_store_and_none_are_told_alike(tmp_path: Path) -> None:
    SampleStore(tmp_path / "empty.sqlite").close()
    for name in ("empty.sqlite", "none.sqlite"):
        with pytest.raises(TrainingError, match=r"^There are no digits to learn yet: keep some first\.$"):
            read_samples(tmp_path / name, None)
    assert not (tmp_path / "none.sqlite").exists()


def test_another_programs_file_is_no_store(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "digits.sqlite") as database:
        database.execute("CREATE TABLE birds (name TEXT)")
    database.close()
    with pytest.raises(SampleError):
        read_samples(tmp_path / "digits.sqlite", None)


def test_images_and_labels_are_those_of_the_samples() -> None:
    lessons = plan([7, NO_DIGIT, 0])
    assert lessons.labels.tolist() == [7, NO_DIGIT, 0]
    assert lessons.images[:, 0, 0].tolist() == [0, 1, 2]
    assert [sample.id for sample in lessons.samples] == [100, 101, 102]
    assert lessons.notes == ()


def test_what_is_no_digit_is_left_out_for_a_network_without_that_answer() -> None:
    lessons = plan([7, NO_DIGIT, 0, NO_DIGIT], knows_no_digit=False)
    assert lessons.labels.tolist() == [7, 0]
    assert [sample.id for sample in lessons.samples] == [100, 102]
    assert sentences(lessons.notes) == ("What you kept as no digit was left out: “Eve” does not know that answer.",)


def test_with_nothing_else_there_is_nothing_to_learn() -> None:
    with pytest.raises(TrainingError, match=r"^The model “Eve” cannot learn what is no digit: keep some digits first"):
        plan([NO_DIGIT] * 3, knows_no_digit=False)
    assert len(plan([NO_DIGIT] * 3)) == 3


def test_of_very_many_some_are_chosen() -> None:
    lessons = plan([place % 10 for place in range(10_000)])
    numbers = [sample.id for sample in lessons.samples]
    assert len(lessons) == MOST_SAMPLES == len(set(numbers))
    assert numbers == sorted(numbers) and numbers[-1] > 100 + MOST_SAMPLES  # from all of them, in their order
    assert lessons.labels.tolist() == [(number - 100) % 10 for number in numbers]
    assert sentences(lessons.notes) == (
        "It learned 5,000 of your 10,000 digits, chosen at random: more would take too long.",
    )


def test_a_single_kind_of_digit_is_told() -> None:
    assert sentences(plan([4, 4]).notes) == ("Every digit that it learned is a 4.",)
    assert plan([4]).notes == plan([4, 5]).notes == plan([NO_DIGIT, NO_DIGIT]).notes == ()


# --- which judge ----------------------------------------------------------------------------------------------


def test_each_label_is_spread_evenly_over_the_parts() -> None:
    labels = [0] * 10 + [1] * 7 + [2] + [3] + [5] * 3 + [NO_DIGIT] * 5
    lessons = plan(labels)
    assert lessons.judging == tuple(range(FOLDS))
    for label in set(labels):
        counts = np.bincount(lessons.parts[lessons.labels == label], minlength=FOLDS)
        assert counts.max() - counts.min() <= 1
    sizes = np.bincount(lessons.parts, minlength=FOLDS)
    assert sizes.max() - sizes.min() <= 1  # two labels with one sample each are not both in the first part


def test_a_part_and_the_others_are_all() -> None:
    lessons = plan([place % 3 for place in range(11)])
    judged = []
    for part in lessons.judging:
        inside, outside = lessons.part(part)
        assert sorted([*inside.tolist(), *outside.tolist()]) == list(range(11))
        assert len(inside) and len(outside)
        judged += inside.tolist()
    assert sorted(judged) == lessons.judged.tolist() == list(range(11))


def test_the_same_seed_gives_the_same_parts() -> None:
    labels = [place % 10 for place in range(40)]
    assert plan(labels).parts.tolist() == plan(labels).parts.tolist() != plan(labels, seed=2).parts.tolist()


def test_one_sample_judges_nothing() -> None:
    lessons = plan([7])
    assert (lessons.judging, lessons.judged.tolist(), lessons.how) == ((), [], None)
    compared, changed = compare_own(lessons, answers([1], [1]))
    assert (compared, changed) == (Comparison(0, 0, 0), ())
    assert score_own(lessons, answers([1], [1])) is None


@pytest.mark.parametrize("labels", [[7, 7], [7, 1], [7, NO_DIGIT]])
def test_two_samples_judge_each_other(labels: list[int]) -> None:
    lessons = plan(labels)
    assert sorted(lessons.parts.tolist()) == [0, 1]
    assert lessons.judged.tolist() == [0, 1]
    assert str(lessons.how) == "Each digit was read by a network that had learned only others of yours."


def test_of_many_a_part_is_kept_out_once() -> None:
    few, many = plan([7, 1] * (FEW_TO_FOLD // 2)), plan([7, 1] * (FEW_TO_FOLD // 2 + 1))
    assert len(few.judged) == FEW_TO_FOLD
    assert (many.judging, len(many.judged)) == ((0,), FEW_TO_FOLD // FOLDS + 1)
    assert str(many.how) == "501 of your digits were not learned for this, but kept to test it."


# --- what they show -------------------------------------------------------------------------------------------


def test_a_refusal_is_read_as_no_digit() -> None:
    said = np.zeros((3, 11), np.float32)
    said[[0, 1, 2], [4, 5, 6]] = 0.6
    said[:, NO_DIGIT] = 0.1, 0.2, 0.3
    assert read_as(said, 0.2).tolist() == [4, 5, NO_DIGIT]
    assert read_as(said[:, :10], 0.2).tolist() == [4, 5, 6]


def test_both_networks_are_compared_on_the_samples_that_judge() -> None:
    lessons = plan([7, 7, 1, NO_DIGIT])
    compared, changed = compare_own(lessons, answers([1, 7, 1, 3], [7, 2, 1, NO_DIGIT]))
    assert (compared.images, compared.right_before, compared.right_after) == (4, 2, 3)
    assert compared.how == lessons.how
    assert changed == (
        ChangedSample(100, 7, 1, 7),
        ChangedSample(101, 7, 7, 2),
        ChangedSample(103, NO_DIGIT, 3, NO_DIGIT),
    )


def test_samples_that_do_not_judge_are_not_counted() -> None:
    lessons = plan([7, 1] * (FEW_TO_FOLD // 2 + 1))
    wrong: Labels = np.full(len(lessons), 3, np.uint8)
    right_where_learned = wrong.copy()
    right_where_learned[lessons.parts != 0] = lessons.labels[lessons.parts != 0]
    compared, changed = compare_own(lessons, OwnAnswers(wrong, right_where_learned))
    assert (compared.images, compared.right_before, compared.right_after, changed) == (501, 0, 0, ())


def test_samples_that_contradict_each_other_are_all_kept() -> None:
    """The same image as a 1 and as a 7: one of both is always wrong."""
    lessons = plan([1, 7] * 10)
    compared, _ = compare_own(lessons, answers([1] * 20, [7] * 20))
    assert (compared.images, compared.right_before, compared.right_after) == (20, 10, 10)


def test_the_card_tells_all_mistakes_but_confuses_digits_only() -> None:
    score = score_own(plan([7, 7, 1, NO_DIGIT]), answers([0] * 4, [7, 1, NO_DIGIT, NO_DIGIT]))
    assert score is not None
    assert (score.images, score.mistakes, score.accuracy) == (4, 2, 0.5)
    assert (score.confusion[7][7], score.confusion[7][1], np.sum(score.confusion)) == (1, 1, 2)


# --- what is said about the result ----------------------------------------------------------------------------


def scored(mistakes: int, images: int = 10_000) -> Score:
    return Score("", images, mistakes, 1 - mistakes / images, [])


def test_others_are_compared_by_what_both_read() -> None:
    assert compare_others(scored(34), scored(40)) == Comparison(10_000, 9966, 9960)


@pytest.mark.parametrize(
    ("after", "others"),
    [
        (9966, "others as well as before"),
        (9962, "others as well as before"),
        (9970, "others as well as before"),
        (9961, "others not as well as before (99.61 % of 10,000 instead of 99.66 %)"),
        (9971, "others better than before (99.71 % of 10,000 instead of 99.66 %)"),
    ],
)
def test_the_verdict_names_both(after: int, others: str) -> None:
    assert str(verdict(Comparison(50, 44, 49), Comparison(10_000, 9966, after))) == (
        f"Reads 49 of 50 of yours (before 44), {others}."
    )


def test_of_one_digit_the_verdict_is_about_others() -> None:
    assert str(verdict(Comparison(0, 0, 0), OTHERS)) == (
        "Reads others as well as before; one digit of yours is too few to judge how well it reads them."
    )


def test_a_better_one_is_recommended() -> None:
    assert recommend_taught(Comparison(20, 18, 19), OTHERS).is_given


def test_one_that_reads_no_more_of_mine_is_not() -> None:
    given = recommend_taught(Comparison(20, 19, 19), OTHERS)
    assert not given.is_given
    assert given.reason == "It reads no more of your digits than before."


def test_one_that_reads_fewer_of_mine_is_not() -> None:
    assert not recommend_taught(Comparison(20, 19, 18), OTHERS).is_given


@pytest.mark.parametrize("images", [0, 1, 2, FEWEST_DIGITS - 1])
def test_one_that_few_digits_judge_is_not(images: int) -> None:
    given = recommend_taught(Comparison(images, 0, images), OTHERS)
    assert not given.is_given
    if images:
        assert given.reason.startswith(f"It was tested on only {images} digit")


def test_one_that_lost_a_tenth_of_a_percent_of_others_is_not() -> None:
    own = Comparison(100, 80, 99)
    assert recommend_taught(own, Comparison(10_000, 9966, 9956)).is_given
    worse = recommend_taught(own, Comparison(10_000, 9966, 9955))
    assert not worse.is_given
    assert worse.reason == "It is less accurate on MNIST's test set: 99.55 % of 10,000 instead of 99.66 %."
