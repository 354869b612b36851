"""What a run is doing, as far as the window is concerned."""

from enum import Enum, auto


class Phase(Enum):
    """From NONE, when no run is under way, to FINISHING, when its network is tested and saved as a model."""

    NONE = auto()
    PREPARING = auto()
    TRAINING = auto()
    PAUSED = auto()
    STOPPING = auto()
    CHOOSING = auto()
    FINISHING = auto()
