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
    paths: list[str],
    library: ModelLibrary,
    *,
    model: str | None,
    form: Form = Form.TABLE,
    is_single: bool = False,
    own_digits: Path | None = None,
) -> int:
    """Read files and whole folders, in order. Files that cannot be read are reported and do not stop the rest.

    The samples in the store at `own_digits`, if there is one, correct the answers.

    Raises
    ------
    ModelError
        When there is no such model.
    """
    failed = False
    reader = make_reader(library, model, own_digits)
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


def make_reader(library: ModelLibrary, model: str | None, own_digits: Path | None = None) -> FileReader:
    """A reader with the named model, by default the shipped one; `own_digits` as of `run`. Raises ModelError."""
    shipped = Recognizer(library.shipped_bundle())
    recognizer = shipped if model is None else Recognizer(library.find(model))
    judge = recognizer if recognizer.knows_no_digit else shipped
    if own_digits is not None and own_digits.exists():
        _let_correct(own_digits, [recognizer] if judge is recognizer else [recognizer, judge])
    return FileReader(recognizer, judge)


def _let_correct(own_digits: Path, recognizers: list[Recognizer]) -> None:
    """Let the user's own digits correct what is recognised; where they cannot be read, say so and do without."""
    from core.recognition.own_samples import make_head  # here: most people have none
    from core.samples.store import SampleStore

    try:
        with SampleStore(own_digits) as store:
            heads = [make_head(store, recognizer) for recognizer in recognizers]
            problem = store.recovered
    except DigitPadError as error:
        print(error, file=sys.stderr)
        return
    for recognizer, head in zip(recognizers, heads, strict=True):
        recognizer.head = head
    if problem is not None:
        print(problem, file=sys.stderr)


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
