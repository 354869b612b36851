"""`predict`: read the digits and numbers in files."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.commands.answer_forms import Answer, Form, make_printer
from core.commands.found_files import FoundFiles, empty_folder_error, is_folder
from core.errors import DigitPadError
from core.models.library import ModelLibrary
from core.recognition.file_numbers import FileReader
from core.recognition.recognizer import Recognizer

__all__ = ["Answer", "Form", "classify", "make_reader", "run"]


def run(
    paths: list[str], library: ModelLibrary, *, model: str | None, form: Form = Form.TABLE, is_single: bool = False
) -> int:
    """Read files and whole folders, in order. Files that cannot be read are reported and do not stop the rest.

    Raises
    ------
    ModelError
        When there is no such model.
    """
    failed = False
    reader = make_reader(library, model)
    files = FoundFiles(paths)
    printer = make_printer(form)
    try:
        for answer in classify(files, reader, is_single=is_single):
            failed |= answer.reading is None
            printer.take(answer)
    finally:
        printer.finish()  # what was read is printed, even if Ctrl+C ends it
    if files.left_out:
        print(end="", flush=True)
        print(f"Left out: {_counted(files.left_out)} neither a picture nor a drawing.", file=sys.stderr)
    return 1 if failed else 0


def make_reader(library: ModelLibrary, model: str | None) -> FileReader:
    """A reader with the named model, by default the shipped one. Raises ModelError."""
    shipped = Recognizer(library.shipped_bundle())
    if model is None:
        return FileReader(shipped)
    recognizer = Recognizer(library.find(model))
    return FileReader(recognizer, None if recognizer.knows_no_digit else shipped)


def classify(files: Iterable[str], reader: FileReader, *, is_single: bool = False) -> Iterator[Answer]:
    """One answer for each file, in order."""
    for file in files:
        try:
            if is_folder(file):
                raise empty_folder_error(file)
            yield Answer(file, reader.read(Path(file), is_single=is_single))
        except DigitPadError as error:
            yield Answer(file, None, str(error))


def _counted(files: int) -> str:
    return "1 file that is" if files == 1 else f"{files:,} files that are"
