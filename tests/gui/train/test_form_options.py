"""The form offers the options of a training that the command line has, each in a widget that can be found."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.training.options import OPTIONS, Option
from gui.train.form import TrainForm

ONLY_ON_THE_COMMAND_LINE = {"ink", "ink_source", "teachers"}


@pytest.fixture
def form(qtbot: QtBot) -> TrainForm:
    form = TrainForm()
    qtbot.addWidget(form)
    return form


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.field)
def test_each_option_has_its_widget(form: TrainForm, option: Option) -> None:
    assert option.widget or option.field in ONLY_ON_THE_COMMAND_LINE
    assert not option.widget or form.findChild(QWidget, option.widget) is not None


def test_the_form_fills_no_other_fields(form: TrainForm) -> None:
    spec = form.spec()
    assert all(not getattr(spec, field) for field in ONLY_ON_THE_COMMAND_LINE)
