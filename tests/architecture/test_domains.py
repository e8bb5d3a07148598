"""What import-linter cannot see: job kinds and engines are called by strings, and contracts have to be written for each domain."""

import ast
import tomllib
from pathlib import Path

import realstaging

PACKAGE = Path(realstaging.__file__).parent
DOMAINS = PACKAGE / "domains"
CONTRACTS = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
PRIVATE = ("store", "rules", "schemas")


def enqueued():
    """(where, kind) of every job that a domain asks for."""
    for path in sorted(DOMAINS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "enqueue":
                yield path.relative_to(DOMAINS), node


def test_nobody_enqueues_another_domains_job():
    kinds = [(where, ast.literal_eval(node.args[0])) for where, node in enqueued()]
    assert [f"{where}: {kind}" for where, kind in kinds if not kind.startswith(f"{where.parts[0]}.")] == []
    assert len(kinds) > 5


def test_every_domain_keeps_its_insides_to_itself():
    kept = {
        module for contract in CONTRACTS if contract["type"] == "protected" for module in contract["protected_modules"]
    }
    inner = {
        f"realstaging.domains.{path.parent.name}.{path.stem}" for path in DOMAINS.glob("*/*.py") if path.stem in PRIVATE
    }
    assert inner - kept == set()
    assert len(inner) > 20
