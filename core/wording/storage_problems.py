"""Sentences on what cannot be saved, deleted or kept."""

from core.wording.problems import Problem


class StorageProblem(Problem):
    CANNOT_SAVE = "Cannot save {place}: {reason}."
    CANNOT_DELETE = "Cannot delete {place}: {reason}."
    CANNOT_KEEP_DATA = "Cannot keep settings and models in {place}: {reason}."
    NO_HOME = "There is no home folder for settings and models; {variable} can name another folder."
    NO_ROOM = "Cannot save models in {folder}: {needed:.0f} MB of space are needed, and {free:.0f} MB are free."
    UNKNOWN_SUFFIX = "{where}: a drawing can be saved as {suffixes}."
    PICTURE_NEEDS_PNG = "{where}: a drawing with a picture in it can only be saved as PNG."
    PLOT_SUFFIX = "{where}: a plot can only be saved as PNG or CSV."
