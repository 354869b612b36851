"""The list of models, on real bundles in a library of its own."""

import shutil
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from core.models.bundles import file_hash
from core.models.card import CARD_FILE, Score, card_bytes
from core.models.library import COMPILED_FILE, KERAS_FILE, MODEL_FILES, ModelBundle, ModelLibrary
from gui.models.model_exports import EXPORTS
from gui.models.model_table import ACCURACY, NAME, facts_text
from gui.models.models_dialog import ModelsDialog
from gui.recognition.active_model import ActiveModel
from gui.system.background import join_background
from gui.system.destroying import destroy
from tests.gui.conftest import no_collector

Copy = Callable[[ModelLibrary, str], ModelBundle]


@pytest.fixture
def dialog(qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel, copy_model: Copy) -> Iterator[ModelsDialog]:
    """The list with the shipped model and “Mine”."""
    copy_model(library, "Mine")
    dialog = ModelsDialog(library, active_model)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    yield dialog
    join_background()
    dialog.close()
    destroy(dialog)


def rows(dialog: ModelsDialog) -> list[list[str]]:
    table = dialog.table
    return [[table.index(row, column).data() for column in range(6)] for row in range(table.rowCount())]


def names(dialog: ModelsDialog) -> list[str]:
    return [row[NAME] for row in rows(dialog)]


def button(dialog: ModelsDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def press(dialog: ModelsDialog, name: str) -> None:
    found = button(dialog, name)
    assert found.isVisible() and found.isEnabled(), name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def message(dialog: ModelsDialog) -> str:
    label = dialog.findChild(QLabel, "modelMessage")
    assert label is not None
    return label.text()


def test_it_says_what_there_is(dialog: ModelsDialog, small_model: ModelBundle) -> None:
    test = small_model.card.test
    assert test is not None
    shipped, mine = rows(dialog)
    assert (shipped[0], shipped[-1]) == ("DigitPad", "in use")
    assert (mine[0], mine[1], mine[2], mine[4], mine[5]) == (
        "Mine",
        f"{test.accuracy * 100:.2f} % of 10,000",
        "Dense",
        "118,282",
        "",
    )
    assert mine[3].startswith(small_model.card.created[:4])
    dialog.select("mine")
    facts = dialog.page.facts.text()
    assert f"{small_model.card.data['train_images']} training digits" in facts
    assert f"{test.mistakes:,} mistakes in 10,000" in facts


UCI = "UCI, Pen-Based Recognition of Handwritten Digits (Alpaydin, Alimoglu, 1998), CC BY 4.0"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": "MNIST", "train_images": 57000}, "57,000 training digits (MNIST) · "),
        ({"name": "MNIST", "train_images": 57000, "origins": {"data": 57000}}, "57,000 training digits (MNIST) · "),
        (
            {
                "name": "MNIST",
                "train_images": 102600,
                "origins": {"data": 57000, "synthesized": 28500, "no_digit": 17100},
            },
            "57,000 digits of MNIST, 28,500 synthesised, 17,100 non-digits · ",
        ),
        (
            {"name": "MNIST", "origins": {"data": 57000, "real_ink": 17980}, "real_ink": {"source": UCI}},
            f"57,000 digits of MNIST, real ink: {UCI} · ",
        ),
        (
            {"name": "MNIST", "train_images": 9, "teachers": [{}]},
            "9 training digits (MNIST), taught by another model · ",
        ),
        ({"name": "MNIST", "train_images": 9, "teachers": [1, 2]}, "9 training digits (MNIST), taught by 2 models · "),
        (
            {
                "name": "MNIST",
                "train_images": 9,
                "real_ink": {"source": "me"},
                "teachers": [{"ink_sources": ["me"]}, {"ink_sources": ["you", 3]}, {"ink_sources": "them"}],
            },
            "9 training digits (MNIST), real ink: me; you, taught by 3 models · ",
        ),
        ({"name": "MNIST", "train_images": 9, "teachers": "me"}, "9 training digits (MNIST) · "),
        (
            {"name": "mine", "train_images": 9, "start": {"name": "DigitPad", "ink_sources": ["me"]}},
            "9 training digits (mine), continued from “DigitPad”, real ink: me · ",
        ),
        (
            {"name": "mine", "train_images": 9, "start": {"name": "a\u202e\0b", "ink_sources": ["", " \u202e", "me"]}},
            "9 training digits (mine), continued from “a b”, real ink: me · ",
        ),
        (
            {"name": "mine", "train_images": 9, "start": {"name": ["a"]}},
            "9 training digits (mine), continued from “['a']” · ",
        ),
        ({"name": "mine", "train_images": 9, "start": "DigitPad"}, "9 training digits (mine) · "),
        ({"origins": {"data": [], "no_digit": None}}, "? digits of data of unknown origin, ? non-digits · "),
        ({"origins": "mine", "name": ["a\nb"]}, "? training digits ("),
        ({"name": "x" * 500, "train_images": 7}, f"7 training digits ({'x' * 119}…) · "),
    ],
)
def test_it_says_what_a_model_was_trained_with(small_model: ModelBundle, data: dict[str, object], said: str) -> None:
    facts = facts_text(replace(small_model, card=replace(small_model.card, data=data)))
    assert facts.startswith(said)


def test_where_the_real_ink_came_from_fits_the_dialog(dialog: ModelsDialog, small_model: ModelBundle) -> None:
    origins = {"data": 57000, "synthesized": 28500, "no_digit": 17100, "real_ink": 17980}
    data = {**small_model.card.data, "origins": origins, "real_ink": {"source": UCI}, "teachers": [{}, {}]}
    facts = dialog.page.facts
    dialog.page.show_facts(
        facts_text(replace(small_model, card=replace(small_model.card, data=data))), is_problem=False
    )
    assert UCI in facts.text()
    assert facts.heightForWidth(facts.width()) <= facts.height()


def test_a_worse_model_than_the_one_in_use_is_not_pressed_on_anybody(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, small_model: ModelBundle
) -> None:
    test = small_model.card.test
    assert test is not None
    dialog.select("mine")
    assert dialog.page.facts.text().endswith("as many mistakes as the model in use")
    assert button(dialog, "modelUse").property("primary") is True
    confusion = [list(row) for row in test.confusion]
    confusion[0][0], confusion[0][1] = confusion[0][0] - 50, confusion[0][1] + 50
    worse = replace(test, mistakes=test.mistakes + 50, accuracy=test.accuracy - 0.005, confusion=confusion)
    card = replace(small_model.card, name="Worse", test=worse)
    library.save(
        card, lambda folder: [shutil.copyfile(small_model.folder / name, folder / name) for name in MODEL_FILES]
    )
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.select("worse"))
    assert dialog.page.facts.text().endswith("50 more mistakes than the model in use")
    assert button(dialog, "modelUse").property("primary") is False
    press(dialog, "modelUse")
    assert not dialog.page.facts.text().endswith("the model in use")
    dialog.select("mine")
    assert dialog.page.facts.text().endswith("50 fewer mistakes than the model in use")
    assert button(dialog, "modelUse").property("primary") is True


def test_use(dialog: ModelsDialog, active_model: ActiveModel) -> None:
    dialog.select("mine")
    press(dialog, "modelUse")
    assert active_model.bundle is not None and active_model.bundle.slug == "mine"
    assert [row[-1] for row in rows(dialog)] == ["shipped", "in use"]
    assert not button(dialog, "modelUse").isEnabled()
    assert "in use" in message(dialog)


def test_the_shipped_model_is_neither_renamed_nor_deleted(dialog: ModelsDialog) -> None:
    dialog.select("digitpad")
    assert not button(dialog, "modelRename").isEnabled()
    assert not button(dialog, "modelDelete").isEnabled()
    assert button(dialog, "modelFolder").isEnabled()


def type_name(dialog: ModelsDialog, qtbot: QtBot, name: str) -> None:
    press(dialog, "modelRename")
    [editor] = dialog.page.view.findChildren(QLineEdit)
    editor.setText(name)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.wait(1)


def test_rename_in_the_list(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel
) -> None:
    active_model.use(library.find("mine"))
    dialog.select("mine")
    type_name(dialog, qtbot, "  Auntie's\thand ")
    qtbot.waitUntil(lambda: names(dialog) == ["DigitPad", "Auntie's hand"])
    assert library.find("mine").card.name == "Auntie's hand"
    assert active_model.bundle is not None and active_model.bundle.card.name == "Auntie's hand"


def test_a_name_of_nothing_is_refused(dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary) -> None:
    dialog.select("mine")
    type_name(dialog, qtbot, "   ")
    qtbot.waitUntil(lambda: message(dialog) == "A model needs a name.")
    assert library.find("mine").card.name == "Mine"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digit pad", "“DigitPad” is the model that comes with DigitPad: choose another name."),
        ("\u00a0oTher", "There is a model called “Other” already: choose another name, or rename that one first."),
    ],
)
def test_a_name_that_another_model_has_is_refused(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, copy_model: Copy, typed: str, said: str
) -> None:
    copy_model(library, "Other")
    qtbot.waitUntil(lambda: "Other" in names(dialog))
    dialog.select("mine")
    type_name(dialog, qtbot, typed)
    qtbot.waitUntil(lambda: message(dialog) == said)
    assert library.find("mine").card.name == "Mine"


def with_card(bundle: ModelBundle, **values: object) -> ModelBundle:
    """`bundle` with other values on its card, on the disk too."""
    changed = replace(bundle, card=replace(bundle.card, **values))  # type: ignore[arg-type]
    (bundle.folder / CARD_FILE).write_bytes(card_bytes(changed.card))
    return changed


def test_models_of_one_name_from_before_are_told_apart_and_stay_usable(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, copy_model: Copy, active_model: ActiveModel
) -> None:
    with_card(copy_model(library, "Second"), name="MINE")
    dialog.refresh()
    qtbot.waitUntil(lambda: sorted(names(dialog)) == ["DigitPad", "MINE (second)", "Mine (mine)"])
    dialog.select("second")
    press(dialog, "modelUse")
    assert active_model.bundle is not None and active_model.bundle.slug == "second"
    press(dialog, "modelDelete")
    assert dialog.page.question.text() == "Delete “MINE (second)” permanently?"


def test_accuracies_are_of_one_test_or_there_is_none(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, copy_model: Copy, small_model: ModelBundle
) -> None:
    """Four digits of one's own, all read right, are no 100 % beside thousands of MNIST."""
    common = small_model.card.test
    assert common is not None
    few = Score("a seventh of mine, kept out of training", 4, 0, 1.0, common.confusion)
    with_card(copy_model(library, "Four"), test=few)
    with_card(copy_model(library, "Both"), test=few, others=common)
    dialog.refresh()
    qtbot.waitUntil(lambda: len(names(dialog)) == 4)
    cells = {row[NAME]: row[ACCURACY] for row in rows(dialog)}
    right = f"{common.accuracy * 100:.2f} % of 10,000"
    assert cells == {"DigitPad": right, "Mine": right, "Four": "", "Both": right}
    for slug in ("four", "both"):
        dialog.select(slug)
        assert "no mistakes in 4 test digits (a seventh of mine, kept out of training)" in dialog.page.facts.text()
        assert "It was tested on only 4 digits: too few to tell which model is better." in dialog.page.facts.text()
        assert button(dialog, "modelUse").property("primary") is False


def test_where_names_are_cut_both_ends_are_seen(dialog: ModelsDialog) -> None:
    assert dialog.page.view.textElideMode() == Qt.TextElideMode.ElideMiddle


def test_a_question_does_not_keep_a_name_of_before(dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary) -> None:
    dialog.select("mine")
    press(dialog, "modelUse")
    assert message(dialog) == "“Mine” is in use."
    press(dialog, "modelDelete")
    ModelLibrary(library.folder, library.shipped).rename(library.find("mine"), "Yours")
    qtbot.waitUntil(lambda: "Yours" in names(dialog))
    assert not dialog.page.question.isVisible()
    assert message(dialog) == ""


def test_what_a_model_went_on_from_has_the_name_of_now(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, copy_model: Copy
) -> None:
    mine = library.find("mine")
    (mine.folder / KERAS_FILE).write_bytes(b"another network")
    mine = with_card(mine, sha256=mine.card.sha256 | {KERAS_FILE: file_hash(mine.keras_path)})
    start = {"name": "Mine", "sha256": mine.card.sha256[KERAS_FILE]}
    with_card(copy_model(library, "Pupil"), data={"name": "digits", "start": start})
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.select("pupil"))
    assert "continued from “Mine”" in dialog.page.facts.text()
    library.rename(mine, "Master")
    qtbot.waitUntil(lambda: "continued from “Master”" in dialog.page.facts.text())


def test_an_export_is_called_what_the_model_is_called_now(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (proposed.append(given[2]) or "", ""))
    library.rename(library.find("mine"), "14:05 Zoë")
    qtbot.waitUntil(lambda: "14:05 Zoë" in names(dialog))
    dialog.select("mine")
    menu = dialog.page.export.menu()
    assert menu is not None
    menu.actions()[0].trigger()
    assert proposed == ["14-05 Zoë.keras"]


def test_delete_asks_first(dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary) -> None:
    dialog.select("mine")
    press(dialog, "modelDelete")
    assert dialog.page.question.text() == "Delete “Mine” permanently?"
    press(dialog, "modelCancel")
    assert library.find("mine").card.name == "Mine"
    press(dialog, "modelDelete")
    press(dialog, "modelConfirm")
    qtbot.waitUntil(lambda: names(dialog) == ["DigitPad"])
    assert list(library.folder.iterdir()) == []


def test_the_question_is_dropped_when_another_model_is_selected(dialog: ModelsDialog, library: ModelLibrary) -> None:
    dialog.select("mine")
    press(dialog, "modelDelete")
    dialog.select("digitpad")
    assert not button(dialog, "modelConfirm").isVisible()


def test_deleting_the_model_in_use_falls_back_to_the_shipped_one(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel
) -> None:
    active_model.use(library.find("mine"))
    dialog.select("mine")
    press(dialog, "modelDelete")
    press(dialog, "modelConfirm")
    qtbot.waitUntil(lambda: names(dialog) == ["DigitPad"])
    assert active_model.bundle is not None and active_model.bundle.is_shipped


def test_a_damaged_model_says_why_and_can_only_be_deleted(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary
) -> None:
    (library.folder / "mine" / COMPILED_FILE).write_bytes(b"half of it")
    dialog.refresh()
    qtbot.waitUntil(lambda: names(dialog) == ["DigitPad", "mine"])
    dialog.select("mine")
    assert rows(dialog)[1][-1] == "cannot be used"
    assert "model.tflite" in dialog.page.facts.text()
    assert not button(dialog, "modelUse").isEnabled()
    assert not dialog.page.export.isEnabled()
    press(dialog, "modelDelete")
    press(dialog, "modelConfirm")
    qtbot.waitUntil(lambda: names(dialog) == ["DigitPad"])


def test_a_model_that_got_damaged_after_it_was_listed_is_not_used(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel
) -> None:
    dialog.select("mine")
    compiled = library.folder / "mine" / COMPILED_FILE
    compiled.write_bytes(compiled.read_bytes() + b"more")
    press(dialog, "modelUse")
    assert "is damaged" in message(dialog)
    assert active_model.bundle is not None and active_model.bundle.is_shipped
    dialog.refresh()
    qtbot.waitUntil(lambda: names(dialog) == ["DigitPad", "mine"])
    assert "is damaged" in message(dialog)


def test_a_list_far_longer_than_the_window_opens_with_all_models(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, copy_model: Copy
) -> None:
    for number in range(60):
        copy_model(library, f"Model {number:02}")
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 62)
    assert dialog.select("model-00")
    assert names(dialog)[0] == "DigitPad"
    widths = [dialog.page.view.columnWidth(column) for column in range(1, 6)]
    assert all(width >= dialog.page.view.sizeHintForColumn(column) for column, width in enumerate(widths, 1))


def test_it_follows_what_another_window_does(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, copy_model: Copy
) -> None:
    elsewhere = ModelLibrary(library.folder, library.shipped)
    new = copy_model(elsewhere, "From elsewhere")
    qtbot.waitUntil(lambda: sorted(names(dialog)) == ["DigitPad", "From elsewhere", "Mine"])
    elsewhere.rename(new, "Renamed")
    qtbot.waitUntil(lambda: "Renamed" in names(dialog))
    elsewhere.delete(new)
    qtbot.waitUntil(lambda: sorted(names(dialog)) == ["DigitPad", "Mine"])


def test_using_a_model_that_is_gone_by_now_changes_nothing(
    dialog: ModelsDialog, library: ModelLibrary, active_model: ActiveModel
) -> None:
    dialog.select("mine")
    (library.folder / "mine" / COMPILED_FILE).unlink()
    press(dialog, "modelUse")
    assert message(dialog).endswith(".")
    assert active_model.bundle is not None and active_model.bundle.is_shipped


@pytest.mark.parametrize(
    ("kind", "place", "files"),
    [
        ("keras", "mine", ["mine.keras"]),
        ("litert", "mine.tflite", ["mine.tflite"]),
        ("json", "", ["model-usage.txt", "model.json", "model.weights.h5"]),
    ],
)
def test_export(dialog: ModelsDialog, qtbot: QtBot, tmp_path: Path, kind: str, place: str, files: list[str]) -> None:
    folder = tmp_path / "exported"
    folder.mkdir()
    dialog.select("mine")
    dialog.export(kind, folder / place)
    assert not dialog.page.export.isEnabled()  # one at a time
    qtbot.waitUntil(lambda: message(dialog).startswith("Exported to"), timeout=60_000)
    assert sorted(path.name for path in folder.iterdir()) == files
    assert "28×28 pixels from 0 to 1" in message(dialog) and "white digit on black" in message(dialog)
    assert dialog.page.export.isEnabled()


@pytest.fixture
def older_export(tmp_path: Path) -> Path:
    """A folder that holds an exported model already."""
    folder = tmp_path / "exported"
    folder.mkdir()
    (folder / "model.json").write_text("an older export")
    return folder


def test_an_export_into_a_folder_with_another_asks_first(
    dialog: ModelsDialog, qtbot: QtBot, older_export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(older_export))
    dialog.select("mine")
    dialog.page.export_chosen.emit("json")
    assert dialog.page.question.text() == "Replace model.json in “exported”?"
    with qtbot.waitSignal(dialog.table.modelReset):
        dialog.refresh()  # as it happens when the window comes back after the file dialog
    press(dialog, "modelCancel")
    assert not dialog._export.is_busy()
    assert (older_export / "model.json").read_text() == "an older export"
    dialog.page.export_chosen.emit("json")
    press(dialog, "modelConfirm")
    qtbot.waitUntil(lambda: message(dialog).startswith("Exported to"), timeout=60_000)
    assert "an older export" not in (older_export / "model.json").read_text()
    assert library_holds(dialog, "mine")  # the question was about the export, not about deleting


def test_what_nobody_was_asked_about_is_not_replaced(
    dialog: ModelsDialog, older_export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(older_export))
    dialog.select("mine")
    dialog.page.export_chosen.emit("json")
    (older_export / "model.weights.h5").write_text("came while the question was there")
    press(dialog, "modelConfirm")
    assert not dialog._export.is_busy()
    assert dialog.page.question.text() == "Replace model.json and model.weights.h5 in “exported”?"


def library_holds(dialog: ModelsDialog, slug: str) -> bool:
    return any(isinstance(entry, ModelBundle) and entry.slug == slug for entry in dialog._library.entries())


def test_a_name_without_its_suffix_does_not_slip_past_the_question(
    dialog: ModelsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.keras").write_text("an older export")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(tmp_path / "mine"), ""))
    dialog.select("mine")
    dialog.page.export_chosen.emit("keras")
    assert dialog.page.question.text().startswith("Replace mine.keras in")
    press(dialog, "modelCancel")
    assert (tmp_path / "mine.keras").read_text() == "an older export"


def test_a_file_that_the_file_dialog_has_asked_about_is_not_asked_about_again(
    dialog: ModelsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.keras").write_text("an older export")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(tmp_path / "mine.keras"), ""))
    dialog.select("mine")
    dialog.page.export_chosen.emit("keras")
    qtbot.waitUntil(lambda: message(dialog).startswith("Exported to"), timeout=60_000)
    assert (tmp_path / "mine.keras").read_bytes() != b"an older export"


@pytest.mark.parametrize("kind", ["keras", "json"])
def test_closing_during_an_export_leaves_it_whole_or_not_at_all(
    dialog: ModelsDialog, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "exported"
    folder.mkdir()
    dialog.select("mine")
    dialog.export(kind, folder / "mine.keras" if kind == "keras" else folder)
    assert join_background(60_000)
    written = sorted(path.name for path in folder.iterdir())
    assert written in ([], ["mine.keras"] if kind == "keras" else ["model-usage.txt", "model.json", "model.weights.h5"])


def test_a_name_that_looks_like_html_is_shown_as_it_is(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary
) -> None:
    library.rename(library.find("mine"), "<b>Mine</b>")
    dialog.refresh()
    qtbot.waitUntil(lambda: "<b>Mine</b>" in names(dialog))
    row = names(dialog).index("<b>Mine</b>")
    assert "&lt;b&gt;Mine" in dialog.table.index(row, NAME).data(Qt.ItemDataRole.ToolTipRole)
    dialog.select("mine")
    press(dialog, "modelUse")
    assert dialog.page.message.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;b&gt;Mine" in dialog.page.message.toolTip()


def test_an_export_that_cannot_be_written_says_so(dialog: ModelsDialog, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    dialog.select("mine")
    dialog.export("keras", tmp_path / "file" / "mine.keras")
    qtbot.waitUntil(lambda: message(dialog).startswith("Cannot save"), timeout=60_000)


@pytest.mark.parametrize("kind", list(EXPORTS))
def test_a_model_that_got_damaged_after_it_was_listed_is_not_exported(
    dialog: ModelsDialog, qtbot: QtBot, library: ModelLibrary, tmp_path: Path, kind: str
) -> None:
    dialog.select("mine")
    for path in (library.find("mine").keras_path, library.find("mine").compiled_path):
        path.write_bytes(path.read_bytes() + b"more")
    dialog.export(kind, tmp_path / "exported")
    qtbot.waitUntil(lambda: "is damaged" in message(dialog), timeout=60_000)
    assert not list(tmp_path.glob("exported*"))


def test_a_library_that_cannot_be_listed_is_told(
    qtbot: QtBot, library: ModelLibrary, active_model: ActiveModel
) -> None:
    library.folder.symlink_to(library.folder)  # which leads nowhere
    dialog = ModelsDialog(library, active_model)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.page.facts.text().startswith(f"The models in {library.folder} cannot be read: "))
    assert dialog.page.facts.property("problem")
    library.folder.unlink()
    dialog.refresh()
    qtbot.waitUntil(lambda: names(dialog) == ["DigitPad"])
    assert "cannot be read" not in dialog.page.facts.text()
    assert not dialog.page.facts.property("problem")
    assert join_background()


def test_the_keyboard_reaches_everything(dialog: ModelsDialog, qtbot: QtBot) -> None:
    dialog.select("mine")
    dialog.page.view.setFocus()
    reached = set()
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    wanted = {"modelList", "modelUse", "modelRename", "modelDelete", "modelFolder", "modelExport", "modelsClose"}
    assert wanted <= reached


def ask_nothing(dialog: ModelsDialog, folder: Path) -> None:
    pass


def ask_to_delete(dialog: ModelsDialog, folder: Path) -> None:
    press(dialog, "modelDelete")
    assert dialog.page.question.isVisible()


def ask_to_export(dialog: ModelsDialog, folder: Path) -> None:
    (folder / "model.json").write_text("an older export")
    dialog.export_carefully("json", folder)
    assert dialog.page.question.isVisible()


@pytest.mark.parametrize("ask", [ask_nothing, ask_to_delete, ask_to_export])
def test_a_closed_list_leaves_nothing_to_the_collector(
    qtbot: QtBot,
    library: ModelLibrary,
    active_model: ActiveModel,
    copy_model: Copy,
    tmp_path: Path,
    ask: Callable[[ModelsDialog, Path], None],
) -> None:
    """It would destroy what the list holds in whatever thread it runs in, and Qt crashes then."""

    def open_and_close() -> weakref.ref[ModelsDialog]:
        dialog = ModelsDialog(library, active_model)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.select("mine"))
        ask(dialog, tmp_path)
        assert join_background()
        dialog.close()
        destroy(dialog)
        return weakref.ref(dialog)

    copy_model(library, "Mine")
    with no_collector():
        assert open_and_close()() is None
