"""Messages on the user's own digits: what was kept, imported, exported and removed."""

from core.wording.messages import Template


class SampleNote(Template):
    """What is to be said about the store besides problems."""

    RECOVERED = "The file of your digits was damaged. {count:,} could be saved; the damaged file is now {where}."
    FILE_GONE = "The file of your digits is no longer in {place}. DigitPad has begun a new one, which is empty."


class ExportNote(Template):
    """What was saved; {count} and {left_out} are worded: "12 digits", "3 are"."""

    SAVED = "Saved {count} in {where}."
    DIGITS_ONLY = "Saved {count} in {where}; {left_out} no digit and cannot be in such a file."
    SOME_UNREADABLE = "Saved {count} in {where}; {unreadable:,} could not be read: damaged."


class ImportNote(Template):
    """What was added."""

    ADDED = "{added:,} added."
    SOME_KNOWN = "{added:,} added, {known:,} were there already."
    SOME_UNREADABLE = "{unreadable:,} could not be read; the first: {first}"
    SOME_DAMAGED = "{unreadable:,} could not be read: damaged."
    MORE_FILES = "{count} could not be read."


def counted_digits(count: int) -> str:
    """ "1 digit", "12 digits"."""
    return "1 digit" if count == 1 else f"{count:,} digits"


def counted_more_files(count: int) -> str:
    """ "1 more file", "12 more files"."""
    return "1 more file" if count == 1 else f"{count:,} more files"


def counted_are(count: int) -> str:
    """ "1 is", "12 are"."""
    return "1 is" if count == 1 else f"{count:,} are"


def were_known(count: int) -> str:
    """That so many digits were known already, as the end of a sentence; "" for none."""
    if not count:
        return ""
    return "; 1 was there already" if count == 1 else f"; {count:,} were there already"
