"""Import the modules for training in advance, so that the first run need not wait for them."""

from core.learning.backend import load_tensorflow


def load_training() -> None:
    """Import TensorFlow, then these modules."""
    load_tensorflow()
    import core.learning.finishing
    import core.learning.training  # noqa: F401
