"""What the trainings of a window consisted of, so that a scene does not lack what is to be watched."""

from PySide6.QtCore import QObject

from benchmarks.processes import BenchmarkError
from core.training.events import Event, StageBegan
from gui.main_window import MainWindow

FINDING_ENGINE = "Finding the fastest way to compute here"
SYNTHESIS = "Writing more digits, as other hands would"


class Stages(QObject):
    """Keeps what the trainings of a window say that they do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.heard: list[str] = []
        window.train_tab.shown.connect(self.hear)

    def hear(self, event: Event) -> None:
        if isinstance(event, StageBegan):
            self.heard.append(event.text)

    def require(self, stage: str) -> None:
        """Raise BenchmarkError unless `stage` was among it."""
        if stage not in self.heard:
            raise BenchmarkError(f"The scene lacks “{stage}”; it had {', '.join(self.heard) or 'nothing'}.")
