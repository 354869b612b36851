"""The self-test's steps with the user's own digits: teach them, use the taught model, and go back."""

import numpy as np
from PySide6.QtWidgets import QPushButton

from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing, Stroke
from core.pad.content import PAD_SIDE
from core.samples.sample import NewSample
from core.synthesis.handwriting import synthesize_digits
from gui.self_test.driver import WindowDriver, require

SEED = 20
OF_EACH = 4
LEANING = 1.0
"""How far the hand leans back: to the left by so much of the height."""


class TeachingSteps:
    """Teach a hand that leans far back. Each step returns what it found, or raises StepFailed."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver
        self._window = driver.window

    def teach(self) -> str:
        """Whatever model is in use, go back to DigitPad; then keep digits, and teach it."""
        driver, window = self._driver, self._window
        window.tabs.setCurrentWidget(window.digits_tab)
        driver.click("teachBack")
        for new in leaning_hand():
            window.my_digits.keep(new)
        teach = driver.find(QPushButton, "teach")
        driver.until(teach.isEnabled, f"nothing can be taught: {self._status()}")
        driver.click("teach")
        driver.until(lambda: not window.digits_tab.teach.is_under_way, "the teaching did not end")
        use = driver.find(QPushButton, "teachUse")
        require(use.isVisible(), f"nothing was taught: {self._status()}")
        taught = window.digits_tab.teach.taught
        require(taught is not None and taught.own.right_after > taught.own.right_before, self._status())
        driver.click("teachShowChanged")
        driver.take_pictures("taught")
        return self._status()

    def use_and_go_back(self) -> str:
        driver, model = self._driver, self._window.model
        driver.click("teachUse")
        require(model.bundle is not None and not model.bundle.is_shipped, "the taught model is not in use")
        said = self._status()
        driver.click("teachBack")
        require(model.bundle is not None and model.bundle.is_shipped, "DigitPad's own model is not in use again")
        return said

    def _status(self) -> str:
        return self._driver.text("teachStatus")


def leaning_hand() -> list[NewSample]:
    """Digits of a hand that the shipped model reads badly."""
    labels = np.repeat(np.arange(10), OF_EACH).astype(np.uint8)
    drawings = [_leaning(drawing) for drawing in synthesize_digits(labels, np.random.default_rng(SEED))]
    digits = [(label, drawing, normalize_drawing(drawing)) for label, drawing in zip(labels, drawings, strict=True)]
    return [NewSample(int(label), drawing, digit.image, source="pad") for label, drawing, digit in digits if digit]


def _leaning(drawing: Drawing) -> Drawing:
    lean = np.array([[1, 0], [LEANING, 1]], np.float32)
    middle = PAD_SIDE / 2
    leaning = [((stroke.points - middle) @ lean + middle).astype(np.float32) for stroke in drawing.strokes]
    return Drawing(tuple(map(Stroke, leaning)))
