"""The training page as the window has it: last choices remembered, the user's own digits, curves that can be saved."""

from pathlib import Path

from core.models.library import ModelLibrary
from core.settings import SettingsFile
from core.training.engines import KnownEngines
from core.training.run_times import KnownTimes
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.recognition.my_digits import MyDigits
from gui.system.turn import Turn
from gui.train.curve_files import CurveFiles
from gui.train.parts import TrainParts
from gui.train.remembered_data import RememberedData
from gui.train.train_tab import TrainTab


def make_train_tab(
    library: ModelLibrary,
    model: ActiveModel,
    recognition: LiveRecognition,
    digits: MyDigits,
    settings: SettingsFile,
    *,
    engines: Path,
    parts: TrainParts,
    turn: Turn,
) -> TrainTab:
    """The page, which shows the digit on the pad; the times of runs are kept beside the file of `engines`."""
    known, times = KnownEngines(engines), KnownTimes(engines.with_name("run_times.json"))
    page = TrainTab(library, model, recognition, None, known, parts, digits.path, turn, times)
    page.form.data.follow(digits)
    page.form.choose_preset(settings.values.preset)
    RememberedData(page.form.data, settings)
    files = CurveFiles(page.curves, settings)
    files.problem.connect(page.problem)
    files.information.connect(page.information)
    page.started.connect(lambda preset: settings.remember(preset=preset))
    page.show_digit(recognition.digit)
    return page
