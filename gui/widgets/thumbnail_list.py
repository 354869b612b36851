"""What a grid of thumbnails shows: rows in sections."""

from abc import abstractmethod
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

from core.digits.arrays import Image
from gui.widgets.sections import Section

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """How one row looks.

    Attributes
    ----------
    id
        A number that no other row's image has.
    image
        uint8 `(28, 28)`, bright ink on 0.
    caption
        What is below it, in one line or two.
    is_wrong
        Whether it has a frame and a sign that say so.
    """

    id: int
    image: Image
    caption: str
    is_wrong: bool = False


class ThumbnailList(QAbstractListModel):
    """A list whose rows have a picture each.

    Attributes
    ----------
    sections
        How many rows there are under each heading, in their order.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sections: list[Section] = []

    @abstractmethod
    def thumbnail(self, row: int) -> Thumbnail:
        """How a row looks."""

    @property
    @abstractmethod
    def has_long_captions(self) -> bool:
        """Whether any caption may need two lines."""

    @abstractmethod
    def rows_of_ids(self, ids: set[int]) -> list[int]:
        """The rows with these ids, of those that are shown, in their order."""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else sum(section.count for section in self.sections)
