"""The page of the user's own digits can be seen whole, or scrolled to, in small windows and with large texts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.pad.content import PictureInk
from core.recognition.recommendation import Recommendation
from core.recognition.sample_check import SampleCheck
from core.samples.sample import NewSample
from core.settings import SettingsFile
from core.training.teaching import ChangedSample, Comparison, Taught
from core.wording.model_messages import NotRecommended
from gui.digits.digits_tab import DigitsTab
from gui.digits.filter_bar import FilterBar
from gui.recognition.active_model import ActiveModel
from gui.recognition.my_digits import MyDigits
from gui.system.destroying import destroy
from gui.widgets.theme import use_text_scale
from tests.gui.fitting import faults, tab_faults
from tests.gui.test_fitting import ROOMS

LONG_NAME = "Maria Antonia Ferreira Sonnenschein of class 7b, left-handed"


@pytest.fixture
def digits(tmp_path: Path, qapp: QApplication) -> Iterator[MyDigits]:
    digits = MyDigits(tmp_path / "mine" / "digits.sqlite", SettingsFile(tmp_path / "settings.json"))
    yield digits
    digits.close()
    destroy(digits)


@pytest.fixture
def page(qtbot: QtBot, digits: MyDigits, active_model: ActiveModel, tmp_path: Path) -> DigitsTab:
    page = DigitsTab(digits, active_model, SettingsFile(tmp_path / "other.json"))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.mark.parametrize(("scale", "width", "height"), ROOMS)
def test_the_page_fits(
    page: DigitsTab, digits: MyDigits, mnist: dict[str, Any], scale: float, width: int, height: int
) -> None:
    """Empty, with digits of writers with long names, with pairs that disagree, and with a verdict."""
    use_text_scale(scale)
    page.resize(width, height)

    def keep() -> None:
        digits.set_writer(LONG_NAME)
        for number in range(40):
            image = mnist["x_test"][number]
            label, writer = int(mnist["y_test"][number]), "" if number % 2 else LONG_NAME
            digits.store.keep(NewSample(label, PictureInk(image), image, writer=writer))
        page.refresh()

    def disagree() -> None:
        page.check.result = SampleCheck({1: 3}, tuple((n, n + 1) for n in range(1, 30, 2)))
        page.check.changed.emit()

    def end_teaching() -> None:
        changed = tuple(ChangedSample(number, 7, 1, 7) for number in range(1, 12))
        own, others = Comparison(40, 30, 39), Comparison(10_000, 9_966, 9_965)
        reason = Recommendation(False, NotRecommended.TESTS_CHANGED())
        verdict = NotRecommended.TESTS_CHANGED()
        page.teach._show_event(Taught("mine", LONG_NAME, own, others, changed, reason, verdict, 19.0))
        page.teach._end()
        page.teach.show_changed.click()

    for change in (lambda: None, keep, page.view.selectAll, disagree, page.page.writer.add.click, end_teaching):
        change()
        assert faults(page) == []
        assert page.size() == QSize(width, height)
    page.page.writer.leave.click()
    first = page.findChild(FilterBar)
    assert first is not None
    assert tab_faults(page, first.labels.buttons()[0]) == []
