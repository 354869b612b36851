"""The self-test's step on the page “Test”: test the model in use, and compare with what it answers by itself."""

import numpy as np
from PySide6.QtWidgets import QSpinBox, QTableView

from core.datasets.mnist import load_mnist_test
from core.recognition.evaluation import confusion_matrix
from core.recognition.recognizer import Recognizer
from gui.self_test.driver import WindowDriver, require

TEST_DIGITS = 1_000


class TestingSteps:
    """Test the model in use on some of MNIST's test digits."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver
        self._window = driver.window

    def test(self) -> str:
        """Accuracy and matrix must be those of the model's own answers, and the gallery must have all mistakes."""
        driver, window = self._driver, self._window
        bundle = window.model.bundle
        require(bundle is not None, "there is no model to test")
        assert bundle is not None
        window.tabs.setCurrentWidget(window.test_tab)
        page = window.test_tab.page
        driver.until(lambda: page.choice.model.bundle() is not None, "the page offers no model")
        page.choice.model.choose(bundle)
        driver.choose("testData", "part")
        driver.find(QSpinBox, "testDataCount").setValue(TEST_DIGITS)
        driver.click("testStart")
        driver.until(lambda: not window.test_tab.runs.is_busy, "the test did not end")
        digits = load_mnist_test(TEST_DIGITS).digits
        guesses = Recognizer(bundle).probabilities(digits.images).argmax(axis=1)
        expected = confusion_matrix(digits.labels, guesses)
        require(np.array_equal(self._matrix(), expected), "the confusion matrix is not that of the model's answers")
        mistakes = TEST_DIGITS - int(np.trace(expected))
        shown = page.gallery.answers.rowCount()
        require(shown == mistakes, f"{shown} mistakes are shown instead of {mistakes}")
        driver.take_pictures("test")
        return f"{driver.text('testAccuracy')} {driver.text('testCount')}, {driver.text('testMistakes')}"

    def _matrix(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        """The numbers that the page shows."""
        cells = self._driver.find(QTableView, "confusion").model()
        numbers = [
            [int(str(cells.index(row, column).data()).replace(",", "")) for column in range(10)]
            for row in range(cells.rowCount())
        ]
        return np.array(numbers, np.int64)
