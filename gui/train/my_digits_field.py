"""Which of the user's own digits to train with: whose, with how much of MNIST, and on whom to test."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from core.datasets.my_digits_choice import MOST_PERCENT, MyDigitsChoice
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.number_fields import WholeNumberField
from gui.widgets.plain_text import plain_tool_tip
from gui.widgets.side_by_side import SideBySide
from gui.widgets.theme import follow_text_scale, text_pixels

USUAL_SHARES = (0, 20, 50, 80)
WRITER_WIDTH, SHARE_WIDTH = 150, 122  # side by side in the width of the form
NAME_WIDTH = 92  # pixels of a writer's name


class MyDigitsField(QWidget):
    """The options of `MyDigitsChoice`.

    Signals
    -------
    changed
        Another choice was made, or the share of MNIST became invalid or valid again.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writers: tuple[str, ...] | None = None
        self.writer = self._make_writer()
        self.share = self._make_share()
        self.unseen = QCheckBox()
        self.unseen.setObjectName("trainDataUnseen")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(SideBySide(self.writer, self.share, shares=(WRITER_WIDTH, SHARE_WIDTH), spacing=8))
        layout.addWidget(self.unseen)
        follow_text_scale(self._fit)
        self.writer.currentIndexChanged.connect(self._change)
        self.share.valueChanged.connect(self.changed)
        self.share.problem_changed.connect(self.changed)
        self.unseen.toggled.connect(self.changed)

    @property
    def problem(self) -> str:
        """What is wrong with the share of MNIST; "" if nothing is."""
        return self.share.problem

    def choice(self) -> MyDigitsChoice:
        """What is chosen."""
        return MyDigitsChoice(self.writer.currentData() or None, self.share.value(), self.unseen.isChecked())

    def choose(self, choice: MyDigitsChoice) -> None:
        """Show `choice`. Its writer is offered even if no digits of theirs are known."""
        with QSignalBlocker(self):
            self._offer(choice.writer)
            self.share.setValue(choice.mnist_percent)
            self.unseen.setChecked(choice.is_unseen)
        self.changed.emit()

    def show_writers(self, writers: Sequence[str]) -> None:
        """Offer `writers`, all who wrote digits; "" for nobody. A chosen one stays, with or without digits."""
        if self._writers == tuple(writers):
            return
        before = self.choice()
        self._writers = tuple(writers)
        self._offer(before.writer)
        if self.choice() != before:  # nobody is left to test on
            self.changed.emit()

    def _offer(self, chosen: str | None) -> None:
        """Offer everybody's digits and those of each writer, with the `chosen` one's as the current item."""
        names = sorted({*(self._writers or ()), chosen or ""} - {""})
        is_empty = self._writers == () and not names
        with QSignalBlocker(self.writer), QSignalBlocker(self.unseen):
            self.writer.clear()
            self.writer.addItem(self.tr("None kept yet") if is_empty else self.tr("By everybody"), "")
            for name in names:
                self.writer.addItem(self.tr("By {0}").format(self._elided(name)), name)
                self.writer.setItemData(self.writer.count() - 1, plain_tool_tip(name), Qt.ItemDataRole.ToolTipRole)
            self.writer.setCurrentIndex(self.writer.findData(chosen or ""))
            self.writer.setEnabled(not is_empty)
            self._show_unseen()

    def _fit(self) -> None:
        for field, width in ((self.writer, WRITER_WIDTH), (self.share, SHARE_WIDTH)):
            field.setMinimumWidth(text_pixels(width))
        self._offer(self.choice().writer)

    def _elided(self, name: str) -> str:
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, text_pixels(NAME_WIDTH))

    def _change(self) -> None:
        self._show_unseen()
        self.changed.emit()

    def _show_unseen(self) -> None:
        writer = self.writer.currentData()
        if writer:
            name = self._elided(writer).replace("&", "&&")
            self.unseen.setText(self.tr("Only test on {0}").format(name))
        else:
            self.unseen.setText(self.tr("Test on writers it has never seen"))
        self.writer.setToolTip(plain_tool_tip(writer) if writer else self.tr("Whose digits the network learns from."))
        has_others = self._writers is None or len(self._writers) > 1
        if not has_others:
            self.unseen.setChecked(False)
        self.unseen.setEnabled(has_others)
        self.unseen.setToolTip(plain_tool_tip(self._explanation(writer, has_others)))

    def _explanation(self, writer: str, has_others: bool) -> str:
        if not has_others:
            return self.tr("This needs digits by at least two writers. Say who is drawing, and keep some of each.")
        if writer:
            return self.tr("Shows how well a network reads {0} without having learned from {0}.").format(writer)
        return self.tr(
            "Keeps all digits of some writers out of the training, and tests on them: does the network read a "
            "handwriting that it has never seen?"
        )

    def _make_writer(self) -> NamedComboBox:
        box = NamedComboBox("trainDataWriter", self.tr("Whose digits"))
        box.addItem(self.tr("By everybody"), "")
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return box

    def _make_share(self) -> "ShareField":
        share = ShareField("trainDataShare", self.tr("Share of MNIST"), 0, MOST_PERCENT, unit=self.tr(" % MNIST"))
        share.setAccessibleName(share.what)
        share.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        share.setToolTip(
            plain_tool_tip(
                self.tr(
                    "How much of the training digits is MNIST. A network that learns from a few digits alone reads "
                    "other people's handwriting worse."
                )
            )
        )
        return share


class ShareField(WholeNumberField):
    """A share in percent; the arrows go through the usual ones. As high as a combo box beside it."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self.minimumHeight() or hint.height())  # the style sheet sets the minimum

    def _number_in(self, text: str) -> str:
        return super()._number_in(text).strip().removesuffix("%")

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        up, down = QAbstractSpinBox.StepEnabledFlag.StepUpEnabled, QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        none = QAbstractSpinBox.StepEnabledFlag.StepNone
        return (up if self.value() < USUAL_SHARES[-1] else none) | (down if self.value() > USUAL_SHARES[0] else none)

    def stepBy(self, steps: int) -> None:
        value = self.value()
        above = [share for share in USUAL_SHARES if share > value]
        below = [share for share in reversed(USUAL_SHARES) if share < value]
        further = above if steps > 0 else below
        self.setValue(further[min(abs(steps), len(further)) - 1] if further else value)
