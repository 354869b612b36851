"""The settings of a run."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.models.card import MAX_NAME_LENGTH
from core.models.library import ModelBundle
from core.training.engines import ENGINES
from core.training.presets import DEFAULT_PRESET, PRESETS
from core.training.spec import MAX_BATCH_SIZE, MAX_EPOCHS, TrainingSpec
from gui.system.timers import single_shot
from gui.train.augmentation_preview import AugmentationPreview
from gui.train.continue_box import ContinueBox
from gui.train.data_field import DataField
from gui.widgets.card import make_titled_card
from gui.widgets.labels import make_note
from gui.widgets.named_combo_box import NamedComboBox
from gui.widgets.number_fields import NumberField, NumberProblem, RateField, WholeNumberField
from gui.widgets.scroll_area import areas_around
from gui.widgets.side_by_side import SideBySide
from gui.widgets.theme import SPACING, set_text, text_pixels

DEFAULTS = TrainingSpec()
LEAST_RATE = 0.000001
SETTLE_MS = 60
FIELD_WIDTH = 136


class TrainForm(QWidget):
    """What a `TrainingSpec` needs. Choosing a preset fills in its own settings.

    Signals
    -------
    changed
        Another preset or other data was chosen, a field became invalid or valid, or more is known about the data.
    edited
        Any setting changed, soon after the last of several changes.
    """

    changed = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = self._make_preset()
        self.network = make_note("trainNetwork", lines=2)
        self.documented = make_note("trainDocumented", lines=2)
        self.continue_box = ContinueBox()
        self.data = DataField()
        self.epochs = WholeNumberField("trainEpochs", self.tr("Epochs"), 1, MAX_EPOCHS)
        self.batch_size = WholeNumberField("trainBatchSize", self.tr("Batch size"), 1, MAX_BATCH_SIZE)
        self.learning_rate = RateField("trainLearningRate", self.tr("Learning rate"), LEAST_RATE, 10)
        self.validation = WholeNumberField("trainValidation", self.tr("Validation"), 0, 50, unit=" %")
        self.seed = WholeNumberField("trainSeed", self.tr("Seed"), 0, 2**31 - 1)
        self.seed.setValue(DEFAULTS.seed)
        self.engine = self._make_engine()
        self.augment = QCheckBox(self.tr("Vary the digits while training"))
        self.augment.setObjectName("trainAugment")
        self.preview = AugmentationPreview()
        self.synthesize = QCheckBox(self.tr("Add synthesised handwriting"))
        self.synthesize.setObjectName("trainSynthesize")
        self.name = QLineEdit()
        self.name.setObjectName("trainName")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self._explain()
        self._lay_out()
        self._settle_fields()
        self.preset.currentIndexChanged.connect(self._take_preset)
        self.continue_box.toggled.connect(self._take_rate)
        self.data.changed.connect(self.changed)
        for field in self._numbers():
            field.problem_changed.connect(self.changed)
        self.augment.toggled.connect(self.preview.setEnabled)
        self._settling = single_shot(self, self._tell_edit, SETTLE_MS)
        for edit in self._edits():
            edit.connect(self._take_edit)
        self._take_preset()

    def spec(self) -> TrainingSpec:
        """The current settings."""
        return TrainingSpec(
            preset=self.preset.currentData(),
            data=self.data.source(),
            epochs=self.epochs.value(),
            batch_size=self.batch_size.value(),
            learning_rate=self.learning_rate.value(),
            validation_share=self.validation.value() / 100,
            seed=self.seed.value(),
            augment=self.augment.isChecked(),
            name=self.name.text().strip(),
            synthesize=self.synthesize.isChecked(),
            engine=self.engine.currentData(),
            start=self.continue_box.start(),
        )

    def show_spec(self, spec: TrainingSpec) -> None:
        """Show the settings of an earlier run; the name stays empty, because its model has it."""
        settings = spec.completed()
        self.choose_preset(spec.preset)
        self._take_preset()
        self.data.choose(spec.data)
        self.epochs.setValue(settings.epochs)
        self.batch_size.setValue(settings.batch_size)
        self.learning_rate.setValue(settings.learning_rate)
        self.validation.setValue(round(settings.validation_share * 100))
        self.seed.setValue(settings.seed)
        self.augment.setChecked(settings.augment)
        self.synthesize.setChecked(settings.synthesize)
        self.engine.setCurrentIndex(self.engine.findData(settings.engine))
        self.name.clear()

    def choose_preset(self, name: str) -> None:
        """Choose the preset `name`, with its own settings; an unknown one changes nothing."""
        index = self.preset.findData(name)
        if index >= 0:
            self.preset.setCurrentIndex(index)

    def show_model(self, bundle: ModelBundle | None) -> None:
        """Offer to continue from `bundle`, the model in use."""
        self.continue_box.show_model(bundle)

    def show_data(self) -> None:
        """Scroll to the data."""
        for area in areas_around(self.data):
            area.reveal(self.data)

    def problem(self) -> str:
        """Why no run can start with these settings; "" when one can."""
        return next(filter(None, (field.problem for field in self._numbers())), "") or self.data.problem()

    def _edits(self) -> Iterator[SignalInstance]:
        """The signals of what a run depends on."""
        yield self.changed
        yield from (field.valueChanged for field in (self.epochs, self.batch_size, self.validation, self.learning_rate))
        yield from (box.toggled for box in (self.augment, self.synthesize, self.continue_box))
        yield self.engine.currentIndexChanged

    def _take_edit(self) -> None:
        self._settling.start()

    def _tell_edit(self) -> None:
        self.edited.emit()

    def _numbers(self) -> tuple[NumberField, ...]:
        return self.epochs, self.batch_size, self.learning_rate, self.validation, self.seed

    def _take_preset(self) -> None:
        preset = PRESETS[self.preset.currentData()]
        self.network.setText(preset.layers)
        said = self.tr("Documented: {0}") if preset.documented else self.tr("Measured: {0}")
        self.documented.setText(said.format(preset.documented or preset.measured))
        self.continue_box.setChecked(False)
        self.continue_box.show_preset(preset)
        self.epochs.setValue(preset.epochs)
        self.batch_size.setValue(preset.batch_size)
        self.learning_rate.setValue(preset.learning_rate)
        self.validation.setValue(round(preset.validation_share * 100))
        self.augment.setChecked(preset.augment)
        self.preview.setEnabled(preset.augment)
        self.synthesize.setEnabled(preset.synthesized_share > 0)
        self.synthesize.setChecked(preset.synthesized_share > 0)
        self.changed.emit()

    def _take_rate(self, continued: bool) -> None:
        """Replace the usual learning rate with the one for continuing, or back; one that the user chose stays."""
        preset = PRESETS[self.preset.currentData()]
        if self.learning_rate.value() == preset.usual_learning_rate(continued=not continued):
            self.learning_rate.setValue(preset.usual_learning_rate(continued=continued))

    def _make_preset(self) -> QComboBox:
        box = NamedComboBox("trainPreset", self.tr("Network"))
        for preset in PRESETS.values():
            box.addItem(preset.title, preset.name)
        box.setCurrentIndex(box.findData(DEFAULT_PRESET))
        return box

    def _make_engine(self) -> QComboBox:
        box = NamedComboBox("trainEngine", self.tr("Computed in"))
        box.addItem(self.tr("Fastest"), "")
        for engine in ENGINES.values():
            box.addItem(engine.title.replace(" with ", " + "), engine.name)
        return box

    def _explain(self) -> None:
        self.epochs.setToolTip(self.tr("How often the network sees every training digit."))
        self.batch_size.setToolTip(self.tr("How many images the network sees between two updates of its weights."))
        self.learning_rate.setToolTip(self.tr("How large each update of the weights is."))
        self.validation.setToolTip(
            self.tr(
                "Share of the training digits that is held out and measured after each epoch. Tutorials often watch "
                "the test set during training; here it is used once, at the end. 0 trains on all digits."
            )
        )
        self.seed.setToolTip(self.tr("Determines every random choice: the same seed gives the same run."))
        self.engine.setToolTip(
            self.tr(
                "How the network is computed. Long runs first measure which way is the fastest on this machine, and "
                "remember it. The results are the same, except for rounding."
            )
        )
        self.augment.setToolTip(
            self.tr("Rotated, slanted, stretched, thicker, thinner: more handwriting than the data contains.")
        )
        self.synthesize.setToolTip(
            self.tr(
                "Synthetic digits in handwriting from around the world, in addition to the data. Only DigitPad's own "
                "network learns from them. It learns to reject non-digits with or without them."
            )
        )
        self.name.setPlaceholderText(self.tr("Time, network and digits"))
        self.name.setToolTip(
            self.tr("The name of the trained model, different from all others. If empty: the time, network and digits.")
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)  # apart from the scroll bar
        layout.setSpacing(SPACING)
        network = (self.preset, self.network, self.documented, self.continue_box)
        layout.addWidget(make_titled_card(self.tr("Network"), *network))
        layout.addWidget(make_titled_card(self.tr("Digits"), self.data))
        layout.addWidget(make_titled_card(self.tr("Settings"), self._settings()))
        layout.addWidget(make_titled_card(self.tr("Augmentation"), self.augment, self.preview, self.synthesize))
        layout.addStretch()

    def _settings(self) -> QWidget:
        pairs: tuple[tuple[tuple[str, QWidget], tuple[str, QWidget]], ...] = (
            ((self.tr("Ep&ochs"), self.epochs), (self.tr("&Batch size"), self.batch_size)),
            ((self.tr("&Learning rate"), self.learning_rate), (self.tr("V&alidation"), self.validation)),
            ((self.tr("See&d"), self.seed), (self.tr("Com&puted in"), self.engine)),
        )
        settings = QWidget()
        column = QVBoxLayout(settings)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for pair in pairs:
            column.addWidget(SideBySide(*(_named(text, field) for text, field in pair), shares=(1, 1), spacing=SPACING))
            column.addWidget(NumberProblem([field for _, field in pair if isinstance(field, NumberField)]))
        column.addWidget(_named(self.tr("&Name of the model"), self.name))
        return settings

    def _settle_fields(self) -> None:
        for field in (*self.findChildren(QAbstractSpinBox), *self.findChildren(QComboBox)):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        for box in self.findChildren(QAbstractSpinBox):
            box.lineEdit().setTextMargins(6, 0, 0, 0)  # what the style sheet gives other fields

    def showEvent(self, event: QShowEvent) -> None:
        self.data.check()
        super().showEvent(event)


class NamedField(QWidget):
    """Wide enough for the numbers that fields hold."""

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(text_pixels(FIELD_WIDTH), 0))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _named(text: str, field: QWidget) -> QWidget:
    """`field` below its name."""
    label = QLabel(text)
    set_text(label, 13)
    label.setBuddy(field)
    field.setAccessibleName(text.replace("&", ""))
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # equally wide, side by side
    named = NamedField()
    column = QVBoxLayout(named)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(field)
    return named
