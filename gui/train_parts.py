"""The parts of the training page, each made when it is first asked for; all at once, the window would stand still."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gui.curves import Curves
    from gui.epoch_table import EpochTable
    from gui.guess_view import GuessView
    from gui.run_view import RunView
    from gui.train_form import TrainForm


class TrainParts:
    """Makes the parts, hidden in `owner` until the page takes them."""

    def __init__(self, owner: QWidget | None = None) -> None:
        self._owner = owner

    @cached_property
    def form(self) -> "TrainForm":
        from gui.train_form import TrainForm

        return TrainForm(self._owner)

    @cached_property
    def run(self) -> "RunView":
        from gui.run_view import RunView

        return RunView(self._owner)

    @cached_property
    def curves(self) -> "Curves":
        from gui.curves import Curves

        return Curves(self._owner)

    @cached_property
    def table(self) -> "EpochTable":
        from gui.epoch_table import EpochTable

        return EpochTable(self._owner)

    @cached_property
    def guess(self) -> "GuessView":
        from gui.guess_view import GuessView

        return GuessView(self._owner)
