"""Sentences on the log, the diagnostics and the licences."""

from core.wording.messages import Template


class LogMessage(Template):
    """Where the details of an error are, as a clause, and what is wrong with the log."""

    DETAILS_IN_FILE = "details are in {path}"
    DETAILS_IN_TERMINAL = "details are in the terminal"
    DETAILS_LOST = "the details could not be saved"
    UNWRITABLE = "The log cannot be written: {reason}."
    UNREADABLE = "{path} cannot be read: {reason}."


class LicenceMessage(Template):
    """What stands in place of licences that cannot be found."""

    MISSING = "The licences are missing; please install DigitPad again."
    ELSEWHERE = "see its own files"
