"""Import what trains and finishes a network before anybody trains, so that the first run need not wait for it."""

from core.learning.backend import load_tensorflow


def load_training() -> None:
    """Import it, after TensorFlow."""
    load_tensorflow()
    import core.learning.finishing
    import core.learning.training  # noqa: F401
