"""About DigitPad: its version, folders, licences, and diagnostics to copy."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, qVersion
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from core import __version__
from core.errors import StorageError
from core.system.diagnostics import diagnostics
from core.system.licences import Licences, read_licences
from core.system.paths import AppPaths
from core.system.safe_files import make_folder
from gui.about.licence_text import make_document
from gui.system.background import Background
from gui.system.folders import open_folder, open_page
from gui.widgets.button_row import make_button
from gui.widgets.card import Card
from gui.widgets.dialog import Dialog
from gui.widgets.flow_row import FlowRow
from gui.widgets.icons import app_icon
from gui.widgets.labels import make_faint_label, make_heading, make_note
from gui.widgets.plain_text import breakable, plain_tool_tip
from gui.widgets.theme import MARGIN, SPACING, current_colours, current_theme, follow_text_scale, set_text, text_pixels

SIZE = (760, 640)
LICENCES_HEIGHT = 150
"""The least height of the licences."""
ICON_SIDE = 64


class AboutDialog(Dialog):
    """The About dialog. Closing deletes it."""

    def __init__(self, paths: AppPaths, parent: QWidget | None = None) -> None:
        super().__init__(SIZE, parent)
        self.setObjectName("about")
        self.setWindowTitle(self.tr("About DigitPad"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._paths = paths
        self.licences = _make_browser()
        self.licences.anchorClicked.connect(self._open_link)
        self.message = make_note("aboutMessage", lines=1)
        self._licences: Licences | None = None
        self._document: QTextDocument | None = None
        self._lay_out()
        follow_text_scale(self._fit_text)
        theme = current_theme()
        if theme is not None:
            theme.changed.connect(self._restyle_licences)
            theme.text_scaled.connect(self._restyle_licences)
        self._reading = Background(lambda checkpoint: read_licences(), "Reading the licences", can_be_left=True)
        self._reading.done.connect(self._show_licences)
        self._reading.failed.connect(self.licences.setPlainText)
        self.licences.setPlainText(self.tr("Reading the licences…"))
        self._reading.begin()

    def copy_diagnostics(self) -> None:
        """Copy the diagnostics to the clipboard."""
        QGuiApplication.clipboard().setText(diagnostics(self._paths, window_facts(self)))
        self._say(self.tr("Copied."))

    def show_folder(self, folder: Path) -> None:
        """Open `folder`, created if it is missing, in the file manager; say so if that fails."""
        self._say("")
        try:
            make_folder(folder)
        except StorageError:
            self._say(self.tr("That folder does not exist and cannot be created."))
            return
        if not open_folder(folder):
            self._say(self.tr("The file manager could not open that folder; its path is beside the button."))

    # --- licences -----------------------------------------------------------------------------------------

    def _show_licences(self, licences: Licences) -> None:
        self._licences = licences
        former, self._document = self._document, make_document(licences, self.licences.font(), current_colours(), self)
        self.licences.setDocument(self._document)
        if former is not None:
            former.deleteLater()

    def _restyle_licences(self) -> None:
        """Make the document again: it keeps the colours and the text size that it was made with."""
        if self._licences is not None:
            self._show_licences(self._licences)

    def _open_link(self, link: QUrl) -> None:
        if not open_page(link):
            self._say(self.tr("The browser could not open that page."))

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)

    # --- layout -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addLayout(self._make_head())
        layout.addWidget(self._make_folders())
        layout.addWidget(make_heading(self.tr("Licences")))
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.licences)
        layout.addWidget(card, 1)
        buttons = self._make_buttons()
        self.fill(content, self.message, buttons)
        buttons.setFocus()  # not on what may be out of sight

    def _fit_text(self) -> None:
        self.licences.setMinimumHeight(text_pixels(LICENCES_HEIGHT))

    def _make_head(self) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(QSize(ICON_SIDE, ICON_SIDE), self.devicePixelRatio()))
        name = QLabel(f"DigitPad {__version__}")
        name.setObjectName("aboutVersion")
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_text(name, 22, bold=True)
        what = QLabel(
            self.tr(
                "Draw a digit or a number and watch a convolutional network recognise it; "
                "retrain the network and watch it learn. Free software under the MIT licence."
            )
        )
        what.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(name)
        words.addWidget(what)
        row = QHBoxLayout()
        row.setSpacing(MARGIN)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _make_folders(self) -> Card:
        folders = (
            ("aboutModels", self.tr("Models"), self._paths.models, self._paths.models),
            ("aboutSettings", self.tr("Settings"), self._paths.settings, self._paths.settings.parent),
            ("aboutLog", self.tr("Log"), self._paths.log, self._paths.log.parent),
        )
        card = Card()
        grid = QGridLayout(card)
        grid.setContentsMargins(SPACING, SPACING, SPACING, SPACING)
        grid.setHorizontalSpacing(SPACING)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, title, path, folder) in enumerate(folders):
            grid.addWidget(QLabel(title), row, 0)
            grid.addWidget(_path_label(path), row, 1)
            grid.addWidget(self._make_folder_button(name, folder), row, 2)
        return card

    def _make_folder_button(self, name: str, folder: Path) -> QPushButton:
        button = make_button(name, self.tr("Open folder"))
        button.clicked.connect(lambda: self.show_folder(folder))
        return button

    def _make_buttons(self) -> QWidget:
        copy = make_button("aboutCopy", self.tr("Copy diagnostics"))
        tip = self.tr("Version, system, folders and the last lines of the log, to attach to a problem report")
        copy.setToolTip(plain_tool_tip(tip))
        copy.clicked.connect(self.copy_diagnostics)
        close = make_button("aboutClose", self.tr("Close"), is_primary=True)
        close.clicked.connect(self.close)
        buttons = FlowRow(copy, close, spacing=SPACING, last_at_end=True)
        buttons.setFocusProxy(close)
        return buttons


def window_facts(widget: QWidget) -> dict[str, str]:
    """What only the window knows, by title, for `core.system.diagnostics`."""
    screen = widget.screen()
    size = screen.geometry().size()
    return {
        "Qt": qVersion(),
        "Platform": QGuiApplication.platformName(),
        "Screen": f"{size.width()} x {size.height()}, {screen.logicalDotsPerInch():.0f} dots per inch, "
        f"scale {widget.devicePixelRatioF():g}",
    }


def _make_browser() -> QTextBrowser:
    browser = QTextBrowser()
    browser.setObjectName("aboutLicences")
    browser.setOpenLinks(False)
    browser.setFrameShape(QFrame.Shape.NoFrame)
    return browser


def _path_label(path: Path) -> QLabel:
    label = make_faint_label(breakable(str(path)))
    label.setWordWrap(True)
    return label
