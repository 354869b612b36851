"""Every error names a problem, and gives the values that its sentence needs; every problem has a use and a sentence."""

import ast
import importlib
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from core.errors import DigitPadError
from core.wording.problems import Problem

REPOSITORY = Path(__file__).resolve().parents[3]

CONVERTERS = {"storage_errors": {"place", "reason"}, "reading_errors": {"reason"}}
"""Functions that make errors of a problem, and the fields that they add. Their own bodies are not checked."""

Templates = dict[str, dict[str, str]]
"""By class and member: the template."""


def read_templates(trees: Iterable[ast.Module]) -> Templates:
    """The members of all subclasses of `Problem`."""
    classes = [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    found = {}
    for node in classes:
        if any(isinstance(base, ast.Name) and base.id == "Problem" for base in node.bases):
            assigned = (item for item in node.body if isinstance(item, ast.Assign))
            found[node.name] = {ast.unparse(item.targets[0]): ast.literal_eval(item.value) for item in assigned}
    return found


def error_classes(trees: Iterable[ast.Module]) -> set[str]:
    """`DigitPadError` and everything derived from it."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    found = {"DigitPadError"}
    while more := {name for name, own in bases.items() if own & found} - found:
        found |= more
    return found


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


class Checker:
    """Compares the calls that make errors with the templates.

    A call names its problem itself, or takes it from a variable. In the second case, every problem that its module
    names outside of calls must fit such a call.
    """

    def __init__(self, trees: dict[str, ast.Module]) -> None:
        self.templates = read_templates(trees.values())
        self.errors = error_classes(trees.values())
        self.used: set[tuple[str, str]] = set()
        self.found: list[str] = []
        for place, tree in trees.items():
            self._check(place, tree)
        for name, members in self.templates.items():
            self.found += [f"{name}.{member} is never raised" for member in members if (name, member) not in self.used]

    def _check(self, place: str, tree: ast.Module) -> None:
        named: set[ast.AST] = set()
        variable: list[set[str]] = []
        for node in _nodes_outside(tree, CONVERTERS):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in self.errors:
                self.found.append(f"{place}:{node.lineno}: an error without a problem")
            if not isinstance(node, ast.Call) or (problem := self._problem_argument(node)) is None:
                continue
            where = f"{place}:{node.lineno}"
            members = list(self._members(problem))
            named.update(attribute for attribute, _ in members)
            given = {keyword.arg or "**" for keyword in node.keywords} | CONVERTERS.get(_name(node.func), set())
            if "**" in given or len(node.args) > (2 if _name(node.func) in CONVERTERS else 1):
                self.found.append(f"{where}: its values cannot be checked")
            elif isinstance(problem, ast.Constant | ast.JoinedStr):
                self.found.append(f"{where}: a sentence instead of a problem")
            elif members:
                self._compare(where, (member for _, member in members), [given])
            else:
                variable.append(given)
        loose = [member for attribute, member in self._loose_members(tree) if attribute not in named]
        if variable and not loose:
            self.found.append(f"{place}: an error without a problem")
        if variable:
            self._compare(place, loose, variable)

    def _problem_argument(self, call: ast.Call) -> ast.expr | None:
        """The argument of a call that is the problem of an error; None for every other call."""
        name = _name(call.func)
        if name in CONVERTERS:
            return call.args[1] if len(call.args) > 1 else None
        if name in self.errors:
            return call.args[0] if call.args else ast.Constant("")
        return call.args[0] if call.args and list(self._members(call.args[0])) else None

    def _members(self, problem: ast.expr) -> Iterator[tuple[ast.AST, tuple[str, str]]]:
        """The members that an expression can be: one, or one of two."""
        match problem:
            case ast.Attribute(value=ast.Name(id=name), attr=member) if member in self.templates.get(name, {}):
                yield problem, (name, member)
            case ast.IfExp(body=one, orelse=other):
                yield from (*self._members(one), *self._members(other))

    def _loose_members(self, tree: ast.Module) -> Iterator[tuple[ast.AST, tuple[str, str]]]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                yield from self._members(node)
            if isinstance(node, ast.FunctionDef) and node.name in CONVERTERS:
                defaults = [member for default in node.args.defaults for _, member in self._members(default)]
                self._compare(node.name, defaults, [CONVERTERS[node.name]])

    def _compare(self, where: str, members: Iterable[tuple[str, str]], given: list[set[str]]) -> None:
        for name, member in members:
            self.used.add((name, member))
            needed = fields_of(self.templates[name][member])
            if needed not in given:
                self.found.append(f"{where}: {name}.{member} needs {sorted(needed)}")


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _nodes_outside(tree: ast.AST, functions: Iterable[str]) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.FunctionDef) and node.name in functions):
            yield node
            yield from _nodes_outside(node, functions)


def check_code(**modules: str) -> list[str]:
    return Checker({name: ast.parse(code) for name, code in modules.items()}).found


def test_every_error_fits_its_sentence_and_every_sentence_has_a_use() -> None:
    paths = [*REPOSITORY.glob("core/**/*.py"), *REPOSITORY.glob("gui/**/*.py"), REPOSITORY / "main.py"]
    trees = {str(path.relative_to(REPOSITORY)): ast.parse(path.read_bytes()) for path in paths}
    checker = Checker(trees)
    assert checker.found == []
    assert {"InkProblem", "ModelProblem", "DataProblem", "StorageProblem"} <= checker.templates.keys()
    assert {"ModelError", "NoInkError"} <= checker.errors


PROBLEMS = """
class Problem(Enum): pass
class InkProblem(Problem):
    EMPTY = "It is empty."
    LONG = "{where} has {count:,} strokes."
"""
ERRORS = """
class DigitPadError(Exception): pass
class InkFileError(DigitPadError): pass
def raise_all(where):
    raise InkFileError(InkProblem.EMPTY) from InkFileError(InkProblem.LONG, where=where, count=1)
"""


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("raise InkFileError('It is empty.')", "a sentence instead of a problem"),
        ("raise InkFileError(f'{name}')", "a sentence instead of a problem"),
        ("raise InkFileError", "an error without a problem"),
        ("raise InkFileError()", "a sentence instead of a problem"),
        ("raise InkFileError(InkProblem.EMPTY, where=1)", "InkProblem.EMPTY needs []"),
        ("raise InkFileError(InkProblem.LONG, where=1)", "InkProblem.LONG needs ['count', 'where']"),
        ("raise InkFileError(InkProblem.LONG, **values)", "its values cannot be checked"),
        ("raise InkFileError(InkProblem.EMPTY, 1)", "its values cannot be checked"),
        ("raise kind(InkProblem.EMPTY, where=1)", "InkProblem.EMPTY needs []"),
        ("raise InkFileError(InkProblem.EMPTY if a else InkProblem.LONG)", "InkProblem.LONG needs"),
        ("raise InkFileError(problem)", "an error without a problem"),
        ("problem = InkProblem.LONG\nraise InkFileError(problem)", "InkProblem.LONG needs"),
        ("with reading_errors(InkFileError, InkProblem.EMPTY): pass", "InkProblem.EMPTY needs []"),
        ("with storage_errors(path, InkProblem.LONG): pass", "InkProblem.LONG needs"),
    ],
)
def test_an_error_that_does_not_fit_is_found(code: str, problem: str) -> None:
    found = check_code(problems=PROBLEMS, errors=ERRORS, code=code)
    assert [line.partition(": ")[2][: len(problem)] for line in found] == [problem]


def test_a_problem_without_a_use_is_found() -> None:
    code = "def give():\n    return InkFileError(InkProblem.EMPTY)\nclass InkFileError(DigitPadError): pass"
    assert check_code(problems=PROBLEMS, code=code) == ["InkProblem.LONG is never raised"]


def test_what_fits_is_not_found() -> None:
    code = """
problem = InkProblem.EMPTY if late else InkProblem.EMPTY
with reading_errors(InkFileError, InkProblem.WITH_REASON, where=1), storage_errors(place):
    raise InkFileError(problem)
"""
    more = PROBLEMS + '    WITH_REASON = "{where} cannot be read: {reason}."\n'
    assert check_code(problems=more, errors=ERRORS, code=code) == []


def all_problems() -> list[type[Problem]]:
    for path in REPOSITORY.glob("core/wording/*_problems.py"):
        importlib.import_module(f"core.wording.{path.stem}")
    return [kind for kind in Problem.__subclasses__() if kind.__module__.startswith("core.wording.")]


def broken_template(template: str) -> str:
    """What is wrong with a template; "" when it is a whole sentence."""
    if not (template[0].isupper() or template[0] in "{“"):
        return "begins with a small letter"
    if not template.endswith((".", "?", "{reason}")):
        return "has no end"
    if "  " in template or template != template.strip() or not template.isprintable():
        return "has odd blanks"
    if "’" in template or '"' in template:
        return "has quotes unlike “these”, or an apostrophe unlike '"
    return ""


def test_every_template_is_a_whole_sentence() -> None:
    problems = all_problems()
    assert len(problems) >= 8
    for kind in problems:
        assert {member.name: broken_template(member.value) for member in kind if broken_template(member.value)} == {}


def test_no_two_problems_of_a_kind_are_one() -> None:
    """An enum takes two members of the same value for one."""
    for kind in all_problems():
        assert [name for name, member in kind.__members__.items() if member.name != name] == []


@pytest.mark.parametrize(
    "template", ["it is empty.", "It is empty", "It is  empty.", "It is empty. ", "It is\nempty.", 'It is "empty".']
)
def test_half_a_sentence_is_found(template: str) -> None:
    assert broken_template(template)


def test_an_error_is_the_sentence_with_its_values() -> None:
    class Sample(Problem):
        LONG = "{where} has {count:,} strokes."
        NESTED = "{where}: {reason}"

    error = DigitPadError(Sample.LONG, where="a.inkml", count=12_000)
    assert str(error) == "a.inkml has 12,000 strokes."
    assert (error.problem, error.values) == (Sample.LONG, {"where": "a.inkml", "count": 12_000})
    assert str(DigitPadError(Sample.NESTED, where="b", reason=error)) == "b: a.inkml has 12,000 strokes."
