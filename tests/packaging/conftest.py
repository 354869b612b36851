"""The scripts in packaging/ are not a package: they import each other as top-level modules."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent / "packaging"))
