"""Small wrongs, one at a time: what a slip of the hand could change in a function, and how to put it in place.

Turned round: comparisons, and/or, not, plus/minus and the like, numbers, bytes, True and False; a return gives
None, a condition its opposite, a statement is left out. Words are not touched: they are read by people.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
}
LEFT_OUT = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Delete)


@dataclass(frozen=True)
class Mutant:
    """A change in one function of a module: where, what, and the code that carries it."""

    file: str
    line: int
    what: str
    function: str
    text: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}: {self.what}: {self.text}"

    @property
    def name(self) -> str:
        """The same without the line's number, which changes with every line above it."""
        return f"{self.file} {self.function}: {self.what}: {self.text}"


def mutants_of(module: ModuleType) -> list[Mutant]:
    """Every mutant of every function and method of a module that can be reached by its name."""
    path = Path(str(module.__file__))
    tree = ast.parse(path.read_text())
    found = []
    for name, node in find_functions(tree):
        if find_function(module, name) is not None:
            found += list(_mutants(path, tree, name, node))
    return found


def find_functions(tree: ast.AST, before: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from find_functions(node, f"{before}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield f"{before}{node.name}", node


def find_function(module: ModuleType, name: str) -> FunctionType | None:
    """The function behind a name, out of whatever is wrapped around it."""
    found: object = module
    for part in name.split("."):
        found = vars(found).get(part)
        found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
        while inner := getattr(found, "__wrapped__", None):
            found = inner
    return found if isinstance(found, FunctionType) else None


def apply_mutant(mutant: Mutant, module: ModuleType) -> None:
    """Change the function itself, so that everybody who has imported it meets the mutant."""
    function = find_function(module, mutant.function)
    assert function is not None
    function.__code__ = mutant.code


def _mutants(path: Path, tree: ast.Module, name: str, node: ast.FunctionDef) -> Iterator[Mutant]:
    order = {id(inner): number for number, inner in enumerate(ast.walk(tree))}
    lines = path.read_text().splitlines()
    for inner in _inside(node):
        for what, change in list_changes(inner):
            whole = copy.deepcopy(tree)
            twin = next(t for n, t in enumerate(ast.walk(whole)) if n == order[id(inner)])
            change(twin)
            ast.fix_missing_locations(whole)
            code = _find(compile(whole, str(path), "exec"), name, node)
            line = getattr(inner, "lineno", node.lineno)
            yield Mutant(path.name, line, what, name, lines[line - 1].strip(), code)


def _inside(node: ast.FunctionDef) -> Iterator[ast.AST]:
    """The statements of a function, without its docstring, decorators and types."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    waiting: list[ast.AST] = list(body)
    while waiting:
        inner = waiting.pop(0)
        yield inner
        for name, value in ast.iter_fields(inner):
            if name not in {"annotation", "returns", "decorator_list"}:
                waiting += [
                    v for v in (value if isinstance(value, list) else [value]) if isinstance(v, ast.AST)
                ]


def list_changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """The possible mutations of a node: a description, and a function that changes its copy."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield f"{type(node.ops[0]).__name__} turned", lambda twin: _set(twin, "ops", _turned(node))
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and/or turned", lambda twin: _set(twin, "op", other)
    if isinstance(node, ast.BinOp) and type(node.op) in RECKONED and not _words(node):
        yield f"{type(node.op).__name__} turned", lambda twin: _set(twin, "op", RECKONED[type(node.op)]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not left out", _twice_not
    if isinstance(node, ast.Constant) and (isinstance(node.value, bool | int | bytes)):
        yield f"{node.value!r} changed", lambda twin: _set(twin, "value", _other(node.value))
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "gives None", lambda twin: _set(twin, "value", ast.Constant(None))
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition turned", lambda twin: _set(twin, "test", ast.UnaryOp(ast.Not(), twin.test))  # type: ignore[attr-defined]
    if isinstance(node, LEFT_OUT):
        yield "left out", _leave_out


def _set(twin: ast.AST, name: str, value: object) -> None:
    setattr(twin, name, value)


def _twice_not(twin: ast.AST) -> None:
    """`not x` becomes `bool(x)`, which is `not (not x)`."""
    assert isinstance(twin, ast.UnaryOp)
    twin.op, twin.operand = ast.Not(), ast.UnaryOp(ast.Not(), twin.operand)


def _turned(node: ast.Compare) -> list[ast.cmpop]:
    return [COMPARED[type(node.ops[0])](), *node.ops[1:]]


def _words(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(s, ast.JoinedStr) or isinstance(getattr(s, "value", None), str) for s in sides)


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else bytes(value) + b"x"  # type: ignore[call-overload]


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _leave_out(twin: ast.AST) -> None:
    twin.__class__ = ast.Pass


def _find(code: CodeType, name: str, node: ast.FunctionDef) -> CodeType:
    """The code of one function inside the code of its module, by its name and line."""
    part, _, rest = name.partition(".")
    for inner in code.co_consts:
        if isinstance(inner, CodeType) and inner.co_name == part:
            if rest:
                return _find(inner, rest, node)
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if inner.co_firstlineno == first:
                return inner
    raise LookupError(name)
