"""Pack the app as a `.tar.zst`, and unpack it again."""

import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LEVEL = 15
WINDOW_LOG = 27
"""A window of 128 MB, the largest that every `zstd` and `tar` unpacks unasked."""


def write_archive(folder: Path, file: Path, root: str) -> None:
    """Pack `folder` into `file`, where it is called `root`; written aside and renamed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.part")
    with aside.open("wb") as target, compressed(target) as stream:
        write_tar(stream, [(folder, root)])
    aside.replace(file)


def read_archive(file: Path, folder: Path) -> None:
    """Unpack `file` into `folder`."""
    import zstandard

    unpacker = zstandard.ZstdDecompressor(max_window_size=1 << WINDOW_LOG)
    with (
        file.open("rb") as source,
        unpacker.stream_reader(source) as stream,
        tarfile.open(fileobj=stream, mode="r|") as archive,
    ):
        archive.extraction_filter = getattr(tarfile, "tar_filter", lambda entry, _: entry)  # older Pythons have none
        archive.extractall(folder)


@contextmanager
def compressed(target: BinaryIO) -> Iterator[BinaryIO]:
    """A stream that writes to `target`, compressed by Zstandard."""
    import zstandard

    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, window_log=WINDOW_LOG, enable_ldm=True, threads=os.cpu_count() or 1, write_checksum=True
    )
    with zstandard.ZstdCompressor(compression_params=parameters).stream_writer(target, closefd=False) as stream:
        yield stream


def write_tar(stream: BinaryIO, trees: list[tuple[Path, str]]) -> None:
    """Write a tar of `trees`, each a file or folder and what it is called there; everything belongs to root.

    In GNU's form, the only one with long names that dpkg reads.
    """
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.GNU_FORMAT) as archive:
        for source, name in trees:
            archive.add(source, name, filter=_of_root)


def _of_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = int(entry.mtime)
    runs = entry.isdir() or entry.mode & 0o100
    entry.mode = 0o755 if runs or entry.issym() else 0o644
    return entry
