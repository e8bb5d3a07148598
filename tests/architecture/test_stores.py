"""What leaves a store is typed: rows of the driver are known to stores and to the runtime's own statements, and to nobody else."""

import ast
import importlib
import inspect
import pkgutil
import typing
from pathlib import Path

import asyncpg

import realstaging
from realstaging import domains

ROOT = Path(realstaging.__file__).parent


def annotations(tree):
    """(line, annotation) of every parameter, result and variable."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.returns
                for one in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]:
                    yield one.lineno, one.annotation
            case ast.AnnAssign():
                yield node.lineno, node.annotation


def names(annotation):
    """Every name in an annotation."""
    nodes = ast.walk(annotation) if annotation else ()
    return {
        getattr(node, "id", getattr(node, "attr", "")) for node in nodes if isinstance(node, ast.Name | ast.Attribute)
    }


def test_no_row_of_the_driver_is_handed_on_outside_stores():
    seen, wrong = 0, []
    for path in sorted(ROOT.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        if path.name.endswith("store.py") or where in {"runtime/database.py", "runtime/jobs.py", "runtime/lanes.py"}:
            continue
        for line, annotation in annotations(ast.parse(path.read_text())):
            seen += 1
            if "Record" in names(annotation):
                wrong.append(f"{where}:{line}")
    assert wrong == []
    assert seen > 2000


def stores():
    for info in pkgutil.walk_packages(domains.__path__, "realstaging.domains."):
        if info.name.endswith("store"):
            yield importlib.import_module(info.name)


def functions(module):
    for name, function in vars(module).items():
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
            yield name, function


def outermost(result):
    """The types that a function may give, without None and without the list or the mapping by id around them."""
    for one in typing.get_args(result) if typing.get_origin(result) in {typing.Union, types_union()} else [result]:
        origin = typing.get_origin(one)
        if origin in {list, set}:
            yield from outermost(typing.get_args(one)[0])
        elif origin is dict:
            # By what it is found: the values are what is read.
            yield from outermost(typing.get_args(one)[1])
        elif one is not type(None):
            yield one


def types_union():
    return type(int | str)


def test_every_function_of_a_store_says_what_it_gives():
    seen, wrong = 0, []
    for module in stores():
        for name, function in functions(module):
            result = typing.get_type_hints(function).get("return", typing.Any)
            seen += 1
            if any(one in {typing.Any, dict, object, asyncpg.Record} or "Any" in str(one) for one in outermost(result)):
                wrong.append(f"{module.__name__}.{name} gives {result}")
    assert wrong == []
    assert seen > 80


def test_what_a_store_gives_is_not_read_by_its_columns_names():
    """A text in brackets after a value is a column's name that mypy can't check. JSON's own names are declared as structs."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in sorted((ROOT / "domains").rglob("*.py"))
        if not path.name.endswith("store.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    ]
    assert [one for one in found if "payload" not in one] == []
