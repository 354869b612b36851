"""Keeping what is on the pad as a digit of one's own, from one key to the store and back."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.digits.arrays import Image
from core.pad.content import Content, PictureInk, blank_content
from core.recognition.digit_ink import image_of_all, ink_of
from core.recognition.numbers import NumberReading, ReadDigit
from core.recognition.recognizer import BLANK, Recognition, Verdict
from core.samples.sample import NO_DIGIT, NewSample
from gui.pad.document import PadDocument
from gui.pad.page import Page
from gui.recognition.active_model import ActiveModel
from gui.recognition.keep_step import KeepStep, Kept
from gui.recognition.live_recognition import LiveRecognition
from gui.recognition.my_digits import MyDigits

MOST_REMEMBERED = 500
"""Digits of numbers and pages that are known to be kept: as many as there are steps to undo."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Ink that can be kept."""

    content: Content
    image: Image
    answer: Recognition | None
    source: str
    ink: Hashable
    after: Content


class Keeping(QObject):
    """Keeps the digit that is looked at: all that is on the pad, one digit of a number, or one of a page over the pad.

    Signals
    -------
    changed
        Something can be kept now, or nothing any more; or something was kept, or taken back.
    page_digit_wanted
        `(int)`: this digit of the page should be looked at next.
    """

    changed = Signal()
    page_digit_wanted = Signal(int)

    def __init__(
        self,
        document: PadDocument,
        recognition: LiveRecognition,
        model: ActiveModel,
        my_digits: MyDigits,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._recognition = recognition
        self._model = model
        self._my_digits = my_digits
        self._page: Page | None = None
        self._page_index: int | None = None
        self._steps: dict[Hashable, KeepStep] = {}
        self._index = 0
        self._latest: Kept | None = None
        self._was_blank = True
        self._is_whole = False
        self._looks: tuple[object, ...] = ()
        document.changed.connect(self._follow_ink)
        document.undo_stack.indexChanged.connect(self._follow_undo)
        recognition.answered.connect(self._tell)

    # --- what there is ------------------------------------------------------------------------------------

    @property
    def can_keep(self) -> bool:
        """Whether there is ink that is not kept yet."""
        has_ink = self._page_index is not None if self._page is not None else not self._document.is_blank
        return has_ink and self.kept_before is None

    @property
    def place(self) -> tuple[int, int]:
        """Which digit of how many is looked at, from 1; `(1, 1)` where there is but one."""
        count = len(self._recognition.reading.digits)
        index = self._recognition.selection.index if count > 1 and self._page is None else None
        return (1, 1) if index is None else (index + 1, count)

    @property
    def can_be_whole(self) -> bool:
        """Whether there are several digits, none of them kept, that could be one that was taken for several."""
        is_several = self._page is None and not self._recognition.reading.is_single
        return is_several and not self._document.is_blank and not self.kept_places()

    @property
    def is_whole(self) -> bool:
        """Whether all of the several digits are to be kept as one."""
        return self._is_whole and self.can_be_whole

    @property
    def latest(self) -> Kept | None:
        """What undo would take back; None where its next step is something else."""
        return self._latest

    @property
    def kept_before(self) -> Kept | None:
        """How the digit of several that is looked at is kept already."""
        return self._kept_as(self._ink_looked_at()) if self._steps and not self.is_whole else None

    def kept_places(self) -> tuple[int, ...]:
        """The digits of the number on the pad that are kept, in reading order."""
        if not self._steps or self._recognition.reading.is_single:
            return ()
        content, digits = self._recognition.content, self._recognition.reading.digits
        return tuple(index for index, digit in enumerate(digits) if self._kept_as(_ink_key(content, digit)))

    def look_at_page(self, page: Page, index: int | None) -> None:
        """A page covers the pad; this digit of it is looked at, if any."""
        self._page, self._page_index = page, index
        self._tell()

    def look_at_pad(self) -> None:
        """No page covers the pad any more."""
        self._page = self._page_index = None
        self._tell()

    def take_as_one(self, is_one: bool) -> None:
        """Keep all of several digits as one from now on, or each alone; what is kept next ends it."""
        self._is_whole = is_one
        self._tell()

    # --- keeping ------------------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Keep the digit that is looked at as what was answered: the best guess, or no digit."""
        self._bring_up_to_date()
        label = _label_of(self._answer())
        if label is not None:
            self.keep(label)

    def keep(self, label: int) -> None:
        """Keep the digit that is looked at as `label`. Where that is impossible it stays on the pad."""
        self._bring_up_to_date()
        found = self._find(label) if self.can_keep else None
        if found is None:
            return
        bundle = self._model.bundle
        sample = self._my_digits.keep(
            NewSample(
                label,
                found.content,
                found.image,
                writer=self._my_digits.writer,
                source=found.source,
                answered=_label_of(found.answer),
                model=bundle.slug if bundle else "",
            )
        )
        if sample is not None:
            kept = Kept(sample.id, label, self._my_digits.count(label), sample.writer, found.ink)
            step = KeepStep(self._document, self._my_digits, kept, found.after, self.tr("Keep digit"))
            self._remember(step)
            self._document.undo_stack.push(step)

    def _bring_up_to_date(self) -> None:
        """End the stroke under way, and read it."""
        self._document.settle()
        if self._page is None and self._recognition.content is not self._document.content:
            self._recognition.answer_now()

    def _answer(self) -> Recognition:
        if self._page is not None:
            return BLANK if self._page_index is None else self._page.reading.digits[self._page_index].recognition
        return BLANK if self.is_whole else self._recognition.recognition

    def _find(self, label: int) -> _Found | None:
        """The ink that is meant, if it is a `label`."""
        if self._page is not None:
            return self._find_on_page(self._page, self._page_index)
        content, reading = self._recognition.content, self._recognition.reading
        source = content.name if isinstance(content, PictureInk) else "pad"
        if self.is_whole:
            return _find_whole(content, None, source)
        digit = self._recognition.selection.digit
        if digit is None or reading.is_single:
            return _find_single(content, reading, label, source)
        ink = _ink_key(content, digit)
        after = blank_content() if self._is_last(ink) else content
        return _Found(ink_of(content, digit), digit.normalized.image, digit.recognition, source, ink, after)

    def _find_on_page(self, page: Page, index: int | None) -> _Found | None:
        if index is None:
            return None
        content, normalized = page.on_pad(index)
        answer, after = page.reading.digits[index].recognition, self._document.content
        return _Found(content, normalized.image, answer, page.name, (page, index), after)

    def _is_last(self, ink: Hashable) -> bool:
        """Whether all other digits of the number are kept."""
        content, digits = self._recognition.content, self._recognition.reading.digits
        keys = {_ink_key(content, digit) for digit in digits}
        return all(key == ink or self._kept_as(key) for key in keys)

    # --- what was kept ------------------------------------------------------------------------------------

    def _remember(self, step: KeepStep) -> None:
        if step.kept.ink is not None:
            self._steps[step.kept.ink] = step
            if len(self._steps) > MOST_REMEMBERED:
                del self._steps[next(iter(self._steps))]

    def _kept_as(self, ink: Hashable) -> Kept | None:
        step = self._steps.get(ink)
        return step.kept if step is not None and step.is_in_store else None

    def _ink_looked_at(self) -> Hashable:
        """The key of the digit of several that is looked at; None for a single one, which leaves the pad when kept."""
        if self._page is not None:
            return (self._page, self._page_index)
        digit = self._recognition.selection.digit
        if digit is None or self._recognition.reading.is_single:
            return None
        return _ink_key(self._recognition.content, digit)

    def _step_at(self, index: int) -> KeepStep | None:
        stack = self._document.undo_stack
        if not isValid(stack):  # it is emptied when the window is destroyed, and tells of it
            return None
        step = stack.command(index) if 0 <= index < stack.count() else None
        return step if isinstance(step, KeepStep) else None

    def _follow_undo(self, index: int) -> None:
        """Look at the digit that was taken back, or at the next one after that which was kept."""
        is_undo, self._index = index < self._index, index
        top = self._step_at(index - 1)
        self._latest = top.kept if top is not None else None
        self._is_whole = self._is_whole and self._latest is None
        step = self._step_at(index if is_undo else index - 1)
        if step is not None and step.kept.ink is not None:
            self._look_from(step.kept.ink, is_undo=is_undo)
        self._tell()

    def _look_from(self, ink: Hashable, *, is_undo: bool) -> None:
        if self._page is not None:
            keys: list[Hashable] = [(self._page, index) for index in range(len(self._page.reading.digits))]
        else:
            self._recognition.answer_now()
            keys = [_ink_key(self._recognition.content, digit) for digit in self._recognition.reading.digits]
        if ink not in keys:
            return
        at = keys.index(ink)
        others = [*range(at, len(keys)), *range(at)]
        wanted = at if is_undo else next((other for other in others if not self._kept_as(keys[other])), at)
        if self._page is not None:
            self.page_digit_wanted.emit(wanted)
        else:
            self._recognition.selection.choose(wanted)

    def _follow_ink(self) -> None:
        """The first point makes a difference at once; all else follows the answer."""
        if self._document.is_blank != self._was_blank:
            self._was_blank = not self._was_blank
            self._tell()

    def _tell(self) -> None:
        self._is_whole = self._is_whole and not self._recognition.reading.is_single
        looks = self.can_keep, self.place, self.latest, self.kept_before, self.can_be_whole, self.is_whole
        if looks != self._looks:
            self._looks = looks
            self.changed.emit()


def _find_single(content: Content, reading: NumberReading, label: int, source: str) -> _Found | None:
    """One digit, or what is none. All ink belongs to it, unless the answer is right about what it left out."""
    read = reading.digits[0] if reading.digits else None
    answer = read.recognition if read is not None else None
    if read is not None and not reading.unread:
        return _Found(content, read.normalized.image, answer, source, None, blank_content())
    if read is not None and (_label_of(answer) == label or _is_on_refused(content, read)):
        return _Found(ink_of(content, read), read.normalized.image, answer, source, None, blank_content())
    return _find_whole(content, answer, source)


def _find_whole(content: Content, answer: Recognition | None, source: str) -> _Found | None:
    image = image_of_all(content)
    return None if image is None else _Found(content, image, answer, source, None, blank_content())


def _is_on_refused(content: Content, digit: ReadDigit) -> bool:
    """Whether strokes on a picture without a digit were read by themselves."""
    return isinstance(content, PictureInk) and bool(digit.strokes)


def _label_of(answer: Recognition | None) -> int | None:
    """The label that was answered; None for no answer."""
    if answer is None or answer.digit is None:
        return None
    return NO_DIGIT if answer.verdict == Verdict.NOT_A_DIGIT else answer.digit


def _ink_key(content: Content, digit: ReadDigit) -> Hashable:
    """The same for the same ink: its strokes, or its place in a picture."""
    if digit.strokes:
        return frozenset(content.strokes[stroke] for stroke in digit.strokes)
    return content, tuple(round(edge) for edge in digit.box)
