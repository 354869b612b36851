"""How to use DigitPad: a few sentences, and the keyboard shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QMenuBar, QVBoxLayout, QWidget

from gui.widgets.button_row import make_button
from gui.widgets.dialog import Dialog
from gui.widgets.flow_row import FlowRow
from gui.widgets.labels import make_heading
from gui.widgets.theme import MARGIN, SPACING

SIZE = (480, 690)
TEN_DIGITS = "0 to 9"


class HowTo(Dialog):
    """The help window. It reads the keys from the menus, so that they are complete and right."""

    def __init__(self, menus: QMenuBar, parent: QWidget) -> None:
        super().__init__(SIZE, parent)
        self.setObjectName("howTo")
        self.setWindowTitle(self.tr("How to use DigitPad"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = make_button("howToClose", self.tr("Close"), is_primary=True)
        close.clicked.connect(self.close)
        self.fill(self._page(menus), FlowRow(close, spacing=SPACING, last_at_end=True))

    def _page(self, menus: QMenuBar) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for title, text in self._paragraphs():
            layout.addWidget(make_heading(title))
            layout.addWidget(_paragraph(text))
            layout.addSpacing(SPACING)
        layout.addWidget(make_heading(self.tr("Keys")))
        layout.addLayout(_table(menu_keys(menus)))
        layout.addStretch()
        return page

    def _paragraphs(self) -> list[tuple[str, str]]:
        draw = self.tr(
            "Draw a digit or a number on the pad with the mouse, a pen or a finger. The answer follows every stroke. "
            "The right mouse button erases, and so do a pen’s side button and its other end. Esc clears the pad."
        )
        keep = self.tr(
            "If the answer is wrong, press the digit that it is, 0 to 9, or click it below the answer. The drawing is "
            "kept as one of your own digits, and the pad is free for the next. Enter keeps it as what was answered, N "
            "as no digit, and Undo takes it back onto the pad. Of a number, the digit that you look at is kept. Ctrl+A "
            "takes all of it as one digit."
        )
        number = self.tr(
            "A number may have several rows. Brackets on the pad show which ink is which digit. Point at a digit, on "
            "the pad or in the answer, to see its probabilities and what the network sees of it. The arrow keys go "
            "through the digits of the answer."
        )
        why = self.tr(
            "Press W to see why: orange ink speaks for the answer, blue ink against it. Click a bar to compare the "
            "answer with that digit. When the pen rests, what would make it another digit is outlined."
        )
        open_ = self.tr(
            "Drop a picture of a digit or a number on the pad, paste one, or choose Open… in the File menu. A page of "
            "many digits opens over the pad: click a digit to put it there, or Shift+click to put its whole row there."
        )
        inside = self.tr(
            "The Inside tab shows your drawing going through the network, layer by layer, while you draw. Click a map "
            "to see it large, and point at a pixel to see how it was computed. Dotted words explain themselves."
        )
        mine = self.tr(
            "A correction works at once, for drawings that look like it. On the My digits tab are all digits that you "
            "kept. When there are some of each, press Teach DigitPad my hand: in about half a minute the model in use "
            "learns them without forgetting how others write, and says how many of yours it reads before and after. "
            "Use it, or keep the old one; Back to DigitPad is always one click."
        )
        train = self.tr(
            "On the Train tab, choose a network and its digits, then press Start training. You can keep drawing "
            "meanwhile. Models… lists the models that you have; use the one you like best."
        )
        test = self.tr(
            "On the Test tab, choose a model and digits, then press Test. A number of the confusion matrix shows its "
            "digits; a click on a digit puts it on the pad."
        )
        return [
            (self.tr("Draw"), draw),
            (self.tr("Numbers"), number),
            (self.tr("Why"), why),
            (self.tr("Keep"), keep),
            (self.tr("Inside"), inside),
            (self.tr("My digits"), mine),
            (self.tr("Open"), open_),
            (self.tr("Train"), train),
            (self.tr("Test"), test),
        ]


def menu_keys(menus: QMenuBar) -> list[tuple[str, str]]:
    """The menu items with keys, and these as the system writes them; those of the ten digits are one."""
    native = QKeySequence.SequenceFormat.NativeText
    offered = [action for menu in menus.findChildren(QMenu) for action in menu.actions()]
    rows = {}
    for action in offered:
        text, _, shown = action.text().replace("&", "").partition("\t")
        keys = shown or ", ".join(keys.toString(native) for keys in action.shortcuts())
        if keys.isdigit():
            text, keys = text.replace(keys, TEN_DIGITS), TEN_DIGITS
        if keys:
            rows[text] = keys
    return list(rows.items())


def _paragraph(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label


def _table(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(MARGIN)
    grid.setColumnStretch(0, 1)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            label = _paragraph(text)
            label.setProperty("faint", column == 1)
            grid.addWidget(label, row, column)
    return grid
