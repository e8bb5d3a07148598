"""Engines say what they can: nobody decides anything by an engine's name, or by what kind of object it is."""

import ast
import re
from pathlib import Path

import realstaging
from realstaging.engines import catalog

PACKAGE = Path(realstaging.__file__).parent
# Their own packages, and the one list of them.
KNOW_THEM = ("engines/local/", "engines/replicate/", "engines/catalog.py")
# Replicate is a provider besides being an engine: its stand-in has its name.
PROVIDER = {"dev/supervisor.py": {"replicate"}, "sandbox/__main__.py": {"replicate"}}
# What variables that hold one are called.
ENGINES = re.compile(r"engine|running|\bpaid\b")
ASKED_WHAT_THEY_ARE = {"isinstance", "issubclass", "getattr", "hasattr", "type"}


def sources():
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE).as_posix()
        if not where.startswith(KNOW_THEM):
            yield where, ast.parse(path.read_text())


def test_no_engine_is_called_by_its_name():
    named, seen = [], 0
    for where, tree in sources():
        seen += 1
        names = catalog.DECLARED.keys() - PROVIDER.get(where, set())
        constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
        named += [f"{where}:{node.lineno} {node.value!r}: ask what it can" for node in constants if node.value in names]
    assert named == []
    assert seen > 200


def test_no_engine_is_asked_what_it_is():
    asked = []
    for where, tree in sources():
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
        asked += [
            f"{where}:{call.lineno} {ast.unparse(call)}: a field of `Abilities` says it"
            for call in calls
            if call.func.id in ASKED_WHAT_THEY_ARE and any(ENGINES.search(ast.unparse(one)) for one in call.args)
        ]
    assert asked == []
