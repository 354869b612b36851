"""Have the app read pictures from a folder, as its own command does, and count what it says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.evaluation.measuring import RefusalScore, score_refusals
from benchmarks.pictures.canvas import as_image
from benchmarks.pictures.digits import Digit
from benchmarks.pictures.forms import FORMS, digit_pictures, digits_for
from benchmarks.pictures.non_digits import COUNT, KINDS, non_digit_pictures
from core.commands.predict import classify
from core.pictures.headers import picture_kind
from core.recognition.file_numbers import FileReader
from core.recognition.recognizer import BLANK, Recognition, Recognizer, Verdict

_REFUSALS = (Verdict.NOT_A_DIGIT, Verdict.BLANK)


@dataclass(frozen=True, slots=True)
class FormScore:
    """How pictures of one form were read.

    Attributes
    ----------
    right
        Share whose best guess is right and was not refused.
    wrong
        Share whose best guess is wrong and was not refused; with `right` and `refused` it sums to 1.
    refused, unsure
        Shares that were refused, or in which no ink was found, and for which two digits were named.
    direct
        Share of the same digits that is right where no picture has to be read: what `right` can be expected to reach.
    """

    name: str
    count: int
    right: float
    wrong: float
    refused: float
    unsure: float
    direct: float


def score_forms(
    recognizer: Recognizer, folder: Path, from_mnist: Sequence[Digit], drawn: Sequence[Digit], seed: int,
    tell: Callable[[str], None],
) -> list[FormScore]:  # fmt: skip
    """Every form; the pictures are left in `folder`. `tell` is told which comes next."""
    scores = []
    for number, form in enumerate(FORMS):
        tell(form)
        digits = digits_for(form, from_mnist, drawn)
        direct = recognizer.recognize_many([as_image(digit.source) for digit in digits])
        pictures = list(digit_pictures(form, digits, seed))
        answers = read(recognizer, folder / f"form-{number:02}", [content for _, content in pictures])
        scores.append(score_form(form, answers, direct, [label for label, _ in pictures]))
    return scores


def score_kinds(
    recognizer: Recognizer, folder: Path, drawn: Sequence[Digit], seed: int, tell: Callable[[str], None],
    count: int = COUNT,
) -> list[RefusalScore]:  # fmt: skip
    """Every kind of what is no digit; the pictures are left in `folder`."""
    scores = []
    for number, kind in enumerate(KINDS):
        tell(kind)
        contents = list(non_digit_pictures(kind, drawn, seed, count))
        scores.append(score_refusals(kind, read(recognizer, folder / f"kind-{number:02}", contents)))
    return scores


def read(recognizer: Recognizer, folder: Path, contents: Iterable[bytes]) -> list[Recognition]:
    """What the app says of pictures, which are written into `folder`; blank where it finds nothing to read."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, content in enumerate(contents):
        path = folder / f"{number:04}.{picture_kind(content)}"
        path.write_bytes(content)
        paths.append(str(path))
    return [answer.recognition or BLANK for answer in classify(paths, FileReader(recognizer))]


def score_form(
    name: str, answers: Sequence[Recognition], direct: Sequence[Recognition], labels: Sequence[int]
) -> FormScore:
    """Score answers on pictures of digits with known labels, and on the digits themselves; at least one."""
    count = len(answers)
    refused = [answer.verdict in _REFUSALS for answer in answers]
    right = _count_right(answers, labels)
    return FormScore(
        name=name,
        count=count,
        right=right / count,
        wrong=(count - right - sum(refused)) / count,
        refused=sum(refused) / count,
        unsure=sum(answer.verdict is Verdict.UNSURE for answer in answers) / count,
        direct=_count_right(direct, labels) / count,
    )


def _count_right(answers: Sequence[Recognition], labels: Sequence[int]) -> int:
    pairs = zip(answers, labels, strict=True)
    return sum(answer.digit == label and answer.verdict not in _REFUSALS for answer, label in pairs)
