"""Pictures of digits like a user's: black on white, in PNG files with non-ASCII names."""

from pathlib import Path

from product import REPOSITORY

SCALE = 5
MARGIN = 4


def write_pictures(folder: Path) -> None:
    """Write the first 0, 1, ... 9 of MNIST's test set into `folder`; the file names sort in this order.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    import cv2
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    with np.load(REPOSITORY / "assets" / "mnist.npz", allow_pickle=False) as data:
        images, labels = data["x_test"], data["y_test"]
    for digit in range(10):
        ink = np.pad(images[int(np.argmax(labels == digit))], MARGIN)
        large = cv2.resize(255 - ink, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC)
        _, content = cv2.imencode(".png", large)
        (folder / f"{digit} ä 数.png").write_bytes(content.tobytes())
