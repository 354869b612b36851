"""What the trainings of a window consisted of, so that a scene does not lack what is to be watched."""

from PySide6.QtCore import QObject

from benchmarks.processes import BenchmarkError
from core.training.events import Event, StageBegan
from core.wording.run_messages import Stage
from gui.main_window import MainWindow


class Stages(QObject):
    """Keeps what the trainings of a window say that they do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.heard: list[Stage] = []
        window.train_tab.shown.connect(self.hear)

    def hear(self, event: Event) -> None:
        if isinstance(event, StageBegan):
            self.heard.append(event.stage)

    def require(self, stage: Stage) -> None:
        """Raise BenchmarkError unless `stage` was among it."""
        if stage not in self.heard:
            heard = ", ".join(one.name for one in self.heard) or "nothing"
            raise BenchmarkError(f"The scene lacks the stage {stage.name}; it had {heard}.")
