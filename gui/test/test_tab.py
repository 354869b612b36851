"""Test: how good a model is, on which digits, and every mistake that it makes."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.judging.disputed import DisputedLabels
from core.judging.model_tests import JudgedModel, ModelTest, Places
from core.judging.robustness import Robustness
from core.pad.content import PictureInk
from core.settings import SettingsFile
from gui.models.model_listing import ModelListing
from gui.recognition.active_model import ActiveModel
from gui.recognition.my_digits import MyDigits
from gui.system.timers import single_shot
from gui.test.model_box import Entry
from gui.test.report_files import ReportFiles
from gui.test.test_page import TestPage
from gui.test.test_runs import Chosen, TestRuns
from gui.test.tested_digit import TestedDigit
from gui.train.data_drops import DataDrops

LOOK_DELAY_MS = 250


class TestTab(QWidget):
    """Tests what is chosen, and shows the result. What was measured before is shown as soon as it is chosen.

    Signals
    -------
    put_on_pad
        `(content, digit)`: the ink of a digit that is to be on the pad, and what it is and was read as, a
        `TestedDigit`.
    problem, information
        A sentence for the user.
    """

    put_on_pad = Signal(object, object)
    problem = Signal(str)
    information = Signal(str)

    def __init__(
        self,
        model: ActiveModel,
        digits: MyDigits,
        settings: SettingsFile,
        tests: Path,
        parent: QWidget | None = None,
    ) -> None:
        """`tests` is the folder for tests of models that are not the user's own, and for disputed labels."""
        super().__init__(parent)
        self._model = model
        self._tests = tests
        self._follows_used = True
        self._asked: Chosen | None = None
        self.test: ModelTest | None = None
        self.damages: list[tuple[JudgedModel, Robustness]] = []
        self.runs = TestRuns(Places(model.library.folder, digits.path, tests), self)
        self.page = TestPage(model.library)
        self.page.choice.data.path.setText(settings.values.own_data)
        self.files = ReportFiles(settings, self)
        self._listing = ModelListing(model.library, self)
        self._disputed: DisputedLabels | None = None
        self._look = single_shot(self, self._look_for_kept, LOOK_DELAY_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._connect(digits)
        self._explain()

    def begin(self) -> None:
        """Test what is chosen."""
        chosen = self._chosen()
        if chosen is None:
            return
        if chosen != self._asked:
            self._take_test(None)  # what is shown is of another choice
        self._asked = chosen
        self.runs.test(chosen)

    def stop(self) -> None:
        """End what is under way; nothing of it is kept."""
        self.runs.cancel()
        self.page.run.say(self.tr("Stopped."))

    # --- the choice -----------------------------------------------------------------------------------------

    def _chosen(self) -> Chosen | None:
        choice = self.page.choice
        model = choice.model.bundle()
        if model is None or choice.problem():
            return None
        return Chosen(choice.data.source(), model, choice.other.bundle())

    def _take_entries(self, entries: list[Entry]) -> None:
        choice, before = self.page.choice, self._chosen()
        with QSignalBlocker(choice):
            for box in (choice.model, choice.other):
                box.show_entries(entries)
            if self._follows_used and self._model.bundle is not None:
                choice.model.choose(self._model.bundle)
        if self._chosen() != before:
            self._change_choice()

    def _keep_choice(self) -> None:
        """Somebody chose a model: from now on it stays, whatever model is in use."""
        self._follows_used = False

    def _change_choice(self) -> None:
        """Another choice ends the test of what was chosen before."""
        if self.runs.cancel():
            self._asked = None
        self._explain()
        self._look.start()

    def _explain(self) -> None:
        problem = self.page.choice.problem()
        self.page.run.start.setEnabled(not problem)
        if not self.runs.is_busy:
            hint = self.tr("Tests the model on these digits, and shows every mistake.") if self.test is None else ""
            self.page.run.say(problem or hint)

    def _look_for_kept(self) -> None:
        """Show what is kept of what is chosen now; an old result would seem to be of it."""
        chosen = self._chosen()
        if chosen == self._asked or self.runs.is_busy or not self.isVisible():
            return
        self._asked = chosen
        if chosen is None or self.page.choice.data.is_file:  # which may take long to read
            self._take_test(None)
        else:
            self.runs.look(chosen)

    def _show_doing(self) -> None:
        self.page.run.show_doing(self.runs.doing)
        self.page.damage.start.setEnabled(not self.runs.is_busy)
        self._explain()

    def _say_problem(self, sentence: str) -> None:
        self.page.run.say(sentence, tone="bad")

    # --- the result -----------------------------------------------------------------------------------------

    def _take_test(self, test: ModelTest | None) -> None:
        self.test, self.damages, self._disputed = test, [], None
        self.page.show_result(is_there=test is not None)
        self._explain()
        if test is not None:
            self._show_test(test)

    def _show_test(self, test: ModelTest) -> None:
        self._disputed = DisputedLabels(self._tests, test.fingerprint, len(test.digits))
        page = self.page
        page.result.show_test(test, self._disputed)
        page.confusion.show_test(test)
        page.gallery.show_test(test, self._disputed)
        page.confidence.show_test(test)
        page.damage.show_test(test)

    def _take_damages(self, found: list[tuple[JudgedModel, Robustness]]) -> None:
        self.damages = found
        self.page.damage.show_found(found)

    def _begin_damage(self) -> None:
        if self.test is not None and not self.runs.is_busy:
            self.runs.damage(self.test)

    def _show_disputed(self) -> None:
        if self.test is not None and self._disputed is not None:
            self.page.result.show_disputed(self.test, self._disputed)

    def _show_cell(self, truth: int, guess: int) -> None:
        self.page.gallery.show_cell(truth, guess)

    def _put(self, place: int) -> None:
        test = self.test
        if test is not None:
            digit = TestedDigit.of(test, place)
            self.put_on_pad.emit(PictureInk(digit.image, digit.name), digit)

    def _save(self, suffix: str) -> None:
        if self.test is not None and self._disputed is not None:
            self.files.ask_and_save(suffix, self.test, self._disputed, self.damages)

    def _take_saved(self) -> None:
        """A threshold was saved: with the model, whose card is read again, or with a copy, which is new."""
        self._listing.refresh()

    def _take_kept(self) -> None:
        """The user's digits have changed."""
        if self._asked is not None and self._asked.source == "digits" and not self.runs.is_busy:
            self._asked = None
            self._look.start()

    def _connect(self, digits: MyDigits) -> None:
        page, choice = self.page, self.page.choice
        self._listing.listed.connect(self._take_entries)
        self._listing.failed.connect(self._say_problem)
        choice.changed.connect(self._change_choice)
        choice.model.activated.connect(self._keep_choice)
        page.run.start.clicked.connect(self.begin)
        page.run.stop.clicked.connect(self.stop)
        self.runs.changed.connect(self._show_doing)
        self.runs.progressed.connect(page.run.show_progress)
        self.runs.tested.connect(self._take_test)
        self.runs.damaged.connect(self._take_damages)
        self.runs.problem.connect(self._say_problem)
        digits.changed.connect(self._take_kept)
        page.confusion.cell_chosen.connect(self._show_cell)
        page.gallery.chosen.connect(self._put)
        page.gallery.disputed.connect(self._show_disputed)
        page.gallery.problem.connect(self.problem)
        page.damage.wanted.connect(self._begin_damage)
        page.result.save_requested.connect(self._save)
        for part in (page.confidence, self.files):
            part.problem.connect(self.problem)
            part.information.connect(self.information)
        page.confidence.saved.connect(self._take_saved)
        drops = DataDrops(self)
        drops.dropped.connect(choice.data.take)
        drops.refused.connect(self.problem)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and self.isActiveWindow():
            self._listing.refresh()  # models may have come, gone or been renamed
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._listing.refresh()
        self._look.start()
