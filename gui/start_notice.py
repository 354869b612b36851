"""What has to be said when the window opens, in one sentence."""

from pathlib import Path

from core.paths import AppPaths, storage_problem
from gui.notice import Notice
from gui.recovery import Recovery


def say_at_start(notice: Notice, recovery: Recovery, paths: AppPaths, crash: Path | None) -> None:
    """Bring back what earlier windows left on their pads, and say the most important thing there is to say.

    `crash` is the file with the details where DigitPad crashed before.
    """
    problem = storage_problem(paths)
    is_back = recovery.take_over_crashed()
    is_near = not is_back and recovery.take_over_last()
    if crash is not None and is_back:
        problem = notice.tr(
            "DigitPad ended unexpectedly last time; your drawing is back on the pad, and details are in {0}."
        ).format(crash)
    elif crash is not None:
        problem = notice.tr("DigitPad ended unexpectedly last time; details are in {0}.").format(crash)
    if problem:
        notice.show_problem(problem)
    elif is_back:
        notice.show_information(notice.tr("DigitPad ended unexpectedly; your drawing is back on the pad."))
    elif is_near:
        notice.show_information(notice.tr("Undo (Ctrl+Z) brings back your last drawing."))
