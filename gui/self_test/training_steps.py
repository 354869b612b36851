"""The self-test's steps with a trained network: train it, look back, use it, load it again, export it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QPushButton, QSlider, QSpinBox, QTableView

from core.digits.arrays import CLASSES, Images, Probabilities
from core.digits.normalize import normalize_drawing
from core.ink.drawing import Drawing
from core.models.compiled import CompiledModel, as_input
from core.models.library import COMPILED_FILE, KERAS_FILE, ModelBundle, ModelLibrary
from core.recognition.recognizer import Recognizer
from core.system.safe_files import make_folder
from core.wording.percentages import accuracy_text
from gui.models.models_dialog import ModelsDialog
from gui.self_test.driver import StepFailed, WindowDriver, require
from gui.train.confusion_page import ConfusionMatrix
from gui.train.epoch_table import VALIDATION_ACCURACY
from gui.train.phase import Phase

TRAINING_DIGITS = 1500
TRAINING_EPOCHS = 4
PICTURED_EPOCH = 3
"""One before the last: on a busy machine epochs go by before they are seen."""
LOOKED_AT = 5
"""The digit that is looked at epoch by epoch."""
HALF_TOLERANCE = 0.02
"""The same for a network whose weights are kept with half the digits."""
LEAST_RIGHT = 7
"""Of ten digits, for a network that has learned for some seconds."""
TOLERANCE = 1e-4
"""How much probabilities may differ between two ways to compute them."""


class TrainingSteps:
    """Train in the window, and use the result. Each step returns what it found, or raises StepFailed."""

    def __init__(self, driver: WindowDriver, folder: Path, samples: dict[int, Drawing]) -> None:
        """`folder` is there to be written to; `samples` has a drawing of each digit."""
        self._driver = driver
        self._window = driver.window
        self._exported = folder / "exported"
        self._samples = samples

    def train(self) -> str:
        driver = self._driver
        self._window.tabs.setCurrentWidget(self._window.train_tab)
        driver.choose("trainPreset", "starter-cnn")
        self._window.train_tab.choose_data(f"mnist:{TRAINING_DIGITS}")
        driver.find(QSpinBox, "trainEpochs").setValue(TRAINING_EPOCHS)
        driver.find(QSpinBox, "trainValidation").setValue(10)
        start = driver.find(QPushButton, "trainStart")
        driver.until(start.isEnabled, f"training cannot start: {driver.text('trainStatus')}")
        driver.click("trainStart")
        driver.until(lambda: self._is_training(), "the training did not begin")
        with self._paused():
            pass
        driver.until(lambda: self._is_training(PICTURED_EPOCH), "the epochs do not advance")
        with self._paused():
            driver.take_pictures("train")
        driver.until(lambda: not self._window.train_tab.is_running(), "the training did not end")
        use = driver.find(QPushButton, "trainUse")
        driver.until(use.isEnabled, f"no model to use: {self._status()}")
        driver.take_pictures("trained")
        return self._status()

    def look_back(self) -> str:
        """What the slider shows of the last epoch is what the saved network answers, and what the run counted."""
        window = self._window
        window.tabs.setCurrentIndex(0)
        self._driver.clear()
        self._driver.draw(self._samples[LOOKED_AT])
        window.tabs.setCurrentWidget(window.train_tab)
        self._driver.click("trainDetailConfusion")
        slider = self._driver.find(QSlider, "trainEpochSlider")
        epochs, shown = TRAINING_EPOCHS, window.train_tab.guess.columns.probabilities
        require(slider.maximum() == epochs - 1, f"the slider has {slider.maximum() + 1} of {epochs} epochs")
        worst = float(np.abs(np.subtract(shown, self._saved_answer())).max())
        require(worst <= HALF_TOLERANCE, f"the last epoch answers otherwise than the saved network (by {worst:.2g})")
        for epoch in range(epochs, 0, -1):
            slider.setValue(epoch - 1)
            self._check_confusion(epoch)
        require(window.train_tab.guess.columns.probabilities != shown, "the first epoch answers like the last")
        slider.setValue(epochs - 1)
        return f"{epochs} epochs; the last one answers as the saved network does, to {worst:.1g}"

    def use_trained(self) -> str:
        self._driver.click("trainUse")
        bundle = self._trained()
        self._window.tabs.setCurrentIndex(0)
        right = 0
        for digit, drawing in self._samples.items():
            self._driver.clear()
            self._driver.draw(drawing)
            right += self._window.recognition.recognition.digit == digit
        require(right >= LEAST_RIGHT, f"the trained model reads only {right} of ten digits")
        return f"{bundle.card.name}: {right} of 10 right"

    def reload(self) -> str:
        """As the next start would: found in the library, compared with its hashes, loaded."""
        used = self._trained()
        library = ModelLibrary(self._window.library.folder, self._window.library.shipped)
        found = library.find(used.card.name)
        require(found.card == used.card, "another model has the trained one's name")
        loaded = [answer.probabilities for answer in Recognizer(found).recognize_many([*self._images()])]
        shown = [self._window.model.recognize(image).probabilities for image in self._images()]
        worst = float(np.abs(np.subtract(loaded, shown)).max())
        require(worst <= TOLERANCE, f"the saved model gives other answers (by {worst:.2g})")
        return f"{found.slug}: the same answers"

    def export_compiled(self) -> str:
        self._export("litert", COMPILED_FILE)
        return self._compare(CompiledModel(self._exported / COMPILED_FILE).probabilities(self._images()))

    def export_keras(self) -> str:
        from core.learning.opening import load_network

        self._export("keras", KERAS_FILE)
        network: Any = load_network(replace(self._trained(), folder=self._exported))
        return self._compare(network(as_input(self._images()), training=False).numpy())

    # --- parts of the steps ---------------------------------------------------------------------------------

    def _status(self) -> str:
        return self._driver.text("trainStatus")

    def _is_training(self, epoch: int = 1) -> bool:
        """Whether a run is learning, in `epoch` or a later one."""
        run = self._window.train_tab.run
        return run.phase is Phase.TRAINING and run.epoch >= epoch

    @contextmanager
    def _paused(self) -> Iterator[None]:
        """Pause the run in the middle of an epoch, and check that it stays paused."""
        run = self._window.train_tab.run
        self._driver.click("trainPause")
        self._driver.until(lambda: run.phase is Phase.PAUSED, "the training did not pause")
        yield
        require(run.phase is Phase.PAUSED, f"no epoch is under way: {self._status()}")
        self._driver.click("trainPause")
        self._driver.until(lambda: run.phase is not Phase.PAUSED, "the training did not resume")

    def _saved_answer(self) -> Probabilities:
        """What the network that the run has just saved answers for the digit on the pad, float32 `(10,)`."""
        digit = self._window.recognition.digit
        if digit is None:
            raise StepFailed("nothing is on the pad")
        own = [entry for entry in self._window.library.entries() if entry.folder.parent == self._window.library.folder]
        answer = CompiledModel(own[0].folder / COMPILED_FILE).probabilities(digit.image[np.newaxis])[0, :CLASSES]
        return np.asarray(answer / answer.sum(), np.float32)

    def _check_confusion(self, epoch: int) -> None:
        """The matrix has as many right answers as the run counted in that epoch's validation."""
        confusion = self._driver.find(ConfusionMatrix, "trainConfusion").confusion
        if confusion is None:
            raise StepFailed(f"there is no confusion matrix of epoch {epoch}")
        counted = self._driver.find(QTableView, "trainTable").model().index(epoch - 1, VALIDATION_ACCURACY).data()
        shown = accuracy_text(float(np.trace(confusion) / confusion.sum()))
        require(shown == counted, f"epoch {epoch}: the matrix says {shown}, the table {counted}")

    def _trained(self) -> ModelBundle:
        bundle = self._window.model.bundle
        if bundle is None or bundle.is_shipped:
            raise StepFailed("the trained model is not in use")
        return bundle

    def _images(self) -> Images:
        """The samples as networks see them, uint8 `(10, 28, 28)`."""
        digits = [normalize_drawing(drawing) for drawing in self._samples.values()]
        return np.stack([digit.image for digit in digits if digit is not None])

    def _export(self, kind: str, file: str) -> None:
        """In the list of models, as if `file` had been chosen in the file dialog."""
        path = make_folder(self._exported) / file
        self._window.train_tab.show_models()
        dialog = self._driver.find(ModelsDialog, "models")
        self._driver.until(lambda: dialog.select(self._trained().slug), "the trained model is not in the list")
        dialog.export_carefully(kind, path)
        self._driver.until(lambda: not dialog.is_exporting, f"the export of {file} does not end")
        require(path.is_file(), f"{file} was not exported: {self._driver.text('modelMessage', dialog)}")
        self._driver.click("modelsClose", dialog)

    def _compare(self, exported: Probabilities) -> str:
        """`exported` are probabilities of `_images`, float32 `(10, n)`."""
        kept = CompiledModel(self._trained().compiled_path).probabilities(self._images())
        worst = float(np.abs(exported - kept).max())
        require(worst <= TOLERANCE, f"the exported model gives other answers (by {worst:.2g})")
        return f"loaded again, the same answers to {max(worst, 1e-7):.0e}"
