"""A network that learns from other models' answers: what it is taught, what its card says, and who cannot teach."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import ModelError, TrainingError
from core.learning.fitting import fit
from core.models import ModelBundle, ModelLibrary, read_bundle
from core.run_control import TrainingControl
from core.runs import Outcome, RunStarted, TrainingSpec

CLASSES = 10


@pytest.fixture
def teachers(few_digits: str, library: ModelLibrary, new_record: Any) -> list[ModelBundle]:
    """Two networks that have learned a little, each something else."""
    specs = [TrainingSpec("quick", few_digits, epochs=1, seed=1, name="Ada")]
    specs.append(TrainingSpec("quick", few_digits, epochs=1, seed=2, name="Blaise"))
    return [trained(spec, library, new_record) for spec in specs]


def trained(spec: TrainingSpec, library: ModelLibrary, new_record: Any) -> ModelBundle:
    ended = fit(spec, TrainingControl(), new_record(), library)
    assert ended.model is not None
    return read_bundle(library.folder / ended.model)


@pytest.mark.parametrize(("precision", "tolerance"), [("float32", 1e-6), ("mixed_bfloat16", 0.03)])
def test_what_is_taught_is_the_mean_answer_and_a_part_of_the_label(
    teachers: list[ModelBundle], mnist: dict[str, Any], precision: str, tolerance: float
) -> None:
    from core.learning.exporting import load_network
    from core.learning.teaching import TEACHERS_SHARE, teaching_of

    images = mnist["x_test"][:50, ..., np.newaxis].astype(np.float32) / 255
    labels = np.eye(CLASSES, dtype=np.float32)[mnist["y_test"][:50]]
    taught = teaching_of(teachers, CLASSES, precision)(images, labels).numpy()
    first, second = (load_network(bundle)(images, training=False).numpy() for bundle in teachers)
    assert np.abs(first - second).max() > 0.01, "two teachers of one mind prove nothing"
    expected = TEACHERS_SHARE * (first + second) / 2 + (1 - TEACHERS_SHARE) * labels
    assert taught.dtype == np.float32
    np.testing.assert_allclose(taught, expected, atol=tolerance)
    np.testing.assert_allclose(taught.sum(axis=1), 1, atol=1e-5)


def test_a_pupil_repeats_what_its_teachers_say_against_the_labels(
    tmp_path: Path, mnist: dict[str, Any], library: ModelLibrary, new_record: Any
) -> None:
    """Taught with false labels, it still answers as the teacher does, who knows the true ones."""
    truth = mnist["y_train"][:1200]
    chosen = np.flatnonzero(truth <= 1)
    images, labels = mnist["x_train"][chosen], truth[chosen]
    test = {"x_test": mnist["x_test"][:50], "y_test": mnist["y_test"][:50]}
    np.savez(tmp_path / "true.npz", x_train=images, y_train=labels, **test)
    np.savez(tmp_path / "false.npz", x_train=images, y_train=1 - labels, **test)
    settings: dict[str, Any] = {"epochs": 8, "batch_size": 32, "validation_share": 0.0, "augment": False}
    teacher = trained(TrainingSpec("quick", str(tmp_path / "true.npz"), name="Euler", **settings), library, new_record)
    false = TrainingSpec("quick", str(tmp_path / "false.npz"), teachers=("Euler",), seed=2, **settings)
    pupil = trained(false, library, new_record)

    def right(bundle: ModelBundle) -> float:
        from core.recognizer import CompiledModel

        return float(np.mean(CompiledModel(bundle.compiled_path).probabilities(images).argmax(axis=1) == labels))

    assert right(teacher) > 0.95
    assert right(pupil) > 0.95


def test_the_run_and_the_card_name_the_teachers_and_what_they_learned_from(
    teachers: list[ModelBundle], few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    record = new_record()
    names = ("ada", str(teachers[1].folder))
    ended = fit(TrainingSpec("quick", few_digits, epochs=1, seed=3, teachers=names), TrainingControl(), record, library)
    assert ended.outcome is Outcome.COMPLETED
    assert ended.model is not None
    [started] = record.of(RunStarted)
    assert "80 % of what is learned is what “Ada” and “Blaise” would answer." in started.material
    card = read_bundle(library.folder / ended.model).card
    assert card.settings["teachers_share"] == 0.8
    assert [teacher["name"] for teacher in card.data["teachers"]] == ["Ada", "Blaise"]
    assert [teacher["sha256"] for teacher in card.data["teachers"]] == [bundle.card.sha256 for bundle in teachers]
    assert [teacher["data"]["source"] for teacher in card.data["teachers"]] == [few_digits, few_digits]
    assert "teachers" not in teachers[0].card.data


def test_who_cannot_teach_is_said_in_a_sentence(
    teachers: list[ModelBundle], few_digits: str, library: ModelLibrary, new_record: Any
) -> None:
    def run(preset: str, teacher: str) -> None:
        spec = TrainingSpec(preset, few_digits, epochs=1, teachers=(teacher,))
        fit(spec, TrainingControl(), new_record(), library)

    before = sorted(library.folder.iterdir())
    with pytest.raises(ModelError, match="There is no model “nobody”"):
        run("quick", "nobody")
    with pytest.raises(TrainingError, match="it tells 10 kinds of drawing apart, not 11"):
        run("digitpad", teachers[0].slug)
    with pytest.raises(TrainingError, match="learns from labels alone"):
        run("dense", teachers[0].slug)
    (teachers[1].folder / "model.keras").write_bytes(b"no network")
    with pytest.raises(ModelError, match="damaged"):
        run("quick", teachers[1].slug)
    assert sorted(library.folder.iterdir()) == before
