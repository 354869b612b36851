"""The errors a person can act on.

Each carries a code, the `Problem`, and the values that its sentence mentions. `str(error)` is that sentence: the window
shows it in place, the command line prints it and exits 1. Anything that is not a `DigitPadError` is a bug and keeps its
traceback.
"""

from core.wording.messages import Message
from core.wording.problems import Problem


class DigitPadError(Exception):
    """A problem that the user can do something about.

    Attributes
    ----------
    problem
        What went wrong.
    values
        What the sentence mentions, by the name of its field in the template.
    """

    def __init__(self, problem: Problem, **values: object) -> None:
        super().__init__(problem)
        self.problem = problem
        self.values = values

    def __str__(self) -> str:
        return str(Message(self.problem, self.values))


class InkFileError(DigitPadError):
    """An ink file that cannot be read as a drawing."""


class PictureError(DigitPadError):
    """A picture that cannot be read, is too large, or has no ink in it."""


class NoInkError(PictureError):
    """A picture that can be read, but has no ink in it."""


class DataSetError(DigitPadError):
    """Training data with a wrong shape, type, label or size."""


class ModelError(DigitPadError):
    """A model bundle that is incomplete, damaged, unsuitable or unknown."""


class TrainingError(DigitPadError):
    """A training run that cannot start or cannot go on."""


class StorageError(DigitPadError):
    """A place on disk that cannot be written: permission denied, or no space left."""


class SampleError(DigitPadError):
    """The user's own digits cannot be used, exported or imported as asked."""


class DisplayError(DigitPadError):
    """No screen to show a window on."""
