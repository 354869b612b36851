"""What the curves say at the pointer, line by line."""

from collections.abc import Sequence

from gui.train.curve_points import Cell
from gui.train.plot_painting import Row, Sign
from gui.train.plot_quantities import Quantity

Mark = tuple[int, float]
"""An epoch, and a number of its validation."""


def place_text(cell: Cell, batches_per_epoch: int) -> str:
    """ "Epoch 3, batch 40" """
    first_epoch, first = divmod(cell.first - 1, batches_per_epoch)
    last_epoch, last = divmod(cell.last - 1, batches_per_epoch)
    if first_epoch != last_epoch:
        return f"Epochs {first_epoch + 1:,} to {last_epoch + 1:,}"
    if first != last:
        return f"Epoch {last_epoch + 1:,}, batches {first + 1:,} to {last + 1:,}"
    return f"Epoch {last_epoch + 1:,}, batch {last + 1:,}"


def numbers(cell: Cell, marks: Sequence[Mark], batches_per_epoch: int, quantity: Quantity) -> list[Row]:
    """The numbers of `cell`, and of the validation of its epoch, where `marks` have it."""
    batch = quantity.text(cell.low) if cell.low == cell.high else quantity.range_text(cell.low, cell.high)
    epoch = (cell.last - 1) // batches_per_epoch + 1
    validation = [value for number, value in marks if number == epoch]
    return [
        Row(Sign.SPREAD, "Batch" if cell.first == cell.last else "Batches", batch),
        Row(Sign.MEAN, "Mean", quantity.text(cell.mean)),
        *(Row(Sign.MARK, "Validation", quantity.text(value)) for value in validation),
    ]
