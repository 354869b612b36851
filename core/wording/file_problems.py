"""Sentences on files and folders that are opened or dropped, whatever they hold."""

from core.wording.problems import Problem


class FileProblem(Problem):
    IN_FILE = "{where}: {reason}"
    IS_FOLDER = "It is a folder, not a file."
    NOT_FOUND = "There is no such file."
    PERMISSION_DENIED = "Permission denied."
    NOT_REGULAR = "It is not a regular file."
    UNREADABLE = "It cannot be read: {reason}."
    EMPTY = "The file is empty."
    NO_INK = "There is no ink in it."
    TOO_LARGE = "The file is larger than {limit:.0f} MB."
    FOREIGN_FORMAT = "DigitPad cannot read {kind}; save the picture as PNG or JPEG."
    PDF = "DigitPad cannot read PDF; save the page as PNG, or take a screenshot of it."
    NOTHING_IN_FOLDER = "There are no drawings or pictures in {folder}."
    FOLDER_UNREADABLE = "{folder} cannot be read: permission denied."


class DropProblem(Problem):
    NOT_LOCAL = "Only files and folders of this computer can be trained on."
    PICTURES = "To train on pictures, drop the folder that holds them, in subfolders 0 to 9."
    MIXED = "Drop one file or folder to train on, or the files of one data set in IDX format."
