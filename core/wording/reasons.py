"""Why the operating system refused to read or write, as a clause: "Cannot save …: the disk is full."."""

import errno

_CLAUSES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "no such file or folder",
    errno.EEXIST: "a file is in the way",
    errno.ENOTDIR: "a file is in the way",
    errno.EISDIR: "it is a folder",
}


def reason(error: OSError) -> str:
    """The clause for `error`: one of DigitPad's own, or the system's with a small first letter."""
    known = _CLAUSES.get(error.errno or 0)
    if known:
        return known
    stated = error.strerror or "the reason is not known"
    return stated[:1].lower() + stated[1:]
