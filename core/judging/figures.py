"""The figures of a report, as SVG: no program is needed to draw them, and every browser shows them.

Colours are Okabe and Ito's, which colour-blind eyes can tell apart.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from core.judging.answers import ModelAnswers
from core.judging.reliability import reliability

WIDTH, HEIGHT = 420, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 12, 34
BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#9aa2b1"
MOST_EPOCHS = 2_000

Point = tuple[float, float]


def reliability_figure(answers: ModelAnswers) -> str:
    """Accuracy over confidence: of honest answers, all points are on the diagonal. A point's size tells how many."""
    bins = reliability(answers)
    most = max((one.count for one in bins), default=1)
    points = [
        _dot(_x(one.confidence), _y(one.accuracy), 3 + 5 * math.log1p(one.count) / math.log1p(most)) for one in bins
    ]
    diagonal = _line([(0, 0), (1, 1)], GREY, dashes="4 4")
    curve = _line([(one.confidence, one.accuracy) for one in bins], BLUE)
    return _figure("Accuracy over confidence", "Confidence", "Accuracy", [diagonal, curve, *points])


def curves_figure(history: Sequence[Mapping[str, Any]]) -> str:
    """Accuracy in training and validation after each epoch; "" for a history without it. A card may hold any JSON."""
    kinds = {"accuracy": ("training", BLUE), "validation_accuracy": ("validation", ORANGE)}
    epochs = history[:MOST_EPOCHS]
    series = {key: [_share(epoch.get(key)) for epoch in epochs] for key in kinds}
    shown = {key: values for key, values in series.items() if len(values) > 1 and None not in values}
    if not shown:
        return ""
    low = min(share for values in shown.values() for share in values if share is not None)
    parts = []
    for number, (key, values) in enumerate(shown.items()):
        name, colour = kinds[key]
        points = [(at / (len(values) - 1), _stretched(share, low)) for at, share in enumerate(values)]
        parts += [_line(points, colour), _text(WIDTH - RIGHT - 4, HEIGHT - BOTTOM - 10 - 16 * number, name, colour)]
    return _figure("Accuracy after each epoch", f"Epochs 1 to {len(epochs)}", "Accuracy", parts, low=low)


def _share(value: object) -> float | None:
    is_share = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if is_share and isinstance(value, int | float) else None


def _stretched(share: float | None, low: float) -> float:
    return 1.0 if share is None or low >= 1 else (share - low) / (1 - low)


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _figure(title: str, across: str, up: str, parts: Sequence[str], low: float = 0.0) -> str:
    axes = f"<path d='M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}' fill='none' stroke='{GREY}'/>"
    levels = [(share, low + share * (1 - low)) for share in (0, 0.25, 0.5, 0.75, 1)]
    decimals = 1 if low else 0
    texts = [_text(LEFT - 6, _y(share) + 4, f"{100 * level:.{decimals}f} %") for share, level in levels]
    texts += [
        f"<text x='{_x(0.5)}' y='{HEIGHT - 8}' text-anchor='middle' fill='#636a78' font-size='12'>{across}</text>"
    ]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}' "
        f"role='img' font-family='sans-serif'><title>{title}: {up}</title>{axes}{''.join(texts)}{''.join(parts)}</svg>"
    )


def _line(points: Sequence[Point], colour: str, dashes: str = "none") -> str:
    places = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    how = f"fill='none' stroke='{colour}' stroke-width='1.6' stroke-dasharray='{dashes}'"
    return f"<polyline points='{places}' {how}/>"


def _dot(x: float, y: float, radius: float) -> str:
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{radius:.1f}' fill='{BLUE}'/>"


def _text(x: float, y: float, text: str, colour: str = "#636a78") -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='end' fill='{colour}' font-size='12'>{text}</text>"
