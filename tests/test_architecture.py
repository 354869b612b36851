"""The rules that carry the architecture, read off the imports of every file.

core knows no window, TensorFlow is never in the way of drawing, and packages stand on floors: each imports only what
lies below it, so that no two ever need each other.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

WINDOW_LIBRARIES = {"PySide6", "shiboken6", "pyqtgraph", "PyQt5", "PyQt6", "PySide2", "qtpy"}
HEAVY_LIBRARIES = {"tensorflow", "keras", "tf_keras", "h5py"}
FLOORS = {
    "core": (
        *(
            "wording",
            "errors",
            "system",
            "ink",
            "pictures",
            "digits",
            "pad",
            "samples",
            "synthesis",
            "models",
            "settings",
        ),
        *("datasets", "recognition", "explaining", "judging", "training", "learning", "commands"),
    ),
    "gui": (
        *("system", "widgets", "pad", "recognition", "about", "draw", "digits", "inside", "models", "train", "test"),
        *("start_notice", "menus", "window_pages", "main_window", "app", "self_test"),
    ),
}
"""From the lowest to the highest: packages, and the few modules beside them."""
OUR_MODULE = re.compile(r"(core|gui)(\.[a-z_]+)+")
IMPORT_FUNCTIONS = {"import_module", "__import__"}


@dataclass(frozen=True)
class Import:
    """One imported module, and whether loading the importing file is enough to import it."""

    module: str
    line: int
    at_load: bool

    def is_below(self, package: str) -> bool:
        return self.module == package or self.module.startswith(package + ".")

    @property
    def library(self) -> str:
        return self.module.partition(".")[0]


def find_imports(tree: ast.Module, package: str) -> list[Import]:
    """Every import of a file that belongs to `package` (dotted; empty for a file at the top)."""
    return list(_walk(tree, package, at_load=True))


def _walk(node: ast.AST, package: str, *, at_load: bool) -> Iterator[Import]:
    match node:
        case ast.Import(names=names):
            yield from (Import(name.name, node.lineno, at_load) for name in names)
        case ast.ImportFrom(names=names):
            origin = _origin(node, package)
            # `from core import learning` imports the module core.learning; a name that is no module does no harm here.
            yield from (Import(f"{origin}.{name.name}", node.lineno, at_load) for name in names)
        case ast.Call(args=[ast.Constant(value=str(module)), *_]) if _name(node.func) in IMPORT_FUNCTIONS:
            yield Import(module, node.lineno, at_load)
        case ast.Constant(value=str(text)) if OUR_MODULE.fullmatch(text):  # a name that is imported later
            yield Import(text, node.lineno, at_load=False)
    if isinstance(node, ast.If) and _name(node.test) == "TYPE_CHECKING":
        children: list[ast.AST] = list(node.orelse)
    else:
        children = list(ast.iter_child_nodes(node))
    runs_later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in children:
        yield from _walk(child, package, at_load=at_load and not runs_later)


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _origin(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parents = package.split(".")
    kept = parents[: len(parents) - (node.level - 1)]
    return ".".join([*kept, node.module] if node.module else kept)


def imports_of_files(root: Path) -> dict[Path, list[Import]]:
    """What each file of the program below `root` imports, by its path from there."""
    files = sorted([*root.glob("core/**/*.py"), *root.glob("gui/**/*.py"), *root.glob("main.py")])
    found = {}
    for path in files:
        place = path.relative_to(root)
        tree = ast.parse(path.read_bytes(), filename=str(path))
        found[place] = find_imports(tree, ".".join(place.parent.parts))
    return found


def broken_rules(root: Path) -> list[str]:
    """One line for each import below `root` that breaks a rule."""
    found = []
    for place, imports in imports_of_files(root).items():
        for item in imports:
            rule = _broken_rule(place, item)
            if rule:
                found.append(f"{place.as_posix()}:{item.line}: {rule} ({item.module})")
    return found


def _broken_rule(place: Path, item: Import) -> str | None:
    in_core = place.parts[0] == "core"
    in_learning = place.parts[:2] == ("core", "learning")
    may_train = place.parts[0] == "gui" or place.parts[:2] == ("core", "commands")
    if in_core and item.library in WINDOW_LIBRARIES:
        return "core knows no window"
    if in_core and item.library in {"gui", "main"}:
        return "core does not know who uses it"
    if item.library in HEAVY_LIBRARIES and not in_learning:
        return "only core.learning imports Keras or TensorFlow"
    if item.is_below("core.learning") and not in_learning:
        if item.at_load:
            return "core.learning is imported at module level"
        if not may_train:
            return "core.learning is for the window and the commands"
    return _broken_floor(place, item)


def _broken_floor(place: Path, item: Import) -> str | None:
    """Late imports count, too: what is needed later is needed."""
    names = item.module.split(".")
    if place.parts[0] != names[0] or len(place.parts) < 2 or len(names) < 2:
        return None
    floors = FLOORS[names[0]]
    here, there = place.with_suffix("").parts[1], names[1]
    if here == "__init__" or here == there or there not in floors:
        return None
    if here not in floors:
        return f"{here} has no floor"
    return None if floors.index(there) < floors.index(here) else f"{here} imports what stands above it"


def circles(root: Path) -> list[str]:
    """The modules below `root` that need each other, directly or by way of others; a line for each such group."""
    files = imports_of_files(root)
    modules = {".".join(place.with_suffix("").parts): imports for place, imports in files.items()}
    needs = {
        module: {name for item in imports for name in _modules_of(item, modules) if name != module}
        for module, imports in modules.items()
    }
    reached = {module: _reachable(module, needs) for module in modules}
    groups = {frozenset(other for other in reached[one] if one in reached[other]) for one in modules}
    return sorted(", ".join(sorted(group)) for group in groups if group)


def _modules_of(item: Import, modules: Collection[str]) -> Iterator[str]:
    for name in (item.module, item.module.rpartition(".")[0]):
        if name in modules:
            yield name
            return


def _reachable(start: str, needs: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [*needs[start]]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += needs[module]
    return found


def test_the_code_keeps_the_rules() -> None:
    assert broken_rules(REPOSITORY) == []


def test_every_package_and_module_has_a_floor() -> None:
    for top, floors in FLOORS.items():
        rooms = {path.stem for path in (REPOSITORY / top).iterdir() if path.suffix == ".py" or path.is_dir()}
        assert rooms - {"__init__", "__pycache__"} == set(floors)


def test_no_modules_need_each_other() -> None:
    assert circles(REPOSITORY) == []


def test_a_circle_is_found(tmp_path: Path) -> None:
    for name, code in {
        "one": "from gui.two import b",
        "two": "def f():\n    import gui.three",
        "three": "from gui import one",
        "four": "from gui.one import a",
    }.items():
        (tmp_path / "gui").mkdir(exist_ok=True)
        (tmp_path / "gui" / f"{name}.py").write_text(code, encoding="utf-8")
    assert circles(tmp_path) == ["gui.one, gui.three, gui.two"]


@pytest.mark.parametrize(
    ("place", "code", "rule"),
    [
        ("core/ink/drawing.py", "import PySide6.QtCore", "core knows no window"),
        ("core/ink/drawing.py", "def f():\n    from pyqtgraph import mkPen", "core knows no window"),
        ("core/learning/run.py", "from PySide6.QtCore import QThread", "core knows no window"),
        ("core/ink/drawing.py", "import importlib\nimportlib.import_module('PySide6.QtGui')", "core knows no window"),
        ("core/ink/drawing.py", "def f():\n    import gui.widgets.theme", "core does not know who uses it"),
        ("core/ink/drawing.py", "from main import main", "core does not know who uses it"),
        ("core/ink/drawing.py", "import keras", "only core.learning imports Keras or TensorFlow"),
        ("core/ink/drawing.py", "import numpy, tensorflow.lite", "only core.learning imports Keras or TensorFlow"),
        (
            "gui/app.py",
            "try:\n    import h5py\nexcept ImportError:\n    pass",
            "only core.learning imports Keras or TensorFlow",
        ),
        ("gui/app.py", "class A:\n    from keras import layers", "only core.learning imports Keras or TensorFlow"),
        ("main.py", "from keras.models import load_model", "only core.learning imports Keras or TensorFlow"),
        ("main.py", "__import__('tensorflow')", "only core.learning imports Keras or TensorFlow"),
        ("gui/app.py", "def f():\n    import keras", "only core.learning imports Keras or TensorFlow"),
        (
            "core/models/library.py",
            "def f():\n    if f:\n        import h5py",
            "only core.learning imports Keras or TensorFlow",
        ),
        ("core/commands/train.py", "def f():\n    import tensorflow", "only core.learning imports Keras or TensorFlow"),
        (
            "core/models/library.py",
            "def f():\n    import core.learning",
            "core.learning is for the window and the commands",
        ),
        ("gui/app.py", "from core import learning", "core.learning is imported at module level"),
        ("gui/app.py", "import core.learning.run as fitting", "core.learning is imported at module level"),
        ("main.py", "if True:\n    from core.learning.run import fit", "core.learning is imported at module level"),
        ("core/models/library.py", "from core.learning import fit", "core.learning is imported at module level"),
        ("core/models/library.py", "from .. import learning", "core.learning is imported at module level"),
        ("core/models/library.py", "from ..learning.run import fit", "core.learning is imported at module level"),
        ("core/digits/normalize.py", "from core.models.card import ModelCard", "digits imports what stands above it"),
        ("core/digits/normalize.py", "def f():\n    from core import models", "digits imports what stands above it"),
        ("core/wording/names.py", "import core.errors", "wording imports what stands above it"),
        ("gui/widgets/notice.py", "from gui.pad.canvas import Canvas", "widgets imports what stands above it"),
        ("gui/menus.py", "import gui.main_window", "menus imports what stands above it"),
        ("core/new_room/first.py", "import core.errors", "new_room has no floor"),
    ],
)
def test_a_broken_rule_is_found(tmp_path: Path, place: str, code: str, rule: str) -> None:
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text(code, encoding="utf-8")
    (found,) = broken_rules(tmp_path)
    assert found.startswith(place)
    assert rule in found


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("core/learning/run.py", "import keras, h5py\nfrom core.learning import networks\nfrom . import feeding"),
        ("gui/app.py", "import PySide6.QtWidgets\ndef train():\n    from core.learning import fit"),
        ("core/commands/train.py", "def run():\n    from core.learning.run import fit"),
        ("gui/app.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from core.learning import fit"),
        ("main.py", "import core.learning_rates, kerastuner"),
    ],
)
def test_what_the_rules_allow(tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text(code, encoding="utf-8")
    assert broken_rules(tmp_path) == []


def test_core_loads_without_qt_and_tensorflow() -> None:
    """All of core but core.learning in a fresh interpreter: what it imports imports neither of them."""
    files = [path.relative_to(REPOSITORY).with_suffix("") for path in (REPOSITORY / "core").rglob("*.py")]
    modules = [".".join(file.parts) for file in files if "learning" not in file.parts and file.name[:2] != "__"]
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\nprint(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    loaded = set(result.stdout.split())
    assert "core.ink.drawing" in loaded
    assert not loaded & (WINDOW_LIBRARIES | HEAVY_LIBRARIES)
