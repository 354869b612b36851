"""What is shown: all digits or one, all writers or one, wrong ones first."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.samples.sample import LABELS, NO_DIGIT
from gui.digits.sample_list import Shown
from gui.digits.sample_texts import amount_text, label_title, writer_text, writer_title
from gui.recognition.sample_words import label_text
from gui.widgets.flow_row import FlowRow
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.theme import current_colours, follow_text_scale, sized_font, text_pixels

GAP = 8
ALL = LABELS
"""The number of the button for all digits, after those of the labels."""


class FilterBar(QWidget):
    """The buttons of the digits, with their counts; the writers, where there are several; wrong ones first.

    Signals
    -------
    changed
        Something else is to be shown.
    """

    changed = Signal()

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        """`actions` get a button each."""
        super().__init__(parent)
        self.labels = QButtonGroup(self)
        self.writer = NamedComboBox("samplesWriter", self.tr("Writers shown"))
        self.writer.setSizeAdjustPolicy(NamedComboBox.SizeAdjustPolicy.AdjustToContents)
        self.wrong_first = QCheckBox(self.tr("&Wrong ones first"))
        self.wrong_first.setObjectName("samplesWrongFirst")
        self.wrong_first.setToolTip(plain_tool_tip(self.tr("Reads all with the model in use.")))
        self._lay_out(actions)
        self.show_writers([])
        self.labels.idClicked.connect(self.changed)
        self.writer.activated.connect(self.changed)
        self.wrong_first.toggled.connect(self.changed)

    def shown(self) -> Shown:
        """What is chosen."""
        label = self.labels.checkedId()
        return Shown(None if label == ALL else label, self.writer.currentData(), self.wrong_first.isChecked())

    def show_all(self) -> None:
        """Choose all digits of all writers."""
        self.labels.button(ALL).setChecked(True)
        self.writer.setCurrentIndex(0)
        self.changed.emit()

    def show_counts(self, counts: Sequence[int]) -> None:
        """Say how many digits there are of each label."""
        for label, count in enumerate((*counts, sum(counts))):
            button = self.labels.button(label)
            assert isinstance(button, CountButton)
            button.show_count(count, is_missing=label < NO_DIGIT and not count and any(counts))

    def show_writers(self, writers: Sequence[str]) -> None:
        """Offer these writers; one who has gone is chosen no more."""
        chosen = self.writer.currentData()
        self.writer.clear()
        self.writer.addItem(self.tr("All writers"), None)
        for writer in writers:
            self.writer.addItem(writer_title(writer), writer)
            self.writer.setItemData(self.writer.count() - 1, writer_text(writer), Qt.ItemDataRole.ToolTipRole)
        self.writer.setCurrentIndex(max(self.writer.findData(chosen), 0) if chosen is not None else 0)
        self.writer.setVisible(len(writers) > 1)

    def _lay_out(self, actions: Sequence[QAction]) -> None:
        buttons = []
        for label in (ALL, *range(LABELS)):
            if label == ALL:
                button = CountButton("samplesAll", self.tr("All"), "")
            else:
                name = "samplesNoDigit" if label == NO_DIGIT else f"samples{label}"
                button = CountButton(name, label_title(label), label_text(label))
            self.labels.addButton(button, label)
            buttons.append(button)
        self.labels.button(ALL).setChecked(True)
        tools = []
        for action in actions:
            tool = QToolButton()
            tool.setDefaultAction(action)
            tools.append(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(FlowRow(*buttons, spacing=4))
        column.addWidget(FlowRow(*tools, self.writer, self.wrong_first, spacing=GAP))


class CountButton(QToolButton):
    """A label and how many digits there are of it; in another colour, and with a dash, where there is none yet."""

    def __init__(self, name: str, text: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self._spoken = spoken
        self._count = ""
        self._is_missing = False
        self.show_count(0, is_missing=False)
        follow_text_scale(self.updateGeometry)

    def show_count(self, count: int, *, is_missing: bool) -> None:
        self._count, self._is_missing = (f"{count:,}" if count else "–"), is_missing
        amount = self.tr("none yet") if is_missing else amount_text(count)
        said = f"{self._spoken}: {amount}" if self._spoken else amount
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[int, int]:
        metrics = QFontMetrics(sized_font(self, 15, bold=True)), QFontMetrics(sized_font(self, 12))
        return metrics[0].horizontalAdvance(self.text()), metrics[1].horizontalAdvance(self._count)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + text_pixels(6) + text_pixels(18), text_pixels(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        colours = current_colours()
        named = colours.doubtful if self._is_missing else colours.text
        name, count = self._widths()
        left = (self.width() - name - count - text_pixels(6)) // 2
        for text, place, font, colour in (
            (self.text(), left, sized_font(self, 15, bold=True), named),
            (self._count, left + name + text_pixels(6), sized_font(self, 12), colours.faint_text),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            room = QRect(place, 0, self.width(), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()
