"""What PyInstaller takes of TensorFlow: all that its lazy imports may ask for.

No headers, no tests, and none of the libraries that neither training nor exporting opens.
"""

from PyInstaller.utils.hooks import collect_submodules
from wanted_modules import is_wanted_module

hiddenimports = [*collect_submodules("tensorflow", filter=is_wanted_module), "ml_dtypes"]
warn_on_missing_hiddenimports = False
# AutoGraph reads its own sources when it rewrites a function.
module_collection_mode = {"tensorflow.python.autograph": "pyz+py"}
# TensorFlow looks for its parts beside its libraries: links to these elsewhere would lead it astray.
bindepend_symlink_suppression = ["**/libtensorflow_cc.so*", "**/libtensorflow_framework.so*"]
