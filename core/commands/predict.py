"""`predict`: recognise the digits in files."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.commands.found_files import FoundFiles, empty_folder_error, is_folder
from core.digits.arrays import Image
from core.digits.files import read_image
from core.errors import DigitPadError
from core.models.library import ModelLibrary
from core.recognition.announcer import named_digits
from core.recognition.recognizer import Recognition, Recognizer
from core.wording.names import shown_name
from core.wording.percentages import probability_text

FILES_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """The result for one file: a recognition, or a sentence on why there is none."""

    file: str
    recognition: Recognition | None = None
    error: str = ""


def run(paths: list[str], library: ModelLibrary, *, model: str | None, as_json: bool) -> int:
    """Classify files and whole folders, in order. Files that cannot be read are reported and do not stop the rest.

    Raises
    ------
    ModelError
        When there is no such model.
    """
    bundle = library.find(model) if model else library.shipped_bundle()
    failed = False
    files = FoundFiles(paths)
    for answer in classify(files, Recognizer(bundle)):
        failed |= answer.recognition is None
        _print(answer, as_json)
    if files.left_out:
        print(end="", flush=True)
        print(f"Left out: {_counted(files.left_out)} neither a picture nor a drawing.", file=sys.stderr)
    return 1 if failed else 0


def classify(files: Iterable[str], recognizer: Recognizer) -> Iterator[Answer]:
    """One answer for each file, in order; only a few images are in memory at a time."""
    waiting = iter(files)
    while group := list(islice(waiting, FILES_AT_ONCE)):
        images: list[Image | None] = []
        errors: list[str] = []
        for path in group:
            image, error = _read(path)
            images.append(image)
            errors.append(error)
        for path, error, recognition in zip(group, errors, recognizer.recognize_many(images), strict=True):
            yield Answer(path, None, error) if error else Answer(path, recognition)


def _read(path: str) -> tuple[Image | None, str]:
    """The normalised image (None: blank) and an error sentence (empty: none)."""
    try:
        if is_folder(path):
            raise empty_folder_error(path)
        return read_image(Path(path)), ""
    except DigitPadError as error:
        return None, str(error)


def _print(answer: Answer, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_record(answer)))
    elif answer.recognition is None:
        print(end="", flush=True)  # earlier lines come first
        print(_error_with_path(answer), file=sys.stderr)
    else:
        found = answer.recognition
        is_digit = bool(named_digits(found))
        digit, share = (found.digit, probability_text(found.confidence)) if is_digit else ("–", "")
        print(f"{digit}  {share:>8}  {found.verdict:<11}  {answer.file}")


def _counted(files: int) -> str:
    return "1 file that is" if files == 1 else f"{files:,} files that are"


def _error_with_path(answer: Answer) -> str:
    """The sentence, with the whole path in place of the file's name at its start, as in the other lines.

    Files in different folders may have the same name.
    """
    name = f"{shown_name(Path(answer.file))}: "
    if not answer.error.startswith(name):
        return answer.error
    return f"{answer.file}: {answer.error.removeprefix(name)}"


def _record(answer: Answer) -> dict[str, object]:
    if answer.recognition is None:
        return {"file": answer.file, "error": answer.error}
    found = answer.recognition
    return {
        "file": answer.file,
        "digit": found.digit,
        "confidence": round(found.confidence, 6),
        "probabilities": [round(probability, 6) for probability in found.probabilities],
        "verdict": str(found.verdict),
    }
