"""What import-linter cannot see: jobs are called by their kinds, and contracts have to be written for each domain."""

import ast
import tomllib
from pathlib import Path

import realstaging
from realstaging.wiring.jobs import HANDLERS

PACKAGE = Path(realstaging.__file__).parent
DOMAINS = PACKAGE / "domains"
CONTRACTS = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# What a file is called ends with what it holds: `store`, `profile_store`.
PRIVATE = ("store", "payloads", "rules", "schemas")


def enqueued():
    """(where, call) of every job that a domain asks for."""
    for path in sorted(DOMAINS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "enqueue":
                yield path.relative_to(DOMAINS), node


def test_nobody_enqueues_another_domains_job():
    """What a job is about is declared in its domain, which alone may import that (the contracts), and called after it."""
    asked = list(enqueued())
    assert [f"{where}: {ast.unparse(node)}" for where, node in asked if not isinstance(node.args[0], ast.Call)] == []
    assert len(asked) > 5
    homes = {kind: handler.payload.__module__ for kind, handler in HANDLERS.items()}
    assert homes == {kind: f"realstaging.domains.{kind.partition('.')[0]}.payloads" for kind in HANDLERS}


def test_every_domain_keeps_its_insides_to_itself():
    kept = {
        module for contract in CONTRACTS if contract["type"] == "protected" for module in contract["protected_modules"]
    }
    inner = {
        f"realstaging.domains.{path.parent.name}.{path.stem}"
        for path in DOMAINS.glob("*/*.py")
        if path.stem.endswith(PRIVATE)
    }
    assert inner - kept == set()
    assert len(inner) > 20
