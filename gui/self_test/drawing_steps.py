"""The self-test's steps around the drawing page."""

import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser

from core.digits.files import write_png
from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE
from core.recognition.answer_text import verdict_text
from core.recognition.recognizer import BLANK, Verdict
from core.system.safe_files import write_file
from gui.self_test.driver import LARGE, WindowDriver, require

SHOWN_DIGIT = 4
NUMBER, NUMBER_SCALE = "42", 0.5
"""A number, and how much smaller than alone its digits are drawn."""
LEAST_ANSWERS = 5
"""Different answers while one digit is drawn."""
LEAST_LICENCES = 2_000
"""Characters. DigitPad's own licence has some 1,100."""


class DrawingSteps:
    """Draw, recognise, undo, open, save. Each step returns what it found, or raises StepFailed."""

    def __init__(self, driver: WindowDriver, folder: Path, samples: dict[int, Drawing]) -> None:
        """`folder` is there to be written to; `samples` has a drawing of each digit."""
        self._driver = driver
        self._window = driver.window
        self._folder = folder
        self._samples = samples

    def show_window(self) -> str:
        self._window.resize(*LARGE)
        self._window.show()
        self._driver.until(self._window.isVisible, "the window did not appear")
        self._window.activateWindow()
        bundle = self._window.model.bundle
        require(bundle is not None, "there is no model to recognise with")
        verdict = self._driver.text("verdict")
        require(verdict == verdict_text(BLANK), f"a blank pad says “{verdict}”")
        return bundle.card.name if bundle else ""

    def draw_digits(self) -> str:
        wrong = []
        for digit, drawing in self._samples.items():
            self._driver.clear()
            self._driver.draw(drawing)
            said = self._driver.text("digit")
            if said != str(digit):
                wrong.append(f"{digit} read as {said}")
        require(not wrong, ", ".join(wrong))
        return "all ten right"

    def draw_number(self) -> str:
        """Two digits beside each other are read as a number, each with its own answer."""
        self._driver.clear()
        for digit, place in zip(NUMBER, (0.0, 0.5), strict=True):
            self._driver.draw(_moved(self._samples[int(digit)], NUMBER_SCALE, place))
        said = self._driver.text("digit")
        require(said == NUMBER, f"{NUMBER} was read as {said}")
        return f"{NUMBER} read"

    def answer_while_drawing(self) -> str:
        """The probabilities must change between pressing the button and releasing it, without a refusal."""
        self._driver.clear()
        seen: set[tuple[float, ...]] = set()
        verdicts: set[Verdict] = set()

        def look() -> None:
            seen.add(self._window.draw_tab.result.bars.probabilities)
            if self._window.recognition.announcement is not None:
                verdicts.add(self._window.recognition.announcement.verdict)

        self._driver.draw(self._samples[8], after_move=look)
        require(len(seen) > LEAST_ANSWERS, f"only {len(seen)} different answers while a digit was drawn")
        require(Verdict.NOT_A_DIGIT not in verdicts, "a digit was refused while it was drawn")
        return f"{len(seen)} answers during one digit"

    def undo_and_clear(self) -> str:
        driver = self._driver
        driver.clear()
        driver.draw(self._samples[SHOWN_DIGIT])
        strokes = driver.stroke_count()
        driver.click("undo")
        require(driver.stroke_count() == strokes - 1, "undo did not take one stroke back")
        driver.click("redo")
        require(driver.stroke_count() == strokes, "redo did not bring the stroke back")
        x, y = self._samples[SHOWN_DIGIT].strokes[0].points[0]
        driver.erase(x, y)
        require(driver.stroke_count() == strokes - 1, "the right button did not erase the stroke under it")
        driver.click("clear")
        require(self._window.document.is_blank, "clear left something on the pad")
        driver.click("undo")
        require(driver.stroke_count() == strokes - 1, "clearing could not be undone")
        return "one step each"

    def correct_and_undo(self) -> str:
        """A key says which digit it is: it is kept, the same is then read as that, and undo takes it back."""
        driver, my_digits = self._driver, self._window.my_digits
        driver.clear()
        driver.draw(self._samples[SHOWN_DIGIT])
        strokes = driver.stroke_count()
        driver.press(Qt.Key.Key_9)
        require(self._window.document.is_blank, "what was kept is still on the pad")
        kept = my_digits.store.samples()
        require([sample.label for sample in kept] == [9], f"{len(kept)} digits were kept instead of a 9")
        require(kept[0].answered == SHOWN_DIGIT, f"{kept[0].answered} was noted as the answer")
        driver.draw(self._samples[SHOWN_DIGIT])
        said = f"{driver.text('digit')}, {driver.text('confidence')}"
        require(said == "9, like one of yours", f"after the correction, the same drawing is read as {said}")
        for _ in range(strokes):
            driver.click("undo")
        driver.click("keptUndo")
        require(driver.stroke_count() == strokes, "the kept digit did not come back onto the pad")
        require(not my_digits.store.samples(), "the digit that was taken back is still kept")
        said_now = driver.text("digit")
        require(said_now == str(SHOWN_DIGIT), f"once it is taken back, it is read as {said_now}")
        return said

    def open_and_save(self) -> str:
        picture, ink = self._folder / "two.png", self._folder / "two.inkml"
        write_file(picture, write_png(self._samples[2]))
        self._open(picture)
        said = self._driver.text("digit")
        require(said == "2", f"the picture of a 2 was read as {said}")
        self._driver.clear()
        self._driver.draw(self._samples[2])
        before = self._window.draw_tab.result.bars.probabilities
        self._window.files.save_path(ink)
        self._driver.clear()
        self._open(ink)
        after = self._window.draw_tab.result.bars.probabilities
        change = max(abs(a - b) for a, b in zip(before, after, strict=True))
        require(change < 1e-3, f"the saved drawing gives another answer (by {change:.4f})")
        return "picture read, ink kept"

    def _open(self, path: Path) -> None:
        self._window.files.open_path(path)
        self._driver.until(lambda: not self._window.files.is_opening, f"{path.name} was not opened")
        self._driver.settle()

    def show_about(self) -> str:
        """The licences must be there to be read."""
        self._window.show_about()
        about = self._driver.find(QDialog, "about")
        text = self._driver.find(QTextBrowser, "aboutLicences", about)
        self._driver.until(lambda: len(text.toPlainText()) > LEAST_LICENCES, "there are no licences to read")
        count = len(text.toPlainText())
        self._driver.click("aboutClose", about)
        return f"licences of {count:,} characters"

    def stay_light(self) -> str:
        loaded = sorted({"tensorflow", "keras"} & set(sys.modules))
        require(not loaded, f"{' and '.join(loaded)} was loaded for drawing")
        return "not loaded"

    def take_pictures(self) -> str:
        if self._driver.screenshots is None:
            return "not asked for"
        self._driver.clear()
        self._driver.draw(self._samples[7])
        self._window.notice.hide()
        return ", ".join(self._driver.take_pictures("draw"))


def _moved(drawing: Drawing, scale: float, to_right: float) -> Drawing:
    """`drawing` smaller, in the middle of the pad's height and moved by a share of its side."""
    place = np.array([to_right, (1 - scale) / 2], np.float32) * PAD_SIDE
    return Drawing(tuple(Stroke(stroke.points * scale + place) for stroke in drawing.strokes))
