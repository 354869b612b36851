"""Changes of samples that can be undone: another label, another writer, removal."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.samples.sample import Sample
from gui.digits.sample_texts import amount_text, writer_text
from gui.recognition.my_digits import MyDigits
from gui.recognition.sample_words import label_text

if TYPE_CHECKING:
    from core.samples.store import SampleStore, TakenOut

UNDO_LIMIT = 100


class SampleHistory(QUndoStack):
    """Changes samples in the store, one undo step each. What cannot be done, which `MyDigits` says, leaves no step."""

    def __init__(self, digits: MyDigits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setUndoLimit(UNDO_LIMIT)
        self._digits = digits

    @property
    def deleted(self) -> int:
        """How many digits the step that would be undone next deleted; 0 where it did something else."""
        step = self.command(self.index() - 1)
        return step.count if isinstance(step, _Removal) else 0

    def relabel(self, samples: Sequence[Sample], label: int) -> None:
        changing = [sample for sample in samples if sample.label != label]
        if changing:
            text = self.tr("Make {0} {1}").format(amount_text(len(changing)), label_text(label))
            old = [sample.label for sample in changing]
            self.push(_Change(self._digits, changing, old, label, _relabel, text))

    def set_writer(self, samples: Sequence[Sample], writer: str) -> None:
        changing = [sample for sample in samples if sample.writer != writer]
        if changing:
            text = self.tr("Give {0} to {1}").format(amount_text(len(changing)), writer_text(writer))
            old = [sample.writer for sample in changing]
            self.push(_Change(self._digits, changing, old, writer, _set_writer, text))

    def rename_writer(self, samples: Sequence[Sample], before: str, after: str) -> None:
        """Give all samples of a writer another writer's name; whoever draws under the old one draws under the new."""
        theirs = [sample for sample in samples if sample.writer == before]
        text = self.tr("Rename {0} to {1}").format(writer_text(before), writer_text(after))
        self.push(_Renaming(self._digits, theirs, before, after, text))

    def remove(self, samples: Sequence[Sample]) -> None:
        if samples:
            text = self.tr("Delete {0}").format(amount_text(len(samples)))
            self.push(_Removal(self._digits, [sample.id for sample in samples], text))


Setter = Callable[["SampleStore", list[int], object], None]


def _relabel(store: "SampleStore", ids: list[int], label: object) -> None:
    assert isinstance(label, int)
    store.relabel(ids, label)


def _set_writer(store: "SampleStore", ids: list[int], writer: object) -> None:
    store.set_writer(ids, str(writer))


class _Change(QUndoCommand):
    """Gives samples a new value, and back their `old` ones."""

    def __init__(
        self,
        digits: MyDigits,
        samples: Sequence[Sample],
        old: Sequence[object],
        new: object,
        setter: Setter,
        text: str,
    ) -> None:
        super().__init__(text)
        self._digits, self._set, self._new = digits, setter, new
        self._ids = [sample.id for sample in samples]
        self._old: dict[object, list[int]] = {}
        for id_, value in zip(self._ids, old, strict=True):
            self._old.setdefault(value, []).append(id_)

    def redo(self) -> None:
        self.setObsolete(not self._digits.change(lambda store: self._set(store, self._ids, self._new)))

    def undo(self) -> None:
        def restore(store: "SampleStore") -> None:
            for value, ids in self._old.items():
                self._set(store, ids, value)

        self.setObsolete(not self._digits.change(restore))


class _Renaming(_Change):
    """Renames a writer, also the one who draws."""

    def __init__(self, digits: MyDigits, samples: Sequence[Sample], before: str, after: str, text: str) -> None:
        super().__init__(digits, samples, [before] * len(samples), after, _set_writer, text)
        self._before, self._after = before, after
        self._draws = False

    def redo(self) -> None:
        super().redo()
        if not self.isObsolete():
            self._draws = self._digits.writer == self._before
            self._let_draw(self._after)

    def undo(self) -> None:
        super().undo()
        if not self.isObsolete() and self._digits.writer == self._after:
            self._let_draw(self._before)

    def _let_draw(self, writer: str) -> None:
        if self._draws:
            self._digits.set_writer(writer)


class _Removal(QUndoCommand):
    def __init__(self, digits: MyDigits, ids: list[int], text: str) -> None:
        super().__init__(text)
        self._digits, self._ids = digits, ids
        self._taken: TakenOut | None = None

    @property
    def count(self) -> int:
        return len(self._ids)

    def redo(self) -> None:
        self.setObsolete(not self._digits.change(self._take))

    def undo(self) -> None:
        taken = self._taken
        if taken is not None:
            self.setObsolete(not self._digits.change(lambda store: store.put_back(taken)))

    def _take(self, store: "SampleStore") -> None:
        self._taken = store.take_out(self._ids)
