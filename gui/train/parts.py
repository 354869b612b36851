"""The parts of the training page, each made when it is first asked for; all at once, the window would stand still."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gui.train.curves import Curves
    from gui.train.epoch_table import EpochTable
    from gui.train.form import TrainForm
    from gui.train.guess_view import GuessView
    from gui.train.run_view import RunView

Widget = TypeVar("Widget", bound=QWidget)


class Part(Generic[Widget]):
    """An attribute of `TrainParts`: a widget of the class `name` in `module`, which is not imported before."""

    def __init__(self, module: str, name: str) -> None:
        self.module = module
        self._name = name

    def __get__(self, parts: "TrainParts", owner: type) -> Widget:
        widget: Widget | None = parts.made.get(self)
        if widget is None:
            widget = parts.made[self] = getattr(import_module(self.module), self._name)(parts.owner)
        return widget


class TrainParts:
    """Makes the parts, hidden in `owner` until the page takes them."""

    form: "Part[TrainForm]" = Part("gui.train.form", "TrainForm")
    run: "Part[RunView]" = Part("gui.train.run_view", "RunView")
    curves: "Part[Curves]" = Part("gui.train.curves", "Curves")
    table: "Part[EpochTable]" = Part("gui.train.epoch_table", "EpochTable")
    guess: "Part[GuessView]" = Part("gui.train.guess_view", "GuessView")

    def __init__(self, owner: QWidget | None = None) -> None:
        self.owner = owner
        self.made: dict[Part[Any], Any] = {}

    def steps(self) -> list[Callable[[], object]]:
        """What makes all parts, a little at a time; a part that is there by then is not made again."""
        parts = {name: part for name, part in vars(TrainParts).items() if isinstance(part, Part)}
        imports = [partial(import_module, part.module) for part in parts.values()]
        return [*imports, *(partial(getattr, self, name) for name in parts)]
