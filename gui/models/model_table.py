"""The models of a library as a table."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from core.models.card import ModelCard, ink_sources
from core.models.library import KERAS_FILE, DamagedBundle, ModelBundle
from core.models.names import name_key
from core.recognition.recommendation import FEWEST_DIGITS, others_score, recommend_by_cards
from core.training.presets import PRESETS
from core.wording.names import shortened
from core.wording.percentages import counted_accuracy_text
from gui.models.comparison import comparison_text
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.quantities import mistakes_text
from gui.widgets.theme import current_colours

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Entry = ModelBundle | DamagedBundle

NAME, ACCURACY, PRESET, DATE, PARAMETERS, STATE = range(6)
MAX_ORIGIN_LENGTH = 120
HEADERS = ("Name", "MNIST's test set", "Network", "Trained", "Parameters", "")


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
        self._titles: list[str] = []

    def show_entries(self, entries: list[Entry]) -> bool:
        """Show other entries. Returns whether one that was there before has another name now."""
        before = _names(self._entries)
        self.beginResetModel()
        self._entries, self._titles = entries, titles_of(entries)
        self.endResetModel()
        return any(before.get(folder, name) != name for folder, name in _names(entries).items())

    def show_used(self, bundle: ModelBundle | None) -> None:
        """Mark the model in use."""
        self._used = str(bundle.folder) if bundle else None
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(HEADERS) - 1))

    def entry(self, row: int) -> Entry | None:
        """The entry in a row; None where there is none."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def title(self, row: int) -> str:
        """The title of the entry in a row, different from all others."""
        return self._titles[row] if 0 <= row < len(self._titles) else ""

    def start_of(self, entry: Entry) -> str:
        """The current name of the model that `entry` was continued from; "" if there is none, or it is not here."""
        start = entry.card.data.get("start") if isinstance(entry, ModelBundle) else None
        sha256 = start.get("sha256") if isinstance(start, dict) else None
        bundles = (other for other in self._entries if sha256 and isinstance(other, ModelBundle))
        return next((other.title for other in bundles if other.card.sha256.get(KERAS_FILE) == sha256), "")

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
        if role == Role.EditRole or (role == Role.DisplayRole and index.column() != NAME):
            return entry_texts(entry, is_used=is_used)[index.column()]
        if role == Role.DisplayRole:
            return self.title(index.row())
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


def _names(entries: list[Entry]) -> dict[Path, str]:
    """By folder; a damaged model is called what its folder is called, but only for want of a name."""
    return {entry.folder: entry.title for entry in entries if isinstance(entry, ModelBundle)}


def titles_of(entries: list[Entry]) -> list[str]:
    """The titles of entries. Where names are equal, which earlier versions allowed, the folder follows."""
    keys = [name_key(entry.title) for entry in entries]
    counts = Counter(keys)
    return [
        entry.title if counts[key] == 1 else f"{entry.title} ({entry.slug})"
        for entry, key in zip(entries, keys, strict=True)
    ]


def entry_texts(entry: Entry, *, is_used: bool) -> tuple[str, ...]:
    """The cells of one row. All accuracies are from the same test; a model that did not have it shows none."""
    if isinstance(entry, DamagedBundle):
        return entry.title, "–", "–", "–", "–", "cannot be used"
    card = entry.card
    preset, score = PRESETS.get(str(card.preset)), others_score(card)
    return (
        entry.title,
        counted_accuracy_text(score.accuracy, score.images) if score else "",
        preset.title if preset else str(card.preset),
        date_text(str(card.created)),
        f"{card.parameters:,}" if isinstance(card.parameters, int) else "–",
        "in use" if is_used else "shipped" if entry.is_shipped else "",
    )


def is_recommended(entry: Entry, used: ModelBundle | None) -> bool:
    """Whether it is recommended instead of the model in use."""
    if isinstance(entry, DamagedBundle) or used is None:
        return isinstance(entry, ModelBundle)
    return recommend_by_cards(entry.card, used.card).is_given


def facts_text(entry: Entry, used: ModelBundle | None = None, start: str = "") -> str:
    """What else is known about a model, in up to four lines, and how it compares with the model in use.

    `start` is the current name of the model that it was continued from, if known.
    """
    if isinstance(entry, DamagedBundle):
        return entry.problem
    card = entry.card
    data = card.data if isinstance(card.data, dict) else {}
    parts = [_material_text(data, start)]
    parts.append(f"{_count(card.epochs)} {'epoch' if card.epochs == 1 else 'epochs'}, seed {card.seed}")
    for score in (card.test, card.others):
        if score:
            parts.append(f"{mistakes_text(score.mistakes, score.images)} ({score.data})")
    if used is not None and used.folder != entry.folder:
        parts += _comparison(card, used.card)
    return " · ".join(parts)


def _comparison(card: ModelCard, used: ModelCard) -> list[str]:
    """How a model compares with the one in use, and why it is not recommended if that does not say it."""
    score, other = others_score(card), others_score(used)
    said = [comparison_text(score.mistakes, other.mistakes)] if score and other else []
    is_hardly_tested = card.test is not None and card.test.images < FEWEST_DIGITS
    return [*said, recommend_by_cards(card, used).reason] if is_hardly_tested or not said else said


def _material_text(data: dict[str, Any], start_now: str) -> str:
    """What the model learned from, and how much of it. A card may hold any JSON."""
    name = _shortened(data.get("name") or "data of unknown origin")
    origins, teachers = data.get("origins"), data.get("teachers")
    if not isinstance(origins, dict) or not origins.keys() - {"data"}:  # an old card, or nothing but the data
        texts = [f"{_count(data.get('train_images'))} training digits ({name})"]
    else:
        made = {"synthesized": "synthesised", "no_digit": "non-digits"}
        texts = [f"{_count(origins.get('data'))} digits of {name}"]
        texts += [f"{_count(origins[origin])} {what}" for origin, what in made.items() if origin in origins]
    if isinstance(start := data.get("start"), dict):
        texts.append(f"continued from “{_shortened(start_now or start.get('name') or '?')}”")
    if sources := ink_sources(data):
        texts.append(f"real ink: {'; '.join(map(_shortened, sources))}")
    if isinstance(teachers, list) and teachers:
        texts.append("taught by another model" if len(teachers) == 1 else f"taught by {len(teachers)} models")
    return ", ".join(texts)


def tool_tip(entry: Entry) -> str:
    """The whole name, or what is wrong, and the folder."""
    first = entry.problem if isinstance(entry, DamagedBundle) else entry.title
    return f"{first}\n{entry.folder}"


def date_text(created: str) -> str:
    """An ISO time of any zone as local date and time; any other text stays as it is."""
    try:
        return f"{datetime.fromisoformat(created).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return created


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (ACCURACY, PARAMETERS) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _shortened(text: object) -> str:
    """`text`, short enough to leave room for what follows."""
    return shortened(text, MAX_ORIGIN_LENGTH)


def _count(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else "?"
