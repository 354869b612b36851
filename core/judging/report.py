"""The report of a test: one HTML file with the model's card, its curves, its confusion matrix and its mistakes."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from core import __version__
from core.judging.damage import PUBLISHED, STRENGTHS, Damage
from core.judging.disputed import DisputedLabels
from core.judging.figures import curves_figure, reliability_figure
from core.judging.model_tests import JudgedModel, ModelTest
from core.judging.pictures import inline_png
from core.judging.reliability import calibration_error, select
from core.judging.report_style import STYLE
from core.judging.robustness import Robustness
from core.models.card import ModelCard
from core.recognition.evaluation import describe_accuracy
from core.wording.judging_messages import damage_title
from core.wording.percentages import counted_accuracy_text, probability_text

MOST_MISTAKES = 400
"""Shown as pictures: each needs some 500 bytes."""
_IN_A_ROW = 8

Damages = Sequence[tuple[JudgedModel, Robustness]]


def make_report(test: ModelTest, disputed: DisputedLabels | None = None, damages: Damages = ()) -> str:
    """The report as HTML. `damages` is what was measured on damaged digits, if it was."""
    name = escape(test.model.title)
    sections = [
        f"<h1>{name} on {escape(test.origin)}</h1>",
        _summary(test, disputed),
        _section("The model", _card_table(test.model.bundle.card)),
        _curves(test.model.bundle.card),
        _section("Each digit", _digit_table(test)),
        _section("Confusion matrix", _confusion_table(test)),
        _section("Confidence", _reliability(test)),
        _damages(damages),
        _comparison(test),
        _mistakes(test, disputed),
        f"<p class='faint'>Made by DigitPad {__version__}, {datetime.now():%Y-%m-%d %H:%M}.</p>",
    ]
    body = "\n".join(filter(None, sections))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f"<style>{STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _section(title: str, *parts: str) -> str:
    return "\n".join([f"<h2>{escape(title)}</h2>", *parts])


def _summary(test: ModelTest, disputed: DisputedLabels | None) -> str:
    lines = [describe_accuracy(test.score), *test.notes]
    if disputed:
        score = test.model.answers.score(test.origin, disputed.undisputed())
        if score is not None:
            lines.append(f"Without {_labels(len(disputed))} that somebody disputes: {describe_accuracy(score)}")
    return "\n".join(f"<p>{escape(line)}</p>" for line in lines)


def _labels(count: int) -> str:
    return "1 label" if count == 1 else f"{count:,} labels"


def _card_table(card: ModelCard) -> str:
    limits = card.thresholds
    facts = {
        "Name": card.name,
        "Network": card.preset,
        "Parameters": f"{card.parameters:,}",
        "Made": card.created,
        "Learned from": str(card.data.get("name") or "data of unknown origin"),
        "Epochs": f"{card.epochs:,}",
        "Seed": str(card.seed),
        "Temperature": f"{card.temperature:.3g}",
        "Refuses below": probability_text(limits.reject_below),
        "Unsure below": probability_text(limits.unsure_below),
    }
    return _table([], [[escape(name), escape(value)] for name, value in facts.items()], "facts")


def _curves(card: ModelCard) -> str:
    figure = curves_figure(card.history)
    return _section("How it learned", figure) if figure else ""


def _digit_table(test: ModelTest) -> str:
    rows = []
    for digit, row in enumerate(test.score.confusion):
        total = sum(row)
        right = counted_accuracy_text(row[digit] / total, total) if total else "–"
        rows.append([str(digit), f"{row[digit]:,}", f"{total - row[digit]:,}", right])
    return _table(["Digit", "Right", "Wrong", "Accuracy"], rows, "numbers")


def _confusion_table(test: ModelTest) -> str:
    confusion = test.score.confusion
    rows = []
    for truth, row in enumerate(confusion):
        total, most = sum(row), max(count for guess, count in enumerate(row) if guess != truth)
        shares = [count / (total if truth == guess else most) if count else 0.0 for guess, count in enumerate(row)]
        cells = [
            _heat(count, share, is_right=truth == guess)
            for guess, (count, share) in enumerate(zip(row, shares, strict=True))
        ]
        rows.append([f"<b>{truth}</b>", *cells])
    head = ["", *(f"read {guess}" for guess in range(len(confusion)))]
    return _table(head, rows, "matrix") + "<p class='faint'>Rows are what the digits are.</p>"


def _heat(count: int, share: float, *, is_right: bool) -> str:
    if not count:
        return "<td class='none'>0</td>"
    strength = 0.12 + 0.5 * share**0.5
    colour = _mixed((0, 114, 178) if is_right else (213, 94, 0), strength)
    return f"<td bgcolor='{colour}'>{count:,}</td>"


def _mixed(colour: tuple[int, int, int], share: float) -> str:
    """`colour` on white."""
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in colour)


def _reliability(test: ModelTest) -> str:
    answers, limits = test.model.answers, test.model.bundle.card.thresholds
    error = f"Confidence and accuracy differ by {100 * calibration_error(answers):.2f} points on average."
    threshold = f"Below {probability_text(limits.reject_below)} it refuses: "
    selection = select(answers, limits, limits.reject_below).sentence
    return "\n".join([reliability_figure(answers), f"<p>{error}</p>", f"<p>{threshold}{escape(selection)}</p>"])


def _damages(damages: Damages) -> str:
    parts = []
    for tested, found in damages:
        rows = [_damage_row(found, kind) for kind in Damage]
        head = ["", *map(str, range(1, STRENGTHS + 1))]
        said = f"{tested.title}, on {found.digits:,} digits damaged in each way; a star marks the strength of MNIST-C."
        parts.append(f"<p>{escape(said)}</p>{_table(head, rows, 'numbers')}")
    return _section("Damaged digits", *parts) if parts else ""


def _damage_row(found: Robustness, kind: Damage) -> list[str]:
    shares = [found.accuracy(kind, strength) for strength in range(1, STRENGTHS + 1)]
    stars = ["*" if PUBLISHED[kind] == strength else "" for strength in range(1, STRENGTHS + 1)]
    texts = [f"{100 * share:.1f} %{star}" for share, star in zip(shares, stars, strict=True)]
    return [damage_title(kind), *texts]


def _comparison(test: ModelTest) -> str:
    found, other = test.comparison, test.other
    if found is None or other is None:
        return ""
    score = other.answers.score(test.origin)
    assert score is not None, "a test has digits"
    lines = [
        f"{other.title}: {describe_accuracy(score)}",
        f"{test.model.title} instead of {other.title}: {found.words}.",
    ]
    if len(found.better) + len(found.worse):
        chance = "Between two models that are equally good, so great a difference has a probability of"
        lines.append(f"{chance} {found.p:.2g} (McNemar's exact test).")
    return _section(f"Beside {other.title}", *(f"<p>{escape(line)}</p>" for line in lines))


def _mistakes(test: ModelTest, disputed: DisputedLabels | None) -> str:
    places = test.model.answers.mistakes()
    if not len(places):
        return _section("Mistakes", "<p>None.</p>")
    cells = [_mistake(test, place, disputed) for place in places[:MOST_MISTAKES].tolist()]
    rows = ["<tr>" + "".join(cells[at : at + _IN_A_ROW]) + "</tr>" for at in range(0, len(cells), _IN_A_ROW)]
    said = f"{len(places):,} digits are read wrongly; the network was most sure of the first."
    if len(places) > MOST_MISTAKES:
        said += f" These are the first {MOST_MISTAKES}."
    return _section("Mistakes", f"<p>{said}</p><table class='pictures'>{''.join(rows)}</table>")


def _mistake(test: ModelTest, place: int, disputed: DisputedLabels | None) -> str:
    answers = test.model.answers
    label, guess = int(answers.labels[place]), int(answers.guesses[place])
    sure = probability_text(float(answers.confidences[place]))
    mark = "<br>disputed" if disputed is not None and place in disputed else ""
    picture = inline_png(test.digits.images[place])
    alt = f"Digit {place + 1}: a {label} read as {guess}"
    return f"<td><img src='{picture}' width='56' height='56' alt='{alt}'><br>{label} read {guess}<br>{sure}{mark}</td>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], kind: str) -> str:
    """A table; a cell may bring its own `<td>`."""
    first = "".join(f"<th>{escape(title)}</th>" for title in head)
    lines = ["".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<table class='{kind}'>" + (f"<tr>{first}</tr>" if head else "") + _lines(lines) + "</table>"


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"<tr>{line}</tr>" for line in lines)
