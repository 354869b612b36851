"""`digits`: keep the user's own digits, list them, and hand them on."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from core.commands.answer_forms import Answer
from core.commands.found_files import FoundFiles, empty_folder_error, is_folder
from core.datasets.importing import import_samples
from core.errors import DigitPadError, SampleError
from core.models.library import ModelLibrary
from core.recognition.recognizer import Recognizer
from core.recognition.sample_files import SampleReader
from core.samples.duplicates import KnownSamples
from core.samples.exporting import export_samples
from core.samples.sample import LABEL_NAMES, Sample, label_name
from core.samples.store import SampleStore
from core.system.paths import AppPaths
from core.wording.names import printable_line
from core.wording.sample_messages import counted_digits, were_known
from core.wording.sample_problems import SampleProblem

HEADINGS = ("ID", "Is", "Read as", "Kept (UTC)", "Writer", "Source")
_WRITER_WIDTH = 16


def run(arguments: argparse.Namespace, paths: AppPaths, library: ModelLibrary) -> int:
    """Do what the action of `arguments` says. Raises DigitPadError when that is impossible."""
    actions = {"list": _list, "export": _export, "remove": _remove}
    if arguments.action == "add" and not _are_labelled(arguments):
        return 2
    with _opened(paths.digits) as store:
        if arguments.action in ("add", "import"):
            reader = SampleReader(Recognizer(library.shipped_bundle()))
            return (_add if arguments.action == "add" else _import)(store, arguments, reader)
        return actions[arguments.action](store, arguments)


@contextmanager
def _opened(path: Path) -> Iterator[SampleStore]:
    """The store; that a damaged one was set aside is told at the end."""
    with SampleStore(path) as store:
        try:
            yield store
        finally:
            if store.recovered:
                _complain(store.recovered)


def _are_labelled(arguments: argparse.Namespace) -> bool:
    """Whether it is clear what all files are; otherwise each one that is not is complained about."""
    unclear = [] if arguments.label else [path for path in arguments.paths if Path(path).is_file()]
    for path in unclear:
        _complain(SampleError(SampleProblem.LABEL_NEEDED, where=path))
    return not unclear


def _add(store: SampleStore, arguments: argparse.Namespace, reader: SampleReader) -> int:
    """Keep the digits in files one by one. Those that cannot be read are reported and do not stop the rest."""
    known = KnownSamples(store)
    kept = skipped = failed = 0
    try:
        for file, label in _labelled_files(arguments.paths, arguments.label):
            try:
                if label is None:
                    raise SampleError(SampleProblem.NO_SUBFOLDERS, where=file)
                if is_folder(file):
                    raise empty_folder_error(file)
                sample = reader.read(Path(file), label, arguments.writer or "")
            except DigitPadError as error:
                failed += 1
                _complain(Answer(file, error=str(error)).error_with_path)
                continue
            if known.is_known(sample, by_anybody=arguments.writer is None):
                skipped += 1
                continue
            known.add(sample)
            store.keep(sample)
            kept += 1
    finally:
        if kept or skipped:
            print(f"Kept {counted_digits(kept)}{were_known(skipped)}.")
    return 1 if failed else 0


def _labelled_files(paths: list[str], label: str | None) -> Iterator[tuple[str, int | None]]:
    """The files with their labels; None for what has none."""
    for path in paths:
        if label is not None or not is_folder(path):
            yield from _files([path], None if label is None else LABEL_NAMES[label])
            continue
        named = {name: str(Path(path) / name) for name in LABEL_NAMES if is_folder(str(Path(path) / name))}
        if not named and Path(path).name in LABEL_NAMES:
            named = {Path(path).name: path}
        if not named:
            yield path, None
        for name, folder in named.items():
            yield from _files([folder], LABEL_NAMES[name])


def _files(paths: list[str], label: int | None) -> Iterator[tuple[str, int | None]]:
    return ((file, label) for file in FoundFiles(paths))


def _list(store: SampleStore, arguments: argparse.Namespace) -> int:
    samples = store.samples(writer=arguments.writer)
    if arguments.json:
        for sample in samples:
            print(json.dumps(_record(sample)))
        return 0
    if samples:
        print(_line(*HEADINGS))
    for sample in samples:
        answered = "" if sample.answered is None else label_name(sample.answered)
        kept_at = f"{_time(sample):%Y-%m-%d %H:%M}"
        writer, source = printable_line(sample.writer), printable_line(sample.source)
        print(_line(str(sample.id), label_name(sample.label), answered, kept_at, writer, source))
    if not samples:
        print("There are no digits of yours yet.")
    return 0


def _record(sample: Sample) -> dict[str, object]:
    return {
        "id": sample.id,
        "label": _json_label(sample.label),
        "writer": sample.writer,
        "kept_at": _time(sample).isoformat(timespec="seconds"),
        "source": sample.source,
        "answered": None if sample.answered is None else _json_label(sample.answered),
        "model": sample.model,
    }


def _json_label(label: int) -> int | str:
    name = label_name(label)
    return int(name) if name.isdigit() else name


def _time(sample: Sample) -> datetime:
    return datetime.fromtimestamp(sample.kept_at, UTC)


def _line(number: str, label: str, answered: str, kept_at: str, writer: str, source: str) -> str:
    return f"{number:>6}  {label:<4}  {answered:<7}  {kept_at:<16}  {writer:<{_WRITER_WIDTH}}  {source}".rstrip()


def _export(store: SampleStore, arguments: argparse.Namespace) -> int:
    done = export_samples(store, arguments.path, writer=arguments.writer)
    print(done.message)
    return 1 if done.unreadable else 0


def _import(store: SampleStore, arguments: argparse.Namespace, reader: SampleReader) -> int:
    done = import_samples(store, arguments.path, reader.read, writer=arguments.writer)
    first, *others = done.messages
    print(first)
    for message in others:
        _complain(message)
    return 1 if done.unreadable else 0


def _remove(store: SampleStore, arguments: argparse.Namespace) -> int:
    ids = dict.fromkeys(arguments.ids)
    present = {sample.id for sample in store.samples()}
    gone = [id_ for id_ in ids if id_ not in present]
    for id_ in gone:
        _complain(SampleError(SampleProblem.GONE, id=id_))
    found = [id_ for id_ in ids if id_ in present]
    store.remove(found)
    if found:
        print(f"Removed {counted_digits(len(found))}.")
    return 1 if gone else 0


def _complain(problem: object) -> None:
    print(end="", flush=True)  # earlier lines come first
    print(problem, file=sys.stderr)
