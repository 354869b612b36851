"""Parts stand side by side where there is room for what they need, or for what they would like."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.side_by_side import SideBySide


class Part(QWidget):
    """Needs 100 pixels, and would like 300."""

    def sizeHint(self) -> QSize:
        return QSize(300, 50)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 50)


@pytest.mark.parametrize(
    ("needs_hints", "shares", "width", "is_across"),
    [
        (False, (1, 1), 209, False),
        (False, (1, 1), 210, True),
        (True, (1, 1), 609, False),
        (True, (1, 1), 610, True),
        (True, (2, 1), 909, False),  # the smaller share has to be wide enough, too
        (True, (2, 1), 910, True),
    ],
)
def test_the_width_decides(
    qtbot: QtBot, needs_hints: bool, shares: tuple[int, int], width: int, is_across: bool
) -> None:
    around = QWidget()  # a window would be no smaller than its layout allows
    qtbot.addWidget(around)
    row = SideBySide(Part(), Part(), shares=shares, spacing=10, needs_hints=needs_hints, parent=around)
    row.resize(width, 200)
    around.show()
    assert row.is_across() is is_across


def test_a_part_that_is_hidden_needs_nothing(qtbot: QtBot) -> None:
    shown, hidden = Part(), Part()
    row = SideBySide(shown, hidden, shares=(1, 1), spacing=10, needs_hints=True)
    qtbot.addWidget(row)
    hidden.hide()
    row.show()
    row.resize(310, 200)
    assert row.is_across()
