"""The measurement of starts: one real start, and what is told of many."""

from benchmarks.speed.start import Start, import_costs, start_app, start_rival, told_pairs, told_profile, told_surplus

IMPORTS = """import time: self [us] | cumulative | imported package
import time:       500 |        500 |   _io
import time:      1500 |       1500 |     numpy._core
import time:      2500 |       4000 |   numpy
import time:      3000 |       7000 | gui.app
something else on stderr
"""


def test_a_start_imports_and_opens_only_what_drawing_needs() -> None:
    start = start_app()
    assert list(start.seconds)[-2:] == ["window shown", "stroke recognised"]
    assert sorted(start.seconds.values()) == list(start.seconds.values())
    assert start.peak_bytes > 10_000_000
    assert {"gui.draw.draw_tab", "cv2"} <= set(start.modules)
    assert any(file.endswith("model.tflite") for file in start.files)
    assert told_surplus(start) == "imported or opened, and not needed for drawing: argparse (by PySide6)"


def test_what_a_rival_takes_is_its_own() -> None:
    seconds, peak = start_rival(("-c", "content = b'7' * 200_000_000"))
    assert seconds > 0
    assert peak > 200_000_000


def test_surplus_is_named() -> None:
    start = make_start(modules=("gui.app", "core.learning.run", "keras"), files=("/a/model.keras", "/a/card.json"))
    assert told_surplus(start).split(": ")[1] == "core.learning, keras, model.keras"


def test_pairs_are_compared() -> None:
    lines = told_pairs([make_start(ready=0.5), make_start(ready=0.7)], [(2.0, 400_000_000), (2.0, 400_000_000)])
    times, memory = lines[-3].split(", of the ")
    assert times == "ratio of the times 0.300 (0.250 to 0.350, 2 runs)"
    assert memory == "memory 0.250 (0.250 to 0.250, 2 runs)"
    assert lines[-2].endswith("MISSED")
    assert lines[-1].endswith("reached")


def test_the_profile_adds_up_by_package() -> None:
    assert import_costs(IMPORTS) == {"Python's own library": 0.5, "numpy": 4.0, "DigitPad": 3.0}
    lines = told_profile(make_start(ready=0.5, imports=IMPORTS))
    assert lines[0].split() == ["300", "ms", "until", "window", "shown"]
    assert lines[1].split() == ["200", "ms", "until", "stroke", "recognised"]
    assert lines[3].split() == ["4.0", "ms", "numpy"]


def make_start(
    *, ready: float = 1.0, modules: tuple[str, ...] = (), files: tuple[str, ...] = (), imports: str = ""
) -> Start:
    return Start({"window shown": 0.3, "stroke recognised": ready}, 100_000_000, modules, files, imports)
