"""Pack the app as a `.tar.zst`, and unpack it again."""

import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LEVEL = 15
WINDOW_LOG = 27
"""A window of 128 MB, the largest that every `zstd` and `tar` unpacks without being asked to."""


def write_archive(folder: Path, file: Path, root: str) -> None:
    """Pack `folder` into `file`, under the name `root`; `file` appears only when it is complete."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.part")
    with aside.open("wb") as target, _compressed(target) as stream:
        write_tar(stream, folder, root)
    aside.replace(file)


def read_archive(file: Path, folder: Path) -> None:
    """Unpack `file` into `folder`."""
    import zstandard

    decompressor = zstandard.ZstdDecompressor(max_window_size=1 << WINDOW_LOG)
    with (
        file.open("rb") as source,
        decompressor.stream_reader(source) as stream,
        tarfile.open(fileobj=stream, mode="r|") as archive,
    ):
        archive.extraction_filter = getattr(tarfile, "tar_filter", lambda entry, _: entry)  # not in older Pythons
        archive.extractall(folder)


@contextmanager
def _compressed(target: BinaryIO) -> Iterator[BinaryIO]:
    """A stream that writes to `target`, compressed with Zstandard."""
    import zstandard

    parameters = zstandard.ZstdCompressionParameters.from_level(
        LEVEL, window_log=WINDOW_LOG, enable_ldm=True, threads=os.cpu_count() or 1, write_checksum=True
    )
    with zstandard.ZstdCompressor(compression_params=parameters).stream_writer(target, closefd=False) as stream:
        yield stream


def write_tar(stream: BinaryIO, folder: Path, root: str) -> None:
    """Write `folder` as a tar, under the name `root`; everything in it belongs to root, and everybody can read it."""
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.GNU_FORMAT) as archive:
        archive.add(folder, root, filter=_normalised)


def _normalised(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = int(entry.mtime)
    is_executable = entry.isdir() or entry.issym() or entry.mode & 0o100
    entry.mode = 0o755 if is_executable else 0o644
    return entry
