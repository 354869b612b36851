"""The new model beside the one in use."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from core.datasets.sources import load_test_digits
from core.models.card import Score
from core.models.library import ModelBundle, ModelLibrary
from gui.recognition.active_model import ActiveModel
from gui.system.background import join_background
from gui.train.run_result import RunResult, evaluate

Copy = Callable[[ModelLibrary, str], ModelBundle]


@pytest.fixture
def result(qtbot: QtBot, active_model: ActiveModel) -> Iterator[RunResult]:
    result = RunResult(active_model)
    qtbot.addWidget(result)
    result.show()
    yield result
    join_background()


def test_the_column_of_the_model_in_use_follows_the_model_in_use(
    result: RunResult, active_model: ActiveModel, library: ModelLibrary, copy_model: Copy
) -> None:
    new, third = copy_model(library, "New"), copy_model(library, "Third")
    result.show_model(new, load_test_digits("mnist"))
    assert (result.old.caption.text(), result.old.name.text()) == ("Model in use", "DigitPad")
    active_model.use(third)
    assert (result.old.caption.text(), result.old.name.text()) == ("Model in use", "Third")
    assert result.old.accuracy.text().endswith(" %")
    active_model.use(new)
    assert (result.old.caption.text(), result.old.name.text()) == ("Used before", "Third")
    assert not result.use.isEnabled()
    active_model.use(third)
    assert (result.old.caption.text(), result.old.name.text()) == ("Model in use", "Third")
    assert result.use.isEnabled()


@pytest.mark.parametrize(
    ("more", "said", "is_primary"),
    [
        (241, "241 more mistakes in 10,000", False),
        (1, "1 mistake more in 10,000", False),
        (0, "As many mistakes in 10,000", True),
        (-1, "1 mistake fewer in 10,000", True),
        (-29, "29 fewer mistakes in 10,000", True),
    ],
)
def test_a_worse_model_is_not_pressed_on_anybody(
    result: RunResult, library: ModelLibrary, copy_model: Copy, more: int, said: str, is_primary: bool
) -> None:
    new = copy_model(library, "New")
    assert new.card.test is not None
    test = replace(new.card.test, mistakes=new.card.test.mistakes + more)
    result.show_model(replace(new, card=replace(new.card, test=test)), load_test_digits("mnist"))
    assert result.heading.text() == said
    assert result.heading.toolTip() == "On the same 10,000 test digits"
    assert result.use.property("primary") is is_primary
    assert result.use.isEnabled()


def own_test(bundle: ModelBundle, images: int) -> ModelBundle:
    """`bundle`, as if so many of somebody's own digits had tested it, beside those of others."""
    test = bundle.card.test
    assert test is not None
    own = Score("a seventh of mine", images, 0, 1.0, test.confusion)
    return replace(bundle, card=replace(bundle.card, test=own, others=test))


def test_a_handful_of_digits_recommends_nothing_and_says_so(
    result: RunResult, library: ModelLibrary, copy_model: Copy, few_digits: str
) -> None:
    result.show_model(own_test(copy_model(library, "New"), 4), load_test_digits(few_digits))
    assert (result.new.accuracy.text(), result.new.count.text()) == ("100 %", "of 4")
    assert result.use.property("primary") is False and result.use.isEnabled()
    assert result.reason.isVisible()
    assert result.reason.text() == "It was tested on only 4 digits: too few to tell which model is better."
    assert result.heading.text() == "On the same 4 test digits"


@pytest.mark.parametrize(("more", "is_primary"), [(10, True), (11, False)])
def test_what_reads_others_worse_is_not_pressed_on_anybody(
    qtbot: QtBot,
    result: RunResult,
    library: ModelLibrary,
    copy_model: Copy,
    few_digits: str,
    more: int,
    is_primary: bool,
) -> None:
    new = own_test(copy_model(library, "New"), 200)
    others = new.card.others
    assert others is not None
    mistakes = others.mistakes + more
    worse = replace(others, mistakes=mistakes, accuracy=1 - mistakes / others.images)
    result.show_model(replace(new, card=replace(new.card, others=worse)), load_test_digits(few_digits))
    assert result.use.property("primary") is False
    qtbot.waitUntil(lambda: result.heading.text().endswith(" fewer mistakes in 200"))
    assert result.use.property("primary") is is_primary
    assert result.reason.isVisible() is not is_primary
    assert is_primary or result.reason.text().startswith("It is less accurate on MNIST's test set: ")


def test_the_names_of_both_models_follow_what_another_window_does(
    qtbot: QtBot, result: RunResult, active_model: ActiveModel, library: ModelLibrary, copy_model: Copy
) -> None:
    new, old = copy_model(library, "New"), copy_model(library, "Old")
    active_model.use(old)
    result.show_model(new, load_test_digits("mnist"))
    elsewhere = ModelLibrary(library.folder, library.shipped)
    elsewhere.rename(new, "Newer")
    elsewhere.rename(old, "Older")
    qtbot.waitUntil(lambda: (result.new.name.text(), result.old.name.text()) == ("Newer", "Older"))
    assert active_model.bundle is not None and active_model.bundle.card.name == "Older"


def test_a_new_name_of_the_model_in_use_is_shown(
    result: RunResult, active_model: ActiveModel, library: ModelLibrary, copy_model: Copy
) -> None:
    new, other = copy_model(library, "New"), copy_model(library, "Other")
    active_model.use(other)
    result.show_model(new, load_test_digits("mnist"))
    library.rename(other, "Another")
    active_model.refresh()
    assert result.old.name.text() == "Another"


def test_a_name_that_looks_like_html_is_shown_as_it_is(
    result: RunResult, library: ModelLibrary, copy_model: Copy
) -> None:
    new = copy_model(library, "<b>Bold</b>")
    result.show_model(new, load_test_digits("mnist"))
    assert result.new.name.text() == "<b>Bold</b>"
    assert result.new.name.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;b&gt;Bold" in result.new.name.toolTip()


def test_closing_during_the_comparison_ends_it(
    result: RunResult, library: ModelLibrary, copy_model: Copy, few_digits: str
) -> None:
    new = copy_model(library, "New")
    assert new.card.test is not None
    elsewhere = replace(new, card=replace(new.card, test=replace(new.card.test, data="the test part of few.npz")))
    result.show_model(elsewhere, load_test_digits(few_digits))
    assert result.old.accuracy.text() == "testing…"
    assert result.heading.text() == "On the same 10,000 test digits"
    assert not result.use.property("primary"), "nobody knows yet whether it is as good"
    assert join_background(30_000)
    QCoreApplication.processEvents()
    assert result.old.accuracy.text() == "testing…"  # it had no time to answer: it was cancelled


def test_a_comparison_says_how_the_model_in_use_did(
    qtbot: QtBot, result: RunResult, library: ModelLibrary, copy_model: Copy, few_digits: str
) -> None:
    new = copy_model(library, "New")
    assert new.card.test is not None
    elsewhere = replace(new, card=replace(new.card, test=replace(new.card.test, data="the test part of few.npz")))
    result.show_model(elsewhere, load_test_digits(few_digits))
    qtbot.waitUntil(lambda: result.old.accuracy.text().endswith("%"))
    assert np.load(few_digits)["y_test"].shape == (200,)
    assert "in 200" in result.old.mistakes.toolTip()


def test_a_comparison_can_be_cancelled_at_any_thousand_digits(small_model: ModelBundle) -> None:
    calls: list[None] = []
    score = evaluate(small_model, load_test_digits("mnist"), lambda: calls.append(None))
    assert score.images == 10_000
    assert len(calls) >= 10


def test_a_model_that_was_deleted_is_not_offered_any_more(
    qtbot: QtBot, result: RunResult, library: ModelLibrary, copy_model: Copy
) -> None:
    new = copy_model(library, "New")
    result.show_model(new, load_test_digits("mnist"))
    assert result.use.isEnabled()
    library.delete(new)
    qtbot.waitUntil(lambda: result.use.text() == "This model was deleted")
    assert not result.use.isEnabled()
