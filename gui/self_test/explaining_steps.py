"""The self-test's steps around explanations."""

import numpy as np
from PySide6.QtCore import Qt

from core.ink.drawing import Drawing
from gui.recognition.live_evidence import Explained
from gui.self_test.driver import WindowDriver, require

EXPLAINED_DIGIT, OTHER_DIGIT = 7, 1
LARGEST_DIFFERENCE = 1e-3


class ExplainingSteps:
    """Ask why. Each step returns what it found, or raises StepFailed."""

    def __init__(self, driver: WindowDriver, samples: dict[int, Drawing]) -> None:
        self._driver = driver
        self._window = driver.window
        self._samples = samples
        self._explained: Explained | None = None

    def ask_why(self) -> str:
        """The colours on the ink are what the model's own layers say, and something would change the answer."""
        driver, evidence = self._driver, self._window.evidence
        driver.clear()
        driver.draw(self._samples[EXPLAINED_DIGIT])
        evidence.explained.connect(self._take)
        try:
            driver.press(Qt.Key.Key_W)
            driver.until(lambda: self._is_told(None), "W explains nothing")
            alone = self._checked()
            evidence.compare_with(OTHER_DIGIT)
            driver.until(lambda: self._is_told(OTHER_DIGIT), f"it is not compared with a {OTHER_DIGIT}")
            self._checked()
            require(bool(alone.changes), "nothing would make another digit of it")
            driver.press(Qt.Key.Key_W)
        finally:
            evidence.explained.disconnect(self._take)
        said = self._window.draw_tab.canvas.accessibleDescription()
        require(said == "", f"when it was switched off, the pad still says “{said}”")
        return f"the evidence sums to the logit, {alone.evidence.total:.2f}"

    def _take(self, explained: Explained | None) -> None:
        self._explained = explained

    def _is_told(self, against: int | None) -> bool:
        told = self._explained
        return told is not None and told.evidence.against == against and told.changes is not None

    def _checked(self) -> Explained:
        """What was told, compared with what the network computes."""
        from core.explaining.explanation import read_explanation
        from core.models.compiled import as_input

        told, bundle = self._explained, self._window.model.bundle
        assert told is not None
        assert bundle is not None, "the first step found a model"
        network = read_explanation(bundle).network
        require(network is not None, "the model was saved without its layers")
        assert network is not None
        [logits] = network.logits(as_input(told.digit.image[np.newaxis]))
        against = told.evidence.against
        expected = float(logits[told.evidence.digit] - (0 if against is None else logits[against]))
        found = float(told.evidence.pixels.sum())
        require(abs(found - expected) <= LARGEST_DIFFERENCE, f"the evidence sums to {found:.4f}, not {expected:.4f}")
        return told
