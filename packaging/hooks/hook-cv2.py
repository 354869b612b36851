"""What PyInstaller takes of OpenCV: compiled modules as files of their own.

The package finds its library through its folder and two small files that say where it lies. The data of its face
detectors stays out.
"""

from PyInstaller.utils.hooks import collect_data_files, collect_dynamic_libs, collect_submodules

hiddenimports = [
    "numpy",
    "cv2.cv2",
    *collect_submodules("cv2", filter=lambda name: not name.startswith(("cv2.data", "cv2.load_config_py2"))),
]
excludedimports = ["cv2.load_config_py2"]
datas = collect_data_files("cv2", include_py_files=True, includes=["config*.py"])
binaries = collect_dynamic_libs("cv2")  # on Windows a library that is opened by name
module_collection_mode = "pyc"
