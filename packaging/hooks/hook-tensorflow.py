"""What PyInstaller collects of TensorFlow: everything that its lazy imports may load.

No headers, no tests, and no libraries that neither training nor exporting loads.
"""

from PyInstaller.utils.hooks import collect_submodules
from wanted_modules import is_wanted_module

hiddenimports = [*collect_submodules("tensorflow", filter=is_wanted_module), "ml_dtypes"]
warn_on_missing_hiddenimports = False
# AutoGraph reads its own source code when it rewrites a function.
module_collection_mode = {"tensorflow.python.autograph": "pyz+py"}
# TensorFlow looks for its parts beside its libraries: it would not find them from links in another folder.
bindepend_symlink_suppression = ["**/libtensorflow_cc.so*", "**/libtensorflow_framework.so*"]
