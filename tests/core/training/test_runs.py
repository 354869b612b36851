"""What a run is told, what it tells, and how it is steered from another thread."""

import json
import queue
import threading

import numpy as np
import pytest

from core.errors import ModelError, TrainingError
from core.training.control import RunStopped, TrainingControl
from core.training.events import (
    BatchDone,
    ChoiceNeeded,
    ChoiceReason,
    EpochDone,
    Outcome,
    RunEnded,
    StageBegan,
    event_record,
)
from core.training.presets import DEFAULT_PRESET, PRESETS
from core.training.spec import TrainingSpec
from core.wording.run_messages import Question, Stage

# --- the specification


@pytest.mark.parametrize("name", PRESETS)
def test_what_is_left_open_the_preset_decides(name: str) -> None:
    preset, complete = PRESETS[name], TrainingSpec(preset=name).completed()
    assert complete.preset is preset
    assert (complete.epochs, complete.batch_size) == (preset.epochs, preset.batch_size)
    assert (complete.learning_rate, complete.augment) == (preset.learning_rate, preset.augment)
    assert complete.validation_share == preset.validation_share


def test_what_is_chosen_stays() -> None:
    spec = TrainingSpec("dense", "mnist:100", 3, 16, 0.5, 0.0, 7, True, "  My model ")
    complete = spec.completed()
    assert (complete.data, complete.epochs, complete.batch_size, complete.learning_rate) == ("mnist:100", 3, 16, 0.5)
    assert (complete.validation_share, complete.seed, complete.augment, complete.name) == (0.0, 7, True, "My model")
    assert TrainingSpec(name=" \n ").completed().name == ""
    assert TrainingSpec("digitpad", augment=False).completed().augment is False


@pytest.mark.parametrize("name", PRESETS)
def test_digits_are_varied_only_with_augmentation(name: str) -> None:
    with_it, without = (TrainingSpec(name, augment=augment).completed().varied_share for augment in (True, False))
    assert (with_it, without) == (PRESETS[name].varied_share, 0.0)
    assert with_it > 0


def test_only_a_preset_with_a_share_of_it_synthesises_and_only_unless_told_not_to() -> None:
    assert [TrainingSpec("digitpad", synthesize=wish).completed().synthesize for wish in (None, True, False)] == [
        True,
        True,
        False,
    ]
    assert not any(TrainingSpec("dense", synthesize=wish).completed().synthesize for wish in (None, True, False))


def test_the_source_of_ink_is_one_line() -> None:
    spec = TrainingSpec(ink=" ink.json ", ink_source=" me,\nCC0\t").completed()
    assert (spec.ink, spec.ink_source) == ("ink.json", "me, CC0")


def test_the_default_preset_exists() -> None:
    assert TrainingSpec().preset == DEFAULT_PRESET
    assert DEFAULT_PRESET in PRESETS


@pytest.mark.parametrize(
    "wrong",
    [
        {"preset": "resnet"},
        {"epochs": 0},
        {"epochs": 1001},
        {"batch_size": 0},
        {"batch_size": 8193},
        {"learning_rate": 0.0},
        {"learning_rate": 10.5},
        {"learning_rate": float("nan")},
        {"validation_share": -0.1},
        {"validation_share": 0.51},
        {"validation_share": float("nan")},
        {"seed": -1},
        {"seed": 2**31},
        {"ink": "ink.json"},
        {"ink": "ink.json", "ink_source": " "},
        {"ink_source": "somebody"},
        {"name": "x" * 61},
        {"name": "\x00"},
    ],
    ids=repr,
)
def test_wrong_settings_are_said_in_a_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(ModelError if "name" in wrong else TrainingError) as caught:
        TrainingSpec(**wrong)  # type: ignore[arg-type]
    assert str(caught.value).endswith(".")


# --- events


def test_an_event_as_a_record_is_json() -> None:
    event = BatchDone(1, 2, (0.5, 0.25), (1.0, 0.5), 1000.0, 3.0)
    record = json.loads(json.dumps(event_record(event)))
    assert record == {
        "event": "batch_done",
        "epoch": 1,
        "batch": 2,
        "losses": [0.5, 0.25],
        "accuracies": [1.0, 0.5],
        "images_per_second": 1000.0,
        "seconds_left": 3.0,
    }
    ended = RunEnded(Outcome.STOPPED_KEPT, "a", "A", 10, 1, 0.9, 0.1, 2.0)
    assert json.loads(json.dumps(event_record(ended)))["outcome"] == "stopped_kept"
    assert event_record(EpochDone(1, 0.1, 0.9, None, None, 1.0))["event"] == "epoch_done"
    assert event_record(ChoiceNeeded(ChoiceReason.STOPPED, Question.KEEP_BEST(epoch=3))) == {
        "event": "choice_needed",
        "reason": "stopped",
        "sentence": "Keep the network as it was after epoch 3?",
    }
    assert event_record(StageBegan(Stage.TESTING, 1200)) == {
        "event": "stage_began",
        "stage": "testing",
        "digits": 1200,
        "text": "Testing with 1,200 digits",
    }


# --- control


def test_a_checkpoint_passes_while_nobody_minds() -> None:
    control = TrainingControl()
    control.checkpoint()
    control.pause()
    control.resume()
    control.checkpoint()
    assert not control.is_paused


def test_a_checkpoint_holds_until_resumed() -> None:
    control = TrainingControl()
    control.pause()
    passed = threading.Event()
    worker = threading.Thread(target=lambda: (control.checkpoint(), passed.set()))
    worker.start()
    assert control.is_paused
    assert not passed.wait(0.1)
    control.resume()
    worker.join()
    assert passed.is_set()


def test_a_stop_ends_a_run_also_in_a_pause() -> None:
    control = TrainingControl()
    control.pause()
    stopped = threading.Event()

    def work() -> None:
        try:
            control.checkpoint()
        except RunStopped:
            stopped.set()

    worker = threading.Thread(target=work)
    worker.start()
    control.stop()
    worker.join()
    assert stopped.is_set()
    with pytest.raises(RunStopped):
        control.checkpoint()


@pytest.mark.parametrize("keep", [True, False])
def test_a_stop_may_bring_the_choice_along(keep: bool) -> None:
    control = TrainingControl()
    control.stop(keep=keep)
    with pytest.raises(RunStopped):
        control.checkpoint()
    assert control.wait_for_choice() is keep


def test_a_choice_is_waited_for_and_used_up() -> None:
    control = TrainingControl()
    choices: queue.Queue[bool] = queue.Queue()
    worker = threading.Thread(target=lambda: [choices.put(control.wait_for_choice()) for _ in range(2)])
    worker.start()
    control.choose(True)
    assert choices.get() is True
    control.choose(False)
    assert choices.get() is False
    worker.join()


def test_the_digit_on_the_pad() -> None:
    control = TrainingControl()
    assert control.digit_on_pad() is None
    digit = np.ones((28, 28), np.uint8)
    control.show_digit(digit)
    assert control.digit_on_pad() is digit
    control.show_digit(None)
    assert control.digit_on_pad() is None
