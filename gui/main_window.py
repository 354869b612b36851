"""The window: its pages, menus, status bar, and what happens when it is closed."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from core.models.library import ModelLibrary
from core.settings import SCHEMES, SettingsFile
from core.system.crash_log import Crash
from core.system.paths import AppPaths
from gui.digits.teach_hint import TeachHint
from gui.draw.draw_tab import ENTER, DrawTab
from gui.menus import Menus
from gui.pad.document import PadDocument
from gui.pad.recovery import Recovery
from gui.recognition.active_model import ActiveModel
from gui.recognition.instant_corrections import ENGINE, InstantCorrections
from gui.recognition.keeping import Keeping
from gui.recognition.live_evidence import LiveEvidence
from gui.recognition.live_recognition import LiveRecognition
from gui.recognition.model_label import ModelLabel
from gui.recognition.my_digits import MyDigits
from gui.start_notice import show_start_notice
from gui.system.idle_steps import IdleSteps
from gui.system.turn import Turn
from gui.system.window_geometry import restore_geometry
from gui.widgets.theme import use_scheme, use_text_scale
from gui.window_pages import SharedParts, WindowPages

if TYPE_CHECKING:
    from core.pad.content import Content
    from gui.digits.digits_tab import DigitsTab
    from gui.inside.inside_tab import InsideTab
    from gui.pad.files import PadFiles
    from gui.test.test_tab import TestTab
    from gui.test.tested_digit import TestedDigit
    from gui.train.train_tab import TrainTab

FIRST_SIZE = QSize(1180, 800)
QUIET_WAIT_MS = 5_000


class MainWindow(QMainWindow):
    """The pages, menus and status bar, put together. The parts are public, so that tests and scripts can reach them.

    What drawing does not need is made once the window is up, or when it is first asked for.
    """

    def __init__(
        self, paths: AppPaths, library: ModelLibrary, settings: SettingsFile, crash: Crash | None = None
    ) -> None:
        """`crash` is how DigitPad ended last time, if it crashed."""
        super().__init__()
        self.setWindowTitle("DigitPad")
        self._settings = settings
        use_text_scale(settings.values.text_scale)  # first: widgets that exist already would be styled twice
        if settings.values.scheme != SCHEMES[0]:
            use_scheme(settings.values.scheme)
        self._paths = paths
        self._closes_quietly = False
        self.library = library
        self.turn = Turn(self)
        self.document = PadDocument(self)
        self.model = ActiveModel(library, settings, self)
        self.recognition = LiveRecognition(self.document, self.model, self)
        self.recovery = Recovery(self.document, paths.recovery, self)
        self.my_digits = MyDigits(paths.digits, settings, self)
        self.corrections = InstantCorrections(self.document, self.model, self.my_digits, self)
        self.keeping = Keeping(self.document, self.recognition, self.model, self.my_digits, self)
        self.teach_hint = TeachHint(self.keeping, self.my_digits, settings, self)
        self.evidence = LiveEvidence(self.model, self)
        self.draw_tab = DrawTab(self.document, self.recognition, self.keeping, self.my_digits, self.evidence)
        self._files: PadFiles | None = None
        self._pages = self._make_pages()
        self.tabs, self.notice = self._pages.tabs, self._pages.notice
        self.setCentralWidget(self.tabs)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(ModelLabel(self.model), 1)
        pad = self.draw_tab
        self._menus = Menus(self, pad.actions_by_name, pad.keep_actions.in_order, settings.values.scheme)
        self._connect()
        self._restore(crash)
        self._later = self._make_later()

    def _make_pages(self) -> WindowPages:
        shared = SharedParts(
            *(self._paths, self.library, self._settings, self.document, self.model, self.recognition),
            *(self.my_digits, self.turn),
        )
        pages = WindowPages(shared, self.draw_tab, self.statusBar())
        pages.put_on_pad.connect(self.put_on_pad)
        pages.tested_put_on_pad.connect(self.put_tested_on_pad)
        pages.pad_wanted.connect(self.show_pad)
        pages.dropped.connect(self._drop_on_pad)
        return pages

    def _connect(self) -> None:
        self.draw_tab.canvas.dropped.connect(lambda data: self.files.drop(data))
        self.draw_tab.sample_chosen.connect(self.show_sample)
        later = Qt.ConnectionType.QueuedConnection  # undo may cause a problem, and hides what is said meanwhile
        self.my_digits.problem.connect(self.notice.show_problem, later)
        self.teach_hint.hinted.connect(self.notice.show_offer)
        self.notice.followed.connect(self.show_teaching)
        self.model.problem.connect(self.notice.show_problem)
        self.recovery.problem.connect(self.notice.show_problem)
        self.document.undo_stack.indexChanged.connect(self.notice.hide_outdated)
        self.document.changed.connect(self._offer_ink)
        self._connect_menus(self._menus)

    def _connect_menus(self, menus: Menus) -> None:
        menus.open_requested.connect(lambda: self.files.ask_and_open())
        menus.save_requested.connect(lambda: self.files.ask_and_save())
        menus.copy_requested.connect(lambda: self.files.copy())
        menus.paste_requested.connect(self.paste_on_pad)
        menus.quit_requested.connect(self.close)
        menus.models_requested.connect(lambda: self.train_tab.show_models())
        menus.how_to_requested.connect(self.show_how_to)
        menus.about_requested.connect(self.show_about)
        menus.full_screen_requested.connect(self.turn_full_screen)
        menus.scheme_chosen.connect(self.choose_scheme)
        menus.text_scale_chosen.connect(self.scale_text)

    # --- made later ------------------------------------------------------------------------------------

    @property
    def files(self) -> "PadFiles":
        """Opens and saves drawings and pictures."""
        if self._files is None:
            from gui.pad.files import PadFiles
            from gui.pad.pad_covers import PadCovers
            from gui.train.training_offer import TrainingOffer

            model, recognition = self.model, self.recognition
            self._files = PadFiles(
                self.document, self._settings, self, model.twin_maker, lambda: recognition.reading.text
            )
            covers = PadCovers(self.draw_tab.canvas, self.document, self._files)
            self.keeping.page_digit_wanted.connect(covers.select)
            covers.page_looked_at.connect(self.draw_tab.look_at_page)
            covers.page_closed.connect(self.draw_tab.look_at_pad)
            self._files.problem.connect(self.notice.show_problem)
            self._files.information.connect(self.notice.show_information)
            self._files.waiting.connect(self._forget_notice)
            offer = TrainingOffer(self)
            offer.accepted.connect(self._take_data)
            self._files.data_found.connect(offer.ask)
        return self._files

    @property
    def inside_tab(self) -> "InsideTab":
        """The page that shows what happens inside the network."""
        return self._pages.inside.page

    @property
    def digits_tab(self) -> "DigitsTab":
        """The page of the user's own digits."""
        return self._pages.digits.page

    @property
    def train_tab(self) -> "TrainTab":
        """The training page."""
        return self._pages.train.page

    @property
    def test_tab(self) -> "TestTab":
        """The page of tests."""
        return self._pages.test.page

    def _make_later(self) -> IdleSteps:
        opening = [partial(import_module, name) for name in ("gui.pad.files", "core.training.spec")]
        mine: list[Callable[[], object]] = [self.my_digits.look, partial(import_module, ENGINE)]
        steps: list[Callable[[], object]] = [*mine, *opening, *self._pages.steps()]
        later = IdleSteps(steps, lambda: self.document.is_drawing, self)
        self.document.changed.connect(later.put_off)  # the next stroke may follow soon
        return later

    def _restore(self, crash: Crash | None) -> None:
        """Restore the window's geometry, the pen, the model in use and what a crash left behind."""
        values = self._settings.values
        restore_geometry(self, values.window, FIRST_SIZE)
        self.draw_tab.set_pen_width(values.pen_width)
        show_start_notice(self.notice, self.recovery, self._paths, crash)
        self.model.load()  # last: its problems are the most important
        self._offer_ink()
        self.draw_tab.canvas.setFocus()

    # --- what the menus and signals ask for ----------------------------------------------------------------

    def _forget_notice(self, opened: str) -> None:
        """What is being opened makes a notice about the last file outdated."""
        if opened:
            self.notice.hide()

    def _offer_ink(self) -> None:
        self._menus.offer_ink(has_ink=not self.document.is_blank)

    def paste_on_pad(self) -> None:
        """Paste on the pad, and show the drawing page."""
        self.tabs.setCurrentWidget(self.draw_tab)
        self.files.paste()

    def show_pad(self) -> None:
        """Show the drawing page, with the focus on the pad."""
        self.tabs.setCurrentWidget(self.draw_tab)
        self.draw_tab.canvas.setFocus()

    def put_on_pad(self, content: "Content") -> None:
        """Put ink on the pad, which can be undone, and show it."""
        self.show_pad()
        self.document.open(content)

    def put_tested_on_pad(self, content: "Content", digit: "TestedDigit") -> None:
        """Put a digit of a test on the pad, and show what speaks for the answer rather than for what it is."""
        self.put_on_pad(content)
        self.recognition.answer_now()  # else it would be compared with the answer for what was there before
        self.evidence.switch(True)
        self.evidence.compare_with(digit.label)

    def _drop_on_pad(self, data: QMimeData) -> None:
        """Open what was dropped on the pad of another page; the drawing page may have to show more of it."""
        self.show_pad()
        self.files.drop(data)

    def show_sample(self, sample: int) -> None:
        """Show one of the user's own digits on their page."""
        self.tabs.setCurrentWidget(self.digits_tab)
        self.digits_tab.select([sample])

    def show_teaching(self) -> None:
        """Show where DigitPad learns the user's own digits."""
        self.tabs.setCurrentWidget(self.digits_tab)
        self.digits_tab.show_teaching()

    def _take_data(self, source: str) -> None:
        self.tabs.setCurrentWidget(self.train_tab)
        self.train_tab.take_data(source)

    def choose_scheme(self, scheme: str) -> None:
        """Use the light or the dark scheme, or follow the system, and remember it."""
        use_scheme(scheme)
        self._settings.remember(scheme=scheme)

    def scale_text(self, scale: float) -> None:
        """Show all texts `scale` times as large, or with 0 as large as the system's, and remember it."""
        use_text_scale(scale)
        self._settings.remember(text_scale=scale)

    def turn_full_screen(self) -> None:
        """Switch full screen on or off."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_how_to(self) -> None:
        """Open the help: how to use DigitPad, and its keys."""
        from gui.about.how_to import HowTo

        HowTo(self.menuBar(), self).open()

    def show_about(self) -> None:
        """Open the About dialog."""
        from gui.about.about_dialog import AboutDialog

        AboutDialog(self._paths, self).open()

    # --- closing ------------------------------------------------------------------------------------------

    def close_quietly(self) -> None:
        """Close without a question. A training or teaching under way is stopped, and not waited for too long."""
        self._closes_quietly = True
        if self._pages.digits.if_made is not None:
            self.digits_tab.teach.stop_and_wait(QUIET_WAIT_MS)
        if self._pages.train.if_made is not None:
            self.train_tab.stop_and_wait(QUIET_WAIT_MS)
        self.close()

    def _may_stop_learning(self) -> bool:
        """Whether no network that learns keeps the window open: none does, or it has ended after a question."""
        if not self.turn.reason:
            return True
        if self._pages.train.if_made is not None and self.train_tab.is_running():
            from gui.train.stop_question import ask_and_stop

            return ask_and_stop(self.train_tab, self, self.notice)
        from gui.digits.stop_question import ask_and_stop_teaching

        return ask_and_stop_teaching(self.digits_tab.teach, self, self.notice)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowStateChange:  # the system's own keys change it, too
            self._menus.follow_window()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.my_digits.look()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closes_quietly and not self._may_stop_learning():
            event.ignore()
            return
        self._settings.remember(
            window=bytes(self.saveGeometry().toBase64().data()).decode(), pen_width=self.document.pen_width
        )
        self.recovery.close()
        self.corrections.cancel()
        self.evidence.cancel()
        self.my_digits.close()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, *ENTER) and self.tabs.currentWidget() is self.draw_tab:
            self.draw_tab.keyPressEvent(event)  # the focus is on the tabs
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.tabs.currentWidget() is self.draw_tab:
            self.draw_tab.keyReleaseEvent(event)
        else:
            super().keyReleaseEvent(event)
