"""The window: two pages, menus, status bar, and what happens when it is closed."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QMessageBox, QTabWidget, QWidget

from core import __version__
from core.models import ModelLibrary
from core.paths import AppPaths
from core.percentages import accuracy_text
from core.settings import SCHEMES, SettingsFile
from gui.active_model import ActiveModel
from gui.draw_tab import DrawTab
from gui.icons import app_icon
from gui.live_recognition import LiveRecognition
from gui.notice import Notice
from gui.pad_document import PadDocument
from gui.pad_files import PadFiles
from gui.recovery import Recovery
from gui.theme import MARGIN, use_scheme
from gui.train_tab import TrainTab

FIRST_SIZE = (1180, 800)
TABS_WIDTH = 180
STOP_WAIT_MS = 20_000
QUIET_WAIT_MS = 5_000


class MainWindow(QMainWindow):
    """Puts the pages together. The parts are public, so that whoever drives the window can reach them."""

    def __init__(self, paths: AppPaths, library: ModelLibrary, settings: SettingsFile) -> None:
        super().__init__()
        self.setWindowTitle("DigitPad")
        self.setWindowIcon(app_icon())
        self._settings = settings
        self._paths = paths
        self._closes_quietly = False
        self.library = library
        self.document = PadDocument(self)
        self.model = ActiveModel(library, settings, self)
        self.recognition = LiveRecognition(self.document, self.model, self)
        self.recovery = Recovery(self.document, paths.recovery, self)
        self.files = PadFiles(self.document, settings, self)
        self.draw_tab = DrawTab(self.document, self.recognition)
        self.train_tab = TrainTab(library, self.model, self.recognition)
        self.tabs = self._make_tabs()
        self.notice = Notice(self.tabs, taken=TABS_WIDTH)
        self._model_label = QLabel()
        self._model_label.setObjectName("modelInUse")
        self._model_label.setTextFormat(Qt.TextFormat.PlainText)  # users name models
        self._model_label.setContentsMargins(MARGIN - 4, 3, MARGIN, 3)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self._model_label)
        self._make_menus()
        self._connect()
        self._restore()

    def _make_tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setObjectName("tabs")
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.addTab(self.draw_tab, self.tr("Draw"))
        tabs.addTab(self.train_tab, self.tr("Train"))
        self.setCentralWidget(tabs)
        return tabs

    def _connect(self) -> None:
        self.draw_tab.canvas.files_dropped.connect(self.files.open_paths)
        self.draw_tab.canvas.image_dropped.connect(self.files.open_image)
        for source in (self.files, self.model, self.train_tab):
            source.problem.connect(self.notice.show_problem)
        self.files.information.connect(self.notice.show_information)
        self.model.changed.connect(self._show_model)

    def _restore(self) -> None:
        """Bring back the window's place, the pen, the model in use and what a crash left behind."""
        self.resize(*FIRST_SIZE)
        values = self._settings.values
        if values.scheme != SCHEMES[0]:
            use_scheme(values.scheme)
        if values.window:
            self.restoreGeometry(QByteArray.fromBase64(values.window.encode()))
        self.draw_tab.set_pen_width(values.pen_width)
        if self.recovery.take_over_crashed():
            self.notice.show_information(self.tr("DigitPad ended unexpectedly; your drawing is back on the pad."))
        elif self.recovery.take_over_last():
            self.notice.show_information(self.tr("Undo (Ctrl+Z) brings back your last drawing."))
        self.model.load()  # last: what it may have to say is more important
        self._update_menus()
        self.draw_tab.canvas.setFocus()

    # --- menus --------------------------------------------------------------------------------------------

    def _make_menus(self) -> None:
        keys = QKeySequence.StandardKey
        file = self.menuBar().addMenu(self.tr("&File"))
        self._add(file, self.tr("&Open…"), keys.Open, self.files.ask_and_open)
        self._save = self._add(file, self.tr("&Save drawing…"), keys.Save, self.files.ask_and_save)
        file.addSeparator()
        self._add(file, self.tr("&Quit"), keys.Quit, self.close)
        edit = self.menuBar().addMenu(self.tr("&Edit"))
        actions = self.draw_tab.actions_by_name
        edit.addActions([actions["undo"], actions["redo"]])
        edit.addSeparator()
        self._copy = self._add(edit, self.tr("&Copy drawing"), keys.Copy, self.files.copy)
        self._paste = self._add(edit, self.tr("&Paste drawing or picture"), keys.Paste, self._paste_on_pad)
        edit.addSeparator()
        edit.addActions([actions["eraser"], actions["clear"]])
        view = self.menuBar().addMenu(self.tr("&View"))
        self._add_schemes(view)
        models = self.menuBar().addMenu(self.tr("&Models"))
        self._add(models, self.tr("&Models…"), "Ctrl+M", self.train_tab.show_models)
        helps = self.menuBar().addMenu(self.tr("&Help"))
        self._add(helps, self.tr("&About DigitPad"), None, self._show_about)
        self.document.changed.connect(self._update_menus)
        self.document.undo_stack.indexChanged.connect(self.notice.hide)  # what was said is not about this any more

    def _add(self, menu: QMenu, text: str, keys: QKeySequence.StandardKey | str | None, slot: object) -> QAction:
        action = menu.addAction(text)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        return action

    def _add_schemes(self, menu: QMenu) -> None:
        group = QActionGroup(self)
        texts = (self.tr("Like the &system"), self.tr("&Light"), self.tr("&Dark"))
        for text, scheme in zip(texts, SCHEMES, strict=True):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(scheme)
            action.setChecked(scheme == self._settings.values.scheme)
            group.addAction(action)
        group.triggered.connect(self._choose_scheme)

    def _choose_scheme(self, action: QAction) -> None:
        use_scheme(action.data())
        self._settings.remember(scheme=action.data())

    def _update_menus(self) -> None:
        has_ink = not self.document.is_blank
        self._save.setEnabled(has_ink)
        self._copy.setEnabled(has_ink)

    def _paste_on_pad(self) -> None:
        self.tabs.setCurrentWidget(self.draw_tab)
        self.files.paste()

    def _show_model(self) -> None:
        bundle = self.model.bundle
        if bundle is None:
            self._model_label.setText(self.tr("No model"))
            return
        parts = [self.tr("Model: {0}").format(bundle.card.name)]
        test = bundle.card.test
        if test is not None:
            parts.append(f"{accuracy_text(test.accuracy)} on {test.data}")
        parts.append(f"{self.model.seconds * 1000:.1f} ms")
        self._model_label.setText("  ·  ".join(parts))

    def _show_about(self) -> None:
        text = self.tr(
            "<h3>DigitPad {0}</h3><p>Draw a digit and see, while you draw, which digit a convolutional network takes "
            "it for; retrain the network and watch it learn.</p><p>Models: {1}<br>Log: {2}</p>"
            "<p>MIT licence. MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, CC BY-SA 3.0. "
            "Typeface Inter by Rasmus Andersson, SIL Open Font License.</p>"
        )
        QMessageBox.about(self, "DigitPad", text.format(__version__, self.library.folder, self._paths.log))

    # --- closing ------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.train_tab.is_running() and not self._closes_quietly and not self._stop_training():
            event.ignore()
            return
        self._settings.remember(
            window=bytes(self.saveGeometry().toBase64().data()).decode(), pen_width=self.document.pen_width
        )
        self.recovery.close()
        event.accept()

    def close_quietly(self) -> None:
        """Close without asking anything: a training under way is stopped, and not waited for too long."""
        self._closes_quietly = True
        self.train_tab.stop_and_wait(QUIET_WAIT_MS)
        self.close()

    def _stop_training(self) -> bool:
        """Ask, then stop. False: the user would rather go on, or the run does not end."""
        if not ask_to_stop_training(self, is_trained=self.train_tab.run.is_choosing):
            return False
        if self.train_tab.stop_and_wait(STOP_WAIT_MS):
            return True
        self.notice.show_problem(self.tr("The training has not ended yet; please close the window again in a moment."))
        return False


def ask_to_stop_training(parent: QWidget, *, is_trained: bool) -> bool:
    """Ask whether a run may be thrown away: one under way, or one that is trained but not saved yet."""
    box = QMessageBox(parent)
    box.setObjectName("closeWhileTraining")
    box.setIcon(QMessageBox.Icon.Question)
    if is_trained:
        box.setText(parent.tr("The trained network is not saved yet."))
        box.setInformativeText(parent.tr("Closing DigitPad now discards it."))
        stop = box.addButton(parent.tr("Discard and close"), QMessageBox.ButtonRole.DestructiveRole)
        go_on = box.addButton(parent.tr("Go back"), QMessageBox.ButtonRole.RejectRole)
    else:
        box.setText(parent.tr("A network is being trained."))
        box.setInformativeText(parent.tr("Closing DigitPad stops the training; what was learnt so far is lost."))
        stop = box.addButton(parent.tr("Stop and close"), QMessageBox.ButtonRole.DestructiveRole)
        go_on = box.addButton(parent.tr("Go on training"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(go_on)
    box.exec()
    return box.clickedButton() is stop
