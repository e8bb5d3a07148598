"""Nothing that we ask outside is waited for without an end: whoever opens a way out says how long, there and then."""

import ast
from pathlib import Path

import realstaging

ROOT = Path(realstaging.__file__).parent
# What opens a way to another machine. SAQ's own clients are made by `runtime.wake_ups.connect`, aiohttp's requests by a session.
OPENERS = {
    "ClientSession",
    "create_async_engine",
    "create_pool",
    "_Pool",
    "from_url",
    "open_connection",
    "S3Store",
    "urlopen",
    "OTLPSpanExporter",
    "SMTP",
}
# Stand-ins and the development set speak to this machine only.
OWN = ("dev/", "sandbox/")


def ways_out():
    """(where, the call, whether it or an `async with` around it names a time)."""
    for path in sorted(ROOT.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        if where.startswith(OWN):
            continue
        tree = ast.parse(path.read_text())
        timed = [node for node in ast.walk(tree) if isinstance(node, ast.With | ast.AsyncWith) and any_timeout(node)]
        within = {id(call) for block in timed for call in ast.walk(block)}
        for call in ast.walk(tree):
            opens = isinstance(call, ast.Call) and (
                name_of(call.func) in OPENERS or ast.unparse(call.func) == "asyncpg.connect"
            )
            if opens and is_outward(call):
                said = any("timeout" in (word.arg or "") or word.arg in {"wait", "patience"} for word in call.keywords)
                options = any("timeout" in ast.unparse(word.value) for word in call.keywords)
                yield f"{where}:{call.lineno}", ast.unparse(call), said or options or id(call) in within


def any_timeout(block):
    return any(ast.unparse(item.context_expr).startswith("asyncio.timeout(") for item in block.items)


def name_of(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def is_outward(call):
    """Storage is opened from a URL by classes of ours as well, and connects nothing by that."""
    return not ast.unparse(call.func).endswith("Storage.from_url")


def test_every_way_out_says_how_long_it_waits():
    found = list(ways_out())
    assert len(found) >= 8
    assert [f"{where}: {call}" for where, call, timed in found if not timed] == []


def cancelled_and_awaited():
    """Functions that cancel something once and then wait for it."""
    for path in sorted(ROOT.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        functions = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.AsyncFunctionDef))
        for function in functions:
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            cancelled = {ast.unparse(call.func.value) for call in calls if name_of(call.func) == "cancel"}
            awaits = [ast.unparse(node.value) for node in ast.walk(function) if isinstance(node, ast.Await)]
            if any(wait == name or f"wait({{{name}}}" in wait for name in cancelled for wait in awaits):
                yield f"{where}: {function.name}"


def test_what_is_cancelled_and_waited_for_is_told_again():
    """A cancellation may be missed (`kit/tasks.py`): who waits for the end of a task without one himself waits for ever."""
    # The first is the way to do it; the second waits for some seconds only.
    assert sorted(cancelled_and_awaited()) == ["kit/tasks.py: ended", "runtime/jobs.py: _end"]
