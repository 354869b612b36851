"""The self-test's step inside the network: every panel opened, and compared with the model's own numbers."""

import numpy as np

from core.explaining.distortion import Distortion
from core.explaining.explainer import Explainer
from core.ink.drawing import Drawing
from gui.inside.inside_tab import InsideTab
from gui.self_test.driver import StepFailed, WindowDriver, require
from gui.self_test.hand import drag

TOLERANCE = 1e-4
TURNED = 160
"""Of the slider's 200 steps: 54 degrees to the right."""


class InsideSteps:
    """Look inside. The step returns what it found, or raises StepFailed."""

    def __init__(self, driver: WindowDriver, samples: dict[int, Drawing]) -> None:
        """`samples` has a drawing of each digit."""
        self._driver = driver
        self._window = driver.window
        self._samples = samples

    def look_inside(self) -> str:
        """Draw on the page's own pad with all panels open; what they show must be the model's own numbers."""
        driver, window = self._driver, self._window
        window.tabs.setCurrentWidget(window.inside_tab)
        page = window.inside_tab
        for section in page.sections:
            section.button.setChecked(True)
        driver.clear()
        for stroke in self._samples[7].strokes:
            drag(page.pad.canvas, stroke.points.tolist())
        self._settle(page)
        found = self._compare(page)
        page.try_it.sliders.sliders[Distortion.ROTATE].setValue(TURNED)
        self._settle(page)
        require(page.try_it.curve.curve is not None, "there is no curve over the damage")
        driver.click("tryReset")
        for section in page.sections[1:]:
            section.button.setChecked(False)
        self._settle(page)
        driver.take_pictures("inside")
        window.tabs.setCurrentIndex(0)
        return found

    def _compare(self, page: InsideTab) -> str:
        bundle, digit = self._window.model.bundle, self._window.recognition.digit
        if bundle is None or digit is None:
            raise StepFailed("there is nothing to look into")
        explainer = Explainer(bundle)
        activations = explainer.activations(digit.image)
        answer = page.layers.answer
        if answer is None or not page.layers.shows_content:
            raise StepFailed(f"the layers are not shown: {page.layers.sentence.text()}")
        worst = float(np.abs(np.subtract(answer.view.logits, activations[-1][0])).max())
        require(worst <= TOLERANCE, f"other logits are shown (by {worst:.2g})")
        shown = answer.class_map.shown if answer.class_map is not None else None
        require(shown is not None and abs(shown.total - answer.view.logits[7]) <= TOLERANCE, "the cells do not add up")
        nearest = [neighbour.index for neighbour in explainer.neighbours(digit.image)]
        require([one.index for one in page.neighbours.view.neighbours] == nearest, "other neighbours are shown")
        require(page.map.view.own_place is not None, "the drawing is not on the map")
        return f"{len(page.layers.stages)} stages, {len(nearest)} neighbours"

    def _settle(self, page: InsideTab) -> None:
        """Wait until the panels show what is on the pad."""
        self._driver.settle()
        self._driver.until(lambda: page.is_settled, "the look inside does not end")
