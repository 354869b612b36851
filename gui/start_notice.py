"""What has to be said when the window opens."""

from core.system.crash_log import Crash
from core.system.paths import AppPaths, storage_problem
from gui.pad.recovery import Recovery
from gui.widgets.notice import Notice


def say_at_start(notice: Notice, recovery: Recovery, paths: AppPaths, crash: Crash | None) -> None:
    """Bring back what earlier windows left on their pads, and say what there is to say.

    `crash` is how DigitPad ended before, where that was not as it should.
    """
    storage = storage_problem(paths)
    is_back = recovery.take_over_crashed()
    is_near = not is_back and recovery.take_over_last()
    problems = [_crash_sentence(notice, crash, is_back), storage]
    if any(problems):
        notice.show_problem(" ".join(filter(None, problems)))
    elif is_back:
        notice.show_information(notice.tr("DigitPad ended unexpectedly; your drawing is back on the pad."))
    elif is_near:
        notice.show_information(notice.tr("Undo (Ctrl+Z) brings back your last drawing."))


def _crash_sentence(notice: Notice, crash: Crash | None, is_back: bool) -> str:
    """Empty where nothing crashed."""
    if crash is None:
        return ""
    if crash.details is None:
        if is_back:
            return notice.tr(
                "DigitPad did not end as it should last time; your drawing is back on the pad, and nothing tells why."
            )
        return notice.tr("DigitPad did not end as it should last time, and nothing tells why.")
    if is_back:
        return notice.tr(
            "DigitPad ended unexpectedly last time; your drawing is back on the pad, and details are in {0}."
        ).format(crash.details)
    return notice.tr("DigitPad ended unexpectedly last time; details are in {0}.").format(crash.details)
