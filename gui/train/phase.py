"""What a run does, as far as the window cares."""

from enum import Enum, auto


class Phase(Enum):
    """From NONE, where no run is under way, to FINISHING, where its network is made into a model."""

    NONE = auto()
    PREPARING = auto()
    TRAINING = auto()
    PAUSED = auto()
    STOPPING = auto()
    CHOOSING = auto()
    FINISHING = auto()
