"""The samples that the page shows, in sections, for Qt's views."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from core.samples.sample import LABELS, Sample
from gui.digits.sample_texts import caption_text, label_title, sample_text
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.sections import Section
from gui.widgets.thumbnail_list import Thumbnail, ThumbnailList

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Shown:
    """Which samples are shown, and how.

    Attributes
    ----------
    label
        Only those of this label; None for all.
    writer
        Only those of this writer; None for all.
    wrong_first
        Those that are read wrongly have a section of their own, the first.
    """

    label: int | None = None
    writer: str | None = None
    wrong_first: bool = False


class SampleList(ThumbnailList):
    """The samples of the store that are to be shown: by digit, in each the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown()
        self._all: list[Sample] = []
        self._rows: list[Sample] = []
        self._row_of: dict[int, int] = {}
        self._read: Mapping[int, int] = {}

    @property
    def samples(self) -> Sequence[Sample]:
        """All samples, also those that are not shown, oldest first."""
        return self._all

    def show_samples(self, samples: Iterable[Sample]) -> None:
        """Take what is in the store now."""
        self._all = list(samples)
        self._arrange()

    def show_only(self, shown: Shown) -> None:
        """Show other samples, or in another order."""
        if shown != self.shown:
            self.shown = shown
            self._arrange()

    def show_read(self, read: Mapping[int, int]) -> None:
        """Show what the model in use reads each sample as, by id; those that are not in it were not read."""
        self._read = read
        self._arrange()

    def sample(self, row: int) -> Sample:
        return self._rows[row]

    def read(self, sample: Sample) -> int | None:
        """What the model in use reads a sample as; None where it was not asked."""
        return self._read.get(sample.id)

    def is_wrong(self, sample: Sample) -> bool:
        """Whether the model in use reads a sample wrongly, as far as is known."""
        return self._read.get(sample.id, sample.label) != sample.label

    def thumbnail(self, row: int) -> Thumbnail:
        sample = self._rows[row]
        return Thumbnail(sample.id, sample.image, caption_text(sample, self.read(sample)), self.is_wrong(sample))

    @property
    def has_long_captions(self) -> bool:
        return any(map(self.is_wrong, self._rows))  # they say what else they are read as

    def rows_of_ids(self, ids: set[int]) -> list[int]:
        return self.rows(ids)

    def rows(self, ids: Collection[int]) -> list[int]:
        """The rows of the samples with these ids, of those that are shown."""
        return sorted(self._row_of[one] for one in ids if one in self._row_of)

    def counts(self) -> list[int]:
        """How many samples there are of each label, by the writer who is shown: `LABELS` numbers."""
        counts = [0] * LABELS
        for sample in self._all:
            if self.shown.writer in (None, sample.writer):
                counts[sample.label] += 1
        return counts

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = self.shown
        self._rows = [
            sample
            for sample in self._all
            if shown.label in (None, sample.label) and shown.writer in (None, sample.writer)
        ]
        self._rows.sort(key=self._order)
        self._row_of = {sample.id: row for row, sample in enumerate(self._rows)}
        self.sections = []
        titles = [self._title(sample) for sample in self._rows]
        for title in dict.fromkeys(titles):
            self.sections.append(Section(title, titles.count(title)))
        self.endResetModel()

    def _order(self, sample: Sample) -> tuple[bool, int, float, int]:
        return not self._is_put_first(sample), sample.label, -sample.kept_at, -sample.id

    def _is_put_first(self, sample: Sample) -> bool:
        return self.shown.wrong_first and self.is_wrong(sample)

    def _title(self, sample: Sample) -> str:
        if self._is_put_first(sample):
            return self.tr("Misread")
        return label_title(sample.label)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        sample = self._rows[index.row()]
        if role == Role.UserRole:
            return sample
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return sample_text(sample, self._read.get(sample.id))
        if role == Role.ToolTipRole:
            return plain_tool_tip(sample_text(sample, self._read.get(sample.id)))
        return None
