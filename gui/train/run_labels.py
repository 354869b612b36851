"""The two texts of a run: its status, and what it learns from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from gui.widgets.labels import make_note


def make_status_label(description: str) -> QLabel:
    """The status, which can be selected; `description` is what screen readers call it: a name would hide the text."""
    status = QLabel()
    status.setObjectName("trainStatus")
    status.setAccessibleDescription(description)
    status.setTextFormat(Qt.TextFormat.PlainText)
    status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    status.setWordWrap(True)
    status.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    return status


def make_material_label() -> QLabel:
    """What the run learns from, and how it is computed. It keeps its size while it is empty: nothing may jump."""
    material = make_note("trainMaterial", lines=1, pixels=12)
    material.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    policy.setRetainSizeWhenHidden(True)
    material.setSizePolicy(policy)
    material.hide()
    return material
