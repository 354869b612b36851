"""The choice of training data, from one start of DigitPad to the next."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject

from core.datasets.mnist import read_mnist_name
from core.datasets.my_digits_choice import read_choice
from core.errors import DataSetError
from core.settings import SettingsFile
from gui.train.data_field import DataField


class RememberedData(QObject):
    """Restores the last choice, and remembers every one that turns out to be usable."""

    def __init__(self, field: DataField, settings: SettingsFile) -> None:
        super().__init__(field)
        self._settings = settings
        field.path.setText(settings.values.own_data)
        with suppress(DataSetError):  # the settings were edited by hand
            field.choose(settings.values.data)
        field.settled.connect(self._remember)

    def _remember(self, source: str) -> None:
        values = self._settings.values
        own = values.own_data
        if read_mnist_name(source) is None and read_choice(source) is None:
            source = own = str(Path(source).expanduser().absolute())
        if (source, own) != (values.data, values.own_data):
            self._settings.remember(data=source, own_data=own)
