"""What PyInstaller collects of Keras: the TensorFlow backend, and no tests."""

from PyInstaller.utils.hooks import collect_submodules
from wanted_modules import is_wanted_module

hiddenimports = collect_submodules("keras", filter=is_wanted_module)
