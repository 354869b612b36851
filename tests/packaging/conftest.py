"""The scripts in packaging/ are no package: what they import from each other is found beside them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent / "packaging"))
