"""Nothing that we ask outside is waited for without an end: whoever opens a way out says how long, there and then."""

import ast
from pathlib import Path

import realstaging

ROOT = Path(realstaging.__file__).parent
# What opens a way to another machine. SAQ's own clients are made by `runtime.bells.connect`, aiohttp's requests by a session.
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
