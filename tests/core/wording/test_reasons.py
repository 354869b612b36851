"""Why the system refused is a clause that fits into a sentence."""

import errno

import pytest

from core.wording.reasons import reason


@pytest.mark.parametrize(
    ("error", "clause"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "permission denied"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "no such file or folder"),
        (FileExistsError(errno.EEXIST, "File exists"), "a file is in the way"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "it is a folder"),
        (OSError(errno.EIO, "Input/output error"), "input/output error"),
        (OSError(), "the reason is not known"),
    ],
)
def test_the_system_is_put_into_words(error: OSError, clause: str) -> None:
    assert reason(error) == clause
