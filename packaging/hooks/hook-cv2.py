"""What PyInstaller collects of OpenCV: compiled modules as separate files.

The package finds its library through its folder and two small configuration files. The data of its face detectors is
left out.
"""

from PyInstaller.utils.hooks import collect_data_files, collect_dynamic_libs, collect_submodules

hiddenimports = [
    "numpy",
    "cv2.cv2",
    *collect_submodules("cv2", filter=lambda name: not name.startswith(("cv2.data", "cv2.load_config_py2"))),
]
excludedimports = ["cv2.load_config_py2"]
datas = collect_data_files("cv2", include_py_files=True, includes=["config*.py"])
binaries = collect_dynamic_libs("cv2")  # on Windows a library that is loaded by name
module_collection_mode = "pyc"
