"""Open, paste, save and copy what is on the pad."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QByteArray, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from core.datasets.dropped import is_training_data, source_among
from core.digits.files import DRAWING_SUFFIXES, PICTURE_SUFFIXES, open_any, save_drawing, write_svg
from core.errors import InkFileError, PictureError, StorageError
from core.ink.drawing import Drawing
from core.ink.inkml import read_inkml, write_inkml
from core.ink.reading import read_drawing
from core.pad.rendering import write_pad_png
from core.pictures.reading import OpenedPicture, open_array, open_picture
from core.settings import SettingsFile
from core.system.safe_files import write_file
from core.wording.file_problems import FileProblem
from core.wording.names import number_name, shown_name
from core.wording.picture_problems import PictureProblem
from core.wording.storage_problems import StorageProblem
from gui.pad.document import PadDocument, PictureInk
from gui.pad.mime_types import INKML_TYPE, SVG_TYPE, encoded_picture
from gui.pad.opening import Found, Opening, Source, TrainingData
from gui.pad.page import Page
from gui.pad.picture_opening import MakeRecognizer, read_on_pad
from gui.pad.reading_progress import ReadingProgress
from gui.system.errors import report_problems
from gui.system.last_folder import LastFolder
from gui.system.save_dialog import ask_where_to_save

STROKE_KINDS = {"InkML (*.inkml)": "inkml", "SVG (*.svg)": "svg"}
PICTURE_KINDS = {"PNG (*.png)": "png"}
"""The kinds of files that a drawing is saved as, and those that a picture can be saved as too, with their suffixes."""
MAX_PIXELS = 100_000_000
SMALL_BYTES = 64_000
"""A drawing of no more bytes is read within a frame."""


class PadFiles(QObject):
    """Moves drawings and pictures between the pad, the disk and the clipboard.

    Files, and whatever else takes longer than a frame, are read in the background. Changing the pad meanwhile cancels
    that.

    Signals
    -------
    problem
        A sentence: something could not be read or written, and the pad is as it was.
    information
        A sentence: something was done that is not visible.
    data_found
        `TrainingData` was opened instead of a drawing.
    page_found
        `(Page)`: a picture of many digits was opened. What is on the pad stays there.
    shown
        Something that was opened is on the pad.
    waiting
        The name of what is being opened; "" when it is over.
    progressed
        The share of a page that is read, in [0, 1).
    """

    problem = Signal(str)
    information = Signal(str)
    data_found = Signal(TrainingData)
    page_found = Signal(Page)
    shown = Signal()
    waiting = Signal(str)
    progressed = Signal(float)

    def __init__(
        self,
        document: PadDocument,
        settings: SettingsFile,
        window: QWidget,
        find_model: Callable[[], MakeRecognizer | None] = lambda: None,
        find_number: Callable[[], str] = lambda: "",
    ) -> None:
        """`find_model` finds what reads pictures, `find_number` what is read on the pad."""
        super().__init__(window)
        self._document = document
        self._find_model = find_model
        self._find_number = find_number
        self._folder = LastFolder(settings)
        self._window = window
        self._opening = Opening(self)
        self._opening.found.connect(self._take)
        self._opening.failed.connect(self.problem)
        self._opening.waiting.connect(self.waiting)
        self._opening.progressed.connect(self.progressed)
        document.stroke_extended.connect(self._forget_opening)
        document.erased.connect(self._forget_opening)
        document.undo_stack.indexChanged.connect(self._forget_opening)

    @property
    def is_opening(self) -> bool:
        """Whether something is being read that the pad will show."""
        return self._opening.source is not None

    @property
    def is_reading(self) -> bool:
        """Whether a thread reads something, even if the pad will not show it."""
        return self._opening.is_reading

    def cancel(self) -> None:
        """Open nothing, if something is being opened. What is on the pad stays there."""
        self._opening.abandon()

    # --- in -----------------------------------------------------------------------------------------------

    def ask_and_open(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in (*DRAWING_SUFFIXES, *PICTURE_SUFFIXES))
        filters = f"{self.tr('Drawings and pictures')} ({patterns});;{self.tr('All files')} (*)"
        path, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open"), self._folder.find(), filters)
        if path:
            self._folder.remember(Path(path))  # also if the file turns out to be unreadable: others are beside it
            self.open_path(Path(path))

    def open_paths(self, paths: list[str]) -> None:
        """Open the first of some files, or all of them if they are training data."""
        note = self.tr("Only the first of the {0} files was opened.").format(len(paths)) if len(paths) > 1 else ""
        self._open([Path(path) for path in paths], note)

    def open_path(self, path: Path, *, note: str = "") -> None:
        """Show the drawing, or the digit in the picture, at `path`, and then the `note`; say so if there is none."""
        self._open([path], note)

    def _open(self, paths: list[Path], note: str) -> None:
        # even its size is looked up in the background: on a network that is gone, the answer may never come
        first, model = paths[0], self._find_model()
        self._opening.begin(Source(first.name, lambda progress: _read(paths, model, progress), first, note))

    def paste(self) -> None:
        """Take an ink drawing, a file or a picture from the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        if not self._open_data(data, "the clipboard"):
            self.problem.emit(self.tr("There is no picture or drawing on the clipboard."))

    def drop(self, data: QMimeData) -> None:
        """Take the same from what was dropped on the pad."""
        if not self._open_data(data, "the picture"):
            self.problem.emit(self.tr("What was dropped contains no picture or drawing."))

    def _open_data(self, data: QMimeData, name: str) -> bool:
        """Start opening what `data` contains, called `name`. Returns False if that is nothing it can open."""
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if data.hasFormat(INKML_TYPE):
            self._open_ink(name, bytes(data.data(INKML_TYPE).data()))
        elif files:
            self.open_paths(files)
        elif data.hasFormat(SVG_TYPE):
            self._open_svg(name, bytes(data.data(SVG_TYPE).data()), encoded_picture(data))
        elif picture := encoded_picture(data):
            self._open_picture(name, lambda: open_picture(picture))
        elif data.hasImage():
            image = QImage(data.imageData())
            self._open_picture(name, lambda: open_array(_pixels(image)))
        else:
            return False
        return True

    def _open_picture(self, name: str, open_it: Callable[[], OpenedPicture]) -> None:
        model = self._find_model()
        self._opening.begin(Source(name, lambda progress: read_on_pad(open_it(), name, model, progress)))

    def _open_ink(self, name: str, content: bytes) -> None:
        source = Source(name, lambda progress: read_inkml(content))
        if len(content) <= SMALL_BYTES:
            self._opening.abandon()
            report_problems(self.problem.emit, lambda: self._take(source, read_inkml(content)))
        else:
            self._opening.begin(source)

    def _open_svg(self, name: str, content: bytes, picture: bytes) -> None:
        """Open an SVG, or the `picture` that came with it where the SVG is more than strokes."""
        model = self._find_model()

        def read(progress: ReadingProgress) -> Found:
            try:
                return read_drawing(content)
            except InkFileError:
                if not picture:
                    raise
            return read_on_pad(open_picture(picture), name, model, progress)

        self._opening.begin(Source(name, read))

    def _take(self, source: Source, found: Found) -> None:
        if isinstance(found, TrainingData):
            self.data_found.emit(found)
        else:
            report_problems(self.problem.emit, lambda: self._show(source, found))

    def _show(self, source: Source, found: Drawing | PictureInk | Page) -> None:
        if isinstance(found, Drawing) and found.is_blank:
            raise PictureError(PictureProblem.NOTHING_DRAWN, where=source.name)
        if isinstance(found, Page):
            self.page_found.emit(found)
        else:
            self._document.open(found)
            self.shown.emit()
        if source.path is not None:
            self._folder.remember(source.path)
        if source.note:
            self.information.emit(source.note)

    def _forget_opening(self) -> None:
        source = self._opening.source
        if source is not None:
            self._opening.abandon()
            self.information.emit(self.tr("The pad has changed, so {0} was not opened.").format(source.name))

    # --- out ----------------------------------------------------------------------------------------------

    def ask_and_save(self) -> None:
        kinds, title = STROKE_KINDS | PICTURE_KINDS, self.tr("Save")
        if not isinstance(self._document.content, Drawing):
            kinds, title = PICTURE_KINDS, self.tr("Save as PNG (InkML and SVG can only hold strokes)")
        name = number_name(self._find_number())
        path = ask_where_to_save(self._window, title, self._folder.find(), kinds, name)
        if path is not None:
            self.save_path(path)

    def save_path(self, path: Path) -> None:
        """Save what is on the pad as `.inkml`, `.svg` or `.png`; a picture only as `.png`."""
        if report_problems(self.problem.emit, lambda: self._save(path)):
            self.information.emit(self.tr("Saved as {0}").format(path))

    def copy(self) -> None:
        """Copy the pad to the clipboard: as a picture for other programs, as ink for DigitPad."""
        content = self._document.content
        data = QMimeData()
        if isinstance(content, Drawing):
            data.setData(INKML_TYPE, QByteArray(write_inkml(content)))
            data.setData(SVG_TYPE, QByteArray(write_svg(content)))
        image = QImage()
        image.loadFromData(write_pad_png(content))
        data.setImageData(image)
        QGuiApplication.clipboard().setMimeData(data)
        self.information.emit(self.tr("Copied the drawing."))

    def _save(self, path: Path) -> None:
        content = self._document.content
        if isinstance(content, Drawing):
            save_drawing(path, content)
        elif path.suffix.lower() == ".png":
            write_file(path, write_pad_png(content))
        else:
            raise StorageError(StorageProblem.PICTURE_NEEDS_PNG, where=shown_name(path))
        self._folder.remember(path)


def _read(paths: list[Path], model: MakeRecognizer | None, progress: ReadingProgress) -> Found:
    """What the first of `paths` contains, or all of them as training data. Raises DigitPadError."""
    first = paths[0]
    if is_training_data(first):
        source = source_among(paths)
        return TrainingData(source, source.is_dir())
    found = open_any(first)
    if isinstance(found, Drawing):
        return found
    try:
        return read_on_pad(found, first.name, model, progress)
    except PictureError as error:
        raise type(error)(FileProblem.IN_FILE, where=shown_name(first), reason=error) from error


def _pixels(image: QImage) -> np.ndarray:
    """A Qt image as uint8 `(h, w, 4)`, red, green, blue, alpha. Raises PictureError."""
    if image.isNull():
        raise PictureError(PictureProblem.UNREADABLE)
    width, height = image.width(), image.height()
    if width * height > MAX_PIXELS:
        raise PictureError(PictureProblem.TOO_MANY_PIXELS, width=width, height=height, limit=MAX_PIXELS / 1e6)
    converted = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(converted.constBits(), np.uint8).reshape(converted.height(), converted.bytesPerLine())
    return rows[:, : converted.width() * 4].reshape(converted.height(), converted.width(), 4).copy()
