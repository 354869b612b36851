"""Sentences on the user's own digits: their store, and files that they are exported to and imported from."""

from core.wording.problems import Problem


class SampleProblem(Problem):
    # the store
    NEWER = "{where}: your digits were kept by a newer DigitPad; install that version to use them."
    FOREIGN = "{where}: this is a database of another program."
    BUSY = "Another program has been using your digits for more than {seconds:g} seconds; try again."
    CANNOT_KEEP = "Cannot keep digits in {place}: {reason}."
    DAMAGED_AGAIN = "{where} is damaged, and could not be replaced."
    GONE = "There is no digit {id}."
    INK_DAMAGED = "The ink of digit {id} is damaged."

    # folders of labelled files
    LABEL_NEEDED = "{where}: say which digit it is with --label."
    NO_SUBFOLDERS = "{where}: there are no subfolders 0 to 9 in it; --label says what its files are."

    # files
    NOTHING_TO_EXPORT = "There are no digits to export."
    ALL_DAMAGED = "None of these digits can be read: they are damaged."
    UNKNOWN_SUFFIX = "{where}: digits are saved as .npz, .csv or .zip, or in a folder, whose name has no such ending."
    IN_THE_WAY = "{where} exists already; name a folder that is new or empty."
    NOT_A_PACKAGE = "{where}: this is not a complete zip file of digits from DigitPad."
    FOREIGN_PACKAGE = "{where}: “{name}” in it is not from DigitPad; nothing was added."
    NEWER_PACKAGE = "{where}: these digits were saved by a newer DigitPad; install that version to import them."
    TOO_MANY = "{where}: more than {limit:,} digits are too many."
    TOO_LARGE = "{where}: unpacked, it is larger than {limit:g} GB."
    CSV_LINE = "{where}: line {line:,} is not a label 0 to 9 and 784 pixels 0 to 255."
