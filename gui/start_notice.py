"""What the window says when it opens."""

from core.system.crash_log import Crash
from core.system.paths import AppPaths, storage_problem
from gui.pad.recovery import Recovery
from gui.widgets.notice import Notice


def show_start_notice(notice: Notice, recovery: Recovery, paths: AppPaths, crash: Crash | None) -> None:
    """Restore what earlier windows left on their pads, and say so, or what else the user should know.

    `crash` is how DigitPad ended last time, if it crashed.
    """
    storage = storage_problem(paths)
    is_back = recovery.take_over_crashed()
    is_near = not is_back and recovery.take_over_last()
    problems = [_crash_sentence(notice, crash, is_back), storage]
    if any(problems):
        notice.show_problem(" ".join(filter(None, problems)))
    elif is_back:
        notice.show_information(notice.tr("DigitPad quit unexpectedly; your drawing is back on the pad."))
    elif is_near:
        notice.show_information(notice.tr("Undo (Ctrl+Z) brings back your last drawing."))


def _crash_sentence(notice: Notice, crash: Crash | None, is_back: bool) -> str:
    """What to say about a crash; "" for none."""
    if crash is None:
        return ""
    if crash.details is None:
        if is_back:
            return notice.tr(
                "DigitPad quit unexpectedly last time; the reason is not known. Your drawing is back on the pad."
            )
        return notice.tr("DigitPad quit unexpectedly last time; the reason is not known.")
    if is_back:
        return notice.tr(
            "DigitPad quit unexpectedly last time; details are in {0}. Your drawing is back on the pad."
        ).format(crash.details)
    return notice.tr("DigitPad quit unexpectedly last time; details are in {0}.").format(crash.details)
