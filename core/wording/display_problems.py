"""Sentences on why no window can be shown."""

from core.wording.problems import Problem


class DisplayProblem(Problem):
    UNKNOWN_PLATFORM = "QT_QPA_PLATFORM is “{platform}”, which is no kind of screen that DigitPad knows."
    NO_SCREEN = (
        "DigitPad needs a screen to show its window, and there is none here; "
        "“{command} self-test” and the other commands work without one (see --help)."
    )
    LIBRARIES_MISSING = "Qt's system libraries are missing; install them with “sudo apt-get install {packages}”."
    SCREEN_SILENT = "The screen {display} does not answer; is the X server running?"
