"""The options of a training: all of a specification, as the command line takes them."""

from dataclasses import fields

import pytest

from core.commands.parser import make_parser
from core.training.options import OPTIONS, spec_from
from core.training.spec import TrainingSpec

GIVEN = {
    "preset": (["--preset", "quick"], "quick"),
    "data": (["--data", "mnist:500"], "mnist:500"),
    "epochs": (["--epochs", "3"], 3),
    "batch_size": (["--batch-size", "1,000"], 1000),
    "learning_rate": (["--learning-rate", "1e-3"], 0.001),
    "validation_share": (["--validation", "20 %"], 0.2),
    "augment": (["--no-augment"], False),
    "seed": (["--seed", "7"], 7),
    "ink": (["--ink", "ink.json", "--ink-source", "Ada, CC0"], "ink.json"),
    "ink_source": (["--ink", "ink.json", "--ink-source", "Ada, CC0"], "Ada, CC0"),
    "start": (["--start", "mine"], "mine"),
    "teachers": (["--teacher", "one", "--teacher", "two"], ("one", "two")),
    "synthesize": (["--no-synthesis"], False),
    "engine": (["--engine", "float32"], "float32"),
    "name": (["--name", "Mine"], "Mine"),
}


def test_every_field_of_a_specification_is_an_option() -> None:
    assert {option.field for option in OPTIONS} == {field.name for field in fields(TrainingSpec)} == set(GIVEN)


def test_what_is_not_given_is_left_as_it_is() -> None:
    assert spec_from(vars(make_parser().parse_args(["train"]))) == TrainingSpec()


@pytest.mark.parametrize("field", GIVEN)
def test_the_command_line_sets_each_field(field: str) -> None:
    arguments, value = GIVEN[field]
    spec = spec_from(vars(make_parser().parse_args(["train", *arguments])))
    assert getattr(spec, field) == value
    changed = {"ink", "ink_source"} if field.startswith("ink") else {field}
    assert {name for name in GIVEN if getattr(spec, name) != getattr(TrainingSpec(), name)} == changed
