"""`predict`: which digits are in these files?"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.drawing_files import is_supported, read_image
from core.errors import DigitPadError, PictureError
from core.file_names import shown_name
from core.models import ModelLibrary
from core.normalize import Image
from core.percentages import probability_text
from core.recognizer import Recognition, Recognizer, Verdict

FILES_AT_ONCE = 16
HERE = f".{os.sep}"
"""What the system puts before the names in the working folder."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: a recognition, or the sentence that says why there is none."""

    file: str
    recognition: Recognition | None = None
    error: str = ""


def run(paths: list[str], library: ModelLibrary, *, model: str | None, as_json: bool) -> int:
    """Classify files and whole folders, in order. Files that cannot be read are told and do not stop the rest.

    Raises
    ------
    ModelError
        When there is no such model.
    """
    bundle = library.find(model) if model else library.shipped_bundle()
    failed = False
    for answer in classify(paths, Recognizer(bundle)):
        failed |= answer.recognition is None
        _print(answer, as_json)
    return 1 if failed else 0


def classify(paths: Iterable[str], recognizer: Recognizer) -> Iterator[Answer]:
    """One answer for each file, in the order of the paths, with memory for a few files at a time."""
    files = _expand(paths)
    while group := list(islice(files, FILES_AT_ONCE)):
        images: list[Image | None] = []
        errors: list[str] = []
        for path in group:
            image, error = _read(path)
            images.append(image)
            errors.append(error)
        for path, error, recognition in zip(group, errors, recognizer.recognize_many(images), strict=True):
            yield Answer(path, None, error) if error else Answer(path, recognition)


def _expand(paths: Iterable[str]) -> Iterator[str]:
    """Files as they are; of folders the drawings and pictures anywhere below them, sorted."""
    for path in paths:
        found = _files_below(str(Path(path))) if _is_folder(path) else iter(())
        first = next(found, path)
        yield first
        yield from found


def _files_below(folder: str) -> Iterator[str]:
    """The drawings and pictures anywhere below `folder`, with memory for the names in a few folders.

    Folders that may not be read are passed over, and those behind symbolic links, which may lead back.
    """
    waiting = _contents(folder)
    while waiting:
        entry = waiting.pop()
        if _is_kind(entry.is_dir, follow_symlinks=False):
            waiting += _contents(entry.path)
        elif is_supported(Path(entry.name)) and _is_kind(entry.is_file):
            yield entry.path.removeprefix(HERE)


def _contents(folder: str) -> list[os.DirEntry[str]]:
    """What is in `folder`, the last by name first."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: os.path.normcase(entry.name), reverse=True)
    except OSError:
        return []


def _is_kind(asks: Callable[..., bool], **how: bool) -> bool:
    try:
        return asks(**how)
    except OSError:
        return False


def _read(path: str) -> tuple[Image | None, str]:
    """The normalised image (None: blank) and an error sentence (empty: none)."""
    try:
        if _is_folder(path):
            raise PictureError(f"There are no drawings or pictures in {path}.")
        return read_image(Path(path)), ""
    except DigitPadError as error:
        return None, str(error)


def _is_folder(path: str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - unlike Path.is_dir it bears names that are too long


def _print(answer: Answer, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_record(answer)))
    elif answer.recognition is None:
        print(end="", flush=True)  # what was said before comes first
        print(_error_with_path(answer), file=sys.stderr)
    else:
        found = answer.recognition
        is_digit = found.verdict not in (Verdict.NOT_A_DIGIT, Verdict.BLANK)
        digit, share = (found.digit, probability_text(found.confidence)) if is_digit else ("–", "")
        print(f"{digit}  {share:>8}  {found.verdict:<11}  {answer.file}")


def _error_with_path(answer: Answer) -> str:
    """The sentence with the whole path where it starts with the file's name, as the other lines of the table have it.

    The same name may be in many folders.
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
