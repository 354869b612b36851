"""Where a run can be stopped or held, and what is left of it then."""

import threading
from pathlib import Path
from typing import Any

import pytest

from core.learning.run import fit
from core.models.library import ModelBundle, ModelLibrary, read_bundle
from core.recognition.evaluation import measure_accuracy as measure
from core.recognition.recognizer import Recognizer
from core.training.control import TrainingControl
from core.training.events import (
    BatchDone,
    ChoiceNeeded,
    EpochDone,
    Event,
    Outcome,
    StageBegan,
)
from core.training.spec import TrainingSpec
from core.wording.run_messages import Stage


def test_a_stop_acts_within_its_batch(
    few_digits: str, library: ModelLibrary, new_record: Any, scripted_control: Any
) -> None:
    control = scripted_control(7, TrainingControl.stop)
    record = new_record(control.see)
    ended = fit(TrainingSpec("dense", few_digits, epochs=50), control, record, library)
    assert control.checkpoints == 7
    assert (ended.outcome, ended.model, ended.test_accuracy) == (Outcome.STOPPED, None, None)
    assert not record.of(EpochDone)
    assert not record.of(ChoiceNeeded)
    assert library.entries() == []


def test_a_stop_acts_inside_validation(
    few_digits: str, library: ModelLibrary, new_record: Any, scripted_control: Any
) -> None:
    # one checkpoint after each of 10 batches, then those of validation
    control = scripted_control(11, lambda control: control.stop(keep=True))
    record = new_record(control.see)
    spec = TrainingSpec("dense", few_digits, epochs=50, batch_size=20, validation_share=0.5)
    ended = fit(spec, control, record, library)
    assert record.of(BatchDone)[-1].batch == 10
    assert control.checkpoints == 11
    assert not record.of(EpochDone)
    assert ended.outcome is Outcome.STOPPED


@pytest.mark.parametrize("stage", [Stage.READING_DIGITS, Stage.LOADING_TENSORFLOW])
def test_a_stop_before_the_training_ends_the_run(
    stage: Stage, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    control = TrainingControl()
    record = new_record(lambda event: control.stop() if event == StageBegan(stage) else None)
    ended = fit(TrainingSpec("dense", few_digits), control, record, library)
    assert (ended.outcome, ended.model) == (Outcome.STOPPED, None)
    assert record.events[-2:] == [StageBegan(stage), ended]
    assert not list(library.folder.iterdir())


@pytest.mark.parametrize("passes", [0, 1])
def test_a_stop_acts_while_digits_are_synthesised(
    passes: int, few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    """At the first drawings and at later ones."""
    stage = StageBegan(Stage.SYNTHESISING)

    class StopsWhileWriting(TrainingControl):
        passes_left: int | None = None

        def checkpoint(self) -> None:
            if self.passes_left == 0:
                self.stop()
            elif self.passes_left is not None:
                self.passes_left -= 1
            super().checkpoint()

    control = StopsWhileWriting()

    def react(event: Event) -> None:
        if event == stage:
            control.passes_left = passes

    record = new_record(react)
    ended = fit(TrainingSpec("digitpad", few_digits), control, record, library)
    assert record.events == [StageBegan(Stage.READING_DIGITS), stage, ended]
    assert (ended.outcome, ended.model) == (Outcome.STOPPED, None)
    assert not list(library.folder.iterdir())


def test_a_stop_acts_between_the_files_of_a_folder(
    tmp_path: Path, mnist: dict[str, Any], library: ModelLibrary, new_record: Any
) -> None:
    import cv2

    for digit in range(10):
        (tmp_path / "digits" / str(digit)).mkdir(parents=True)
        for number, image in enumerate(mnist["x_train"][mnist["y_train"] == digit][:20]):
            cv2.imwrite(str(tmp_path / "digits" / str(digit) / f"{number:02}.png"), 255 - image)

    class StopsAtTenth(TrainingControl):
        checkpoints = 0

        def checkpoint(self) -> None:
            self.checkpoints += 1
            if self.checkpoints == 10:
                self.stop(keep=False)
            super().checkpoint()

    record, control = new_record(), StopsAtTenth()
    ended = fit(TrainingSpec("dense", str(tmp_path / "digits")), control, record, library)
    assert record.events == [StageBegan(Stage.READING_DIGITS), ended]
    assert ended.outcome is Outcome.STOPPED
    assert control.checkpoints == 10


def test_a_stopped_run_keeps_the_best_epoch_when_asked(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    control = TrainingControl()

    def react(event: Event) -> None:
        match event:
            case EpochDone(epoch=6):
                control.stop()
            case ChoiceNeeded(reason="stopped"):
                control.choose(True)

    record = new_record(react)
    # far too high a learning rate: some epochs make it worse
    spec = TrainingSpec("dense", few_digits, epochs=50, learning_rate=0.1, validation_share=0.25)
    ended = fit(spec, control, record, library)

    assert ended.outcome is Outcome.STOPPED_KEPT
    scores = [(epoch.validation_accuracy, epoch.epoch) for epoch in record.of(EpochDone)]
    assert len(scores) == 6
    best = max(scores)[-1]
    [choice] = record.of(ChoiceNeeded)
    assert f"after epoch {best} (" in choice.sentence
    assert ended.model is not None
    bundle = read_bundle(library.folder / ended.model)
    assert bundle.card.epochs == len(bundle.card.history) == best
    assert validation_accuracy(bundle, spec) == pytest.approx(max(scores)[0])


def validation_accuracy(bundle: ModelBundle, spec: TrainingSpec) -> float:
    from core.datasets.sources import find_source
    from core.datasets.splitting import split_validation

    _, validation = split_validation(find_source(spec.data).load().train, spec.validation_share, spec.seed)
    return measure(Recognizer(bundle).probabilities, validation, "validation").accuracy


def test_a_stopped_run_is_let_go_when_asked(few_digits: str, library: ModelLibrary, new_record: Any) -> None:
    control = TrainingControl()
    record = new_record(lambda event: control.stop(keep=False) if isinstance(event, EpochDone) else None)
    ended = fit(TrainingSpec("dense", few_digits, epochs=50), control, record, library)
    assert ended.outcome is Outcome.STOPPED
    assert library.entries() == []
    assert not list(library.folder.iterdir())


def test_a_paused_run_holds(few_digits: str, library: ModelLibrary, new_record: Any, scripted_control: Any) -> None:
    held_at = []

    def pause(control: Any) -> None:
        def look_and_resume() -> None:
            held_at.append(control.checkpoints)
            control.resume()

        control.pause()
        threading.Timer(0.3, look_and_resume).start()

    control = scripted_control(5, pause)
    ended = fit(TrainingSpec("dense", few_digits, epochs=1), control, new_record(control.see), library)
    assert held_at == [5]
    assert control.checkpoints > 5
    assert ended.outcome is Outcome.COMPLETED
