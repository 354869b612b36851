"""The models of a library as a table."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from core.file_names import shortened
from core.model_card import Score, ink_sources
from core.models import DamagedBundle, ModelBundle
from core.percentages import accuracy_text
from core.presets import PRESETS
from gui.comparison import comparison_text, tested_alike
from gui.plain_text import plain_tool_tip
from gui.quantities import mistakes_text
from gui.theme import current_colours

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Entry = ModelBundle | DamagedBundle

NAME, ACCURACY, PRESET, DATE, PARAMETERS, STATE = range(6)
MAX_ORIGIN_LENGTH = 120
HEADERS = ("Name", "Test accuracy", "Network", "Trained", "Parameters", "")


class ModelTable(QAbstractTableModel):
    """One row for each model, usable or damaged. The names of the user's own can be edited.

    Signals
    -------
    rename_requested
        `(ModelBundle, str)`: a name was typed. The table changes only when it is given new entries.
    """

    rename_requested = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._used: str | None = None

    def show_entries(self, entries: list[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def show_used(self, bundle: ModelBundle | None) -> None:
        """Mark the model in use."""
        self._used = str(bundle.folder) if bundle else None
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(HEADERS) - 1))

    def entry(self, row: int) -> Entry | None:
        """The entry in a row; None where there is none."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, folder: str) -> int:
        """The row of the model in `folder`, -1 when it is not there."""
        return next((row for row, entry in enumerate(self._entries) if str(entry.folder) == folder), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADERS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        entry = self._entries[index.row()]
        is_used = str(entry.folder) == self._used
        if role in (Role.DisplayRole, Role.EditRole):
            return entry_texts(entry, is_used=is_used)[index.column()]
        if role == Role.TextAlignmentRole:
            return _alignment(index.column())
        if role == Role.ToolTipRole:
            return plain_tool_tip(tool_tip(entry))
        if role == Role.FontRole and is_used:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Role.ForegroundRole and isinstance(entry, DamagedBundle):
            return QColor(current_colours().bad)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        entry = self._entries[index.row()]
        if role != Role.EditRole or not isinstance(entry, ModelBundle) or str(value) == entry.card.name:
            return False
        self.rename_requested.emit(entry, str(value))
        return False  # the new name comes with the next entries, if it was taken

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        entry = self.entry(index.row())
        if index.column() == NAME and isinstance(entry, ModelBundle) and not entry.is_shipped:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return HEADERS[section]
        if role == Role.TextAlignmentRole:
            return _alignment(section)
        return None


def entry_texts(entry: Entry, *, is_used: bool) -> tuple[str, ...]:
    """The cells of one row."""
    if isinstance(entry, DamagedBundle):
        return entry.slug, "–", "–", "–", "–", "cannot be used"
    card = entry.card
    preset = PRESETS.get(str(card.preset))
    return (
        card.name,
        accuracy_text(card.test.accuracy) if card.test else "–",
        preset.title if preset else str(card.preset),
        date_text(str(card.created)),
        f"{card.parameters:,}" if isinstance(card.parameters, int) else "–",
        "in use" if is_used else "shipped" if entry.is_shipped else "",
    )


def entry_name(entry: Entry) -> str:
    """What people call it; a damaged one has only its folder's name."""
    return entry.card.name if isinstance(entry, ModelBundle) else entry.slug


def is_worse(entry: Entry, used: ModelBundle | None) -> bool:
    """Whether it made more mistakes than the model in use, on the very same digits."""
    pair = _tested_alike(entry, used)
    return pair is not None and pair[0].mistakes > pair[1].mistakes


def facts_text(entry: Entry, used: ModelBundle | None = None) -> str:
    """What else is known about a model, in up to three lines; its test beside that of the model in use."""
    if isinstance(entry, DamagedBundle):
        return entry.problem
    card = entry.card
    data = card.data if isinstance(card.data, dict) else {}
    parts = [_material_text(data)]
    parts.append(f"{_count(card.epochs)} {'epoch' if card.epochs == 1 else 'epochs'}, seed {card.seed}")
    if card.test:
        parts.append(f"{mistakes_text(card.test.mistakes, card.test.images)} of {card.test.data}")
    if pair := _tested_alike(entry, used):
        parts.append(comparison_text(pair[0].mistakes, pair[1].mistakes))
    return " · ".join(parts)


def _tested_alike(entry: Entry, used: ModelBundle | None) -> tuple[Score, Score] | None:
    """The tests of both; None where they are not two models, tested on the very same digits."""
    if isinstance(entry, DamagedBundle) or used is None or used.folder == entry.folder:
        return None
    own, other = entry.card.test, used.card.test
    return (own, other) if own is not None and other is not None and tested_alike(own, other) else None


def _material_text(data: dict[str, Any]) -> str:
    """How much was learned from, and where it came from; a card may hold anything that JSON can."""
    name = _shortened(data.get("name") or "data of unknown origin")
    origins, teachers = data.get("origins"), data.get("teachers")
    if not isinstance(origins, dict) or not origins.keys() - {"data"}:  # an old card, or nothing but the data
        texts = [f"{_count(data.get('train_images'))} training digits ({name})"]
    else:
        made = {"synthesized": "synthesised", "no_digit": "drawings of no digit"}
        texts = [f"{_count(origins.get('data'))} digits of {name}"]
        texts += [f"{_count(origins[origin])} {what}" for origin, what in made.items() if origin in origins]
    if isinstance(start := data.get("start"), dict):
        texts.append(f"on top of “{_shortened(start.get('name') or '?')}”")
    if sources := ink_sources(data):
        texts.append(f"real ink: {'; '.join(map(_shortened, sources))}")
    if isinstance(teachers, list) and teachers:
        texts.append("taught by another model" if len(teachers) == 1 else f"taught by {len(teachers)} models")
    return ", ".join(texts)


def tool_tip(entry: Entry) -> str:
    """The whole name, or what is wrong, and the place on disk."""
    first = entry.problem if isinstance(entry, DamagedBundle) else entry.card.name
    return f"{first}\n{entry.folder}"


def date_text(created: str) -> str:
    """An ISO time of any zone as local date and time; what is no such time stays as it is."""
    try:
        return f"{datetime.fromisoformat(created).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return created


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (ACCURACY, PARAMETERS) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _shortened(text: object) -> str:
    """`text` with a length that leaves room for what follows."""
    return shortened(text, MAX_ORIGIN_LENGTH)


def _count(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else "?"
