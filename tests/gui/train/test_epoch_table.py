"""The table of epochs: everything in it can be read, however narrow it is."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.training.events import EpochDone
from gui.train.epoch_table import EpochTable


@pytest.fixture
def table(qtbot: QtBot) -> EpochTable:
    table = EpochTable()
    qtbot.addWidget(table)
    table.resize(345, 226)
    table.show()
    return table


def show_epochs(table: EpochTable, count: int) -> None:
    """The last of `count` epochs, more than the table has room for."""
    for number in range(max(1, count - 30), count + 1):
        table.show_event(
            EpochDone(
                epoch=number,
                loss=2.3025 / number,
                accuracy=0.9988,
                validation_loss=0.0471,
                validation_accuracy=0.9891,
                seconds=754.0,
            )
        )


def gaps(table: EpochTable) -> list[int]:
    """The room left and right of the widest text of each column, its title included."""
    model, header, metrics = table.view.model(), table.view.horizontalHeader(), table.view.fontMetrics()
    found = []
    for column in range(model.columnCount()):
        texts = [model.headerData(column, Qt.Orientation.Horizontal)]
        texts += [model.index(row, column).data() for row in range(model.rowCount())]
        found.append(header.sectionSize(column) - max(metrics.horizontalAdvance(text) for text in texts))
    return found


@pytest.mark.parametrize("epochs", [0, 3, 120])
@pytest.mark.parametrize("width", [345, 700])
def test_columns_fill_the_width_with_equal_gaps(table: EpochTable, qtbot: QtBot, epochs: int, width: int) -> None:
    table.resize(width, 226)
    show_epochs(table, epochs)
    header, viewport = table.view.horizontalHeader(), table.view.viewport()
    qtbot.waitUntil(lambda: header.length() == viewport.width())
    first, *others = gaps(table)
    assert first >= 8
    assert min(others) >= 10
    assert max(others) - min(others) <= 8


def test_nothing_is_cut_off_in_the_smallest_window(table: EpochTable, qtbot: QtBot) -> None:
    """Beside a scroll bar, with the widest accuracies there are."""
    table.resize(317, 226)
    for number in range(90, 121):
        table.show_event(EpochDone(number, 0.1698, 1.0, 0.1616, 1.0, 754.0))
    header, viewport = table.view.horizontalHeader(), table.view.viewport()
    qtbot.waitUntil(lambda: table.view.verticalScrollBar().isVisible())
    assert header.length() <= viewport.width() <= 293


def test_a_run_without_validation(table: EpochTable) -> None:
    table.show_event(EpochDone(1, 0.5, 0.9, None, None, 12.0))
    model = table.view.model()
    assert [model.index(0, column).data() for column in range(6)] == ["1", "0.5000", "90.00 %", "–", "–", "12 s"]
