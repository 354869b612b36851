"""Sentences on the user's own digits: their store, and files that they are exported to and imported from."""

from core.wording.problems import Problem


class SampleProblem(Problem):
    # the store
    NEWER = "{where}: your digits were kept by a newer DigitPad; install that version to use them."
    FOREIGN = "{where}: this is a database of another program."
    BUSY = "Another program has been using your digits for more than {seconds:g} seconds; try again."
    CANNOT_KEEP = "Cannot keep digits in {place}: {reason}."
    DAMAGED_AGAIN = "{where} is damaged, and could not be replaced."
    GONE = "There is no digit {id} any more."
    INK_DAMAGED = "The ink of digit {id} is damaged."

    # folders of labelled files
    LABEL_NEEDED = "{where}: say which digit it is with --label."
    NO_SUBFOLDERS = "{where}: there are no subfolders 0 to 9 in it; --label says what its files are."
