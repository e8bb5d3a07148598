"""There is one way from an engine to a picture that may be published, and nobody walks around it."""

import ast
from pathlib import Path

import realstaging

PACKAGE = Path(realstaging.__file__).parent
THE_WAY = PACKAGE / "engines" / "faithful.py"
# Stands for an engine that is loaded later, and hands on the gate that it was given itself.
STAND_IN = PACKAGE / "engines" / "deferred.py"


def engines_staged(file):
    """Calls of `something.stage(…)` with what an engine takes: four arguments."""
    calls = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
    named = (call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "stage")
    return [call.lineno for call in named if len(call.args) + len(call.keywords) == 4]


def test_only_the_gate_calls_an_engine():
    callers = {file for file in PACKAGE.rglob("*.py") if engines_staged(file)}
    assert callers == {THE_WAY, STAND_IN}
    [handed_on] = [
        call
        for call in ast.walk(ast.parse(STAND_IN.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "stage"
    ]
    assert [ast.unparse(given) for given in handed_on.args] == ["photo", "brief", "accept", "on_progress"]
