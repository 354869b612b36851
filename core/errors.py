"""The errors a person can act on.

`str(error)` is one sentence for the user: the window shows it in place, the command line prints it and
exits 1. Anything that is not a `DigitPadError` is a bug and keeps its traceback.
"""


class DigitPadError(Exception):
    """A problem that the user can do something about."""


class InkFileError(DigitPadError):
    """An ink file that cannot be read as a drawing."""


class PictureError(DigitPadError):
    """A picture that cannot be read, is too large, or holds no ink."""


class NoInkError(PictureError):
    """A picture that can be read, and shows nothing."""


class DataSetError(DigitPadError):
    """Training data with a wrong shape, type, label or size."""


class ModelError(DigitPadError):
    """A model bundle that is incomplete, damaged, foreign or unknown."""


class TrainingError(DigitPadError):
    """A training run that cannot start or cannot go on."""


class StorageError(DigitPadError):
    """A place on disk that cannot be written: no permission, or no space left."""


class DisplayError(DigitPadError):
    """No screen to show a window on."""
