"""Going on from the model in use: what the form offers, and how the next run begins."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
)

from core.models.library import ModelBundle, ModelLibrary
from core.training.events import (
    Event,
    StageBegan,
)
from core.training.presets import PRESETS
from core.wording.run_messages import Stage
from tests.gui.train.conftest import Gate, Page


def test_a_run_can_go_on_from_the_model_in_use(page: Page, few_digits: str) -> None:
    go_on = page.find(QCheckBox, "trainGoOn")
    epochs, rate = page.find(QSpinBox, "trainEpochs"), page.find(QDoubleSpinBox, "trainLearningRate")
    page.choose("dense", few_digits, epochs=3)
    assert go_on.text() == "Continue from “DigitPad”"
    assert (go_on.isEnabled(), go_on.isChecked()) == (True, False)
    go_on.click()
    assert (epochs.value(), rate.value()) == (3, PRESETS["dense"].learning_rate / 4)
    page.find(QLineEdit, "trainName").setText("Mine")
    material: list[str] = []
    page.tab.shown.connect(lambda event: material.append(page.text("trainMaterial")))
    page.press("trainStart")
    page.until_ended()
    assert any(text.startswith("It continues from “DigitPad”.") for text in material)
    read = "On MNIST's test set, it reads "
    assert page.text("trainMaterial").startswith(read)
    [slug] = page.own_models()
    new = page.library.find(slug)
    old = page.library.shipped_bundle()
    assert new.card.data["start"]["sha256"] == old.card.sha256["model.keras"]
    page.press("trainUse")
    assert page.find(QLineEdit, "trainName").text() == "", "the next model is not called the same unasked"
    assert go_on.text() == "Continue from “Mine”"
    assert Path(page.tab.form.spec().start) == new.folder, "the next run does not begin with nothing unasked"
    go_on.click()
    assert page.tab.form.spec().start == ""
    assert (epochs.value(), rate.value()) == (3, PRESETS["dense"].learning_rate)


def test_going_on_leaves_what_was_chosen(page: Page, few_digits: str) -> None:
    go_on, rate = page.find(QCheckBox, "trainGoOn"), page.find(QDoubleSpinBox, "trainLearningRate")
    page.choose("dense", few_digits, epochs=7)
    rate.setValue(0.002)
    for _ in range(2):
        go_on.click()
        assert (page.find(QSpinBox, "trainEpochs").value(), rate.value()) == (7, 0.002)


def test_from_another_network_no_run_goes_on(
    page: Page, copy_model: Callable[[ModelLibrary, str], ModelBundle]
) -> None:
    go_on = page.find(QCheckBox, "trainGoOn")
    preset = page.find(QComboBox, "trainPreset")
    preset.setCurrentIndex(preset.findData("quick"))
    assert not go_on.isEnabled()
    why = "“DigitPad” is another kind of network. To continue from one of this kind, use that first (Models…)."
    assert go_on.toolTip().split() == why.split()
    preset.setCurrentIndex(preset.findData("dense"))
    named = copy_model(page.library, f"<b>R&D</b> {'m' * 48}")
    page.model.use(named)
    go_on.click()
    assert go_on.text().startswith("Continue from “<b>R&&D") and "…" in go_on.text() and go_on.text().endswith("mm”")
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in go_on.toolTip()
    assert go_on.width() <= page.tab.form.width()
    assert page.tab.form.spec().start == str(named.folder)
    preset.setCurrentIndex(preset.findData("quick"))
    assert (go_on.isEnabled(), go_on.isChecked(), page.tab.form.spec().start) == (False, False, "")
    assert page.find(QSpinBox, "trainEpochs").value() == PRESETS["quick"].epochs


def test_the_form_shows_how_the_run_under_way_was_started(
    page: Page,
    few_digits: str,
    hold: Callable[[Callable[[Event], bool]], Gate],
    copy_model: Callable[[ModelLibrary, str], ModelBundle],
) -> None:
    go_on = page.find(QCheckBox, "trainGoOn")
    page.choose("dense", few_digits, epochs=1)
    go_on.click()
    gate = hold(lambda event: event == StageBegan(Stage.READING_DIGITS))
    page.press("trainStart")
    page.until(gate.reached.is_set)
    page.model.use(copy_model(page.library, "Other"))
    assert (go_on.text(), go_on.isChecked()) == ("Continue from “DigitPad”", True)
    gate.open.set()
    page.until_ended()
    assert (go_on.text(), go_on.isChecked()) == ("Continue from “Other”", True)
