"""Messages keep words, not what the words are about."""

import gc
import weakref

from core.errors import TrainingError
from core.wording.run_messages import Question, Stage
from core.wording.training_problems import TrainingProblem


class Network:
    """Stands for what a run holds when it fails."""


def fail_and_ask() -> tuple[str, "weakref.ref[Network]"]:
    network = Network()
    try:
        raise TrainingError(TrainingProblem.LEARNING_RATE)
    except TrainingError as error:
        question = Question.TRY_AGAIN(problem=error)
    return str(question), weakref.ref(network)


def test_a_question_about_an_error_holds_on_to_nothing() -> None:
    gc.disable()
    try:
        sentence, network = fail_and_ask()
        assert network() is None
    finally:
        gc.enable()
    assert sentence == f"{TrainingError(TrainingProblem.LEARNING_RATE)} Try again?"


def test_numbers_are_shown_as_the_template_says() -> None:
    assert str(Stage.TESTING(digits=10_000)) == "Testing with 10,000 digits"
