"""Messages on the user's own digits: what was kept, imported, exported and removed."""

from core.wording.messages import Template


class SampleNote(Template):
    """What is to be said about the store besides problems."""

    RECOVERED = "The file of your digits was damaged. {count:,} could be saved; the damaged file is now {where}."


def counted_digits(count: int) -> str:
    """ "1 digit", "12 digits"."""
    return "1 digit" if count == 1 else f"{count:,} digits"


def were_known(count: int) -> str:
    """That so many digits were known already, as the end of a sentence; "" for none."""
    if not count:
        return ""
    return "; 1 was there already" if count == 1 else f"; {count:,} were there already"
