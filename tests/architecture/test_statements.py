"""Every SQL statement in the code, prepared by the real server against the migrated schema."""

import ast
import importlib
import pkgutil
from pathlib import Path

import asyncpg

import realstaging

ASKS = {"fetch", "fetchrow", "fetchval", "execute", "executemany", "cursor"}


def modules():
    for package in ("realstaging.domains", "realstaging.runtime"):
        found = importlib.import_module(package)
        for info in pkgutil.walk_packages(found.__path__, f"{package}."):
            if "migrations" not in info.name:
                yield importlib.import_module(info.name)


def statements():
    """(where, statement): the first argument of every call that sends one, as built from the module's constants."""
    for module in modules():
        path = Path(module.__file__)
        tree = ast.parse(path.read_text())
        for function in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef))]:
            for node in own_nodes(function):
                is_ask = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKS
                if not is_ask or not node.args or not is_text(node.args[0]):
                    continue
                where = f"{path.relative_to(Path(realstaging.__file__).parent)}:{node.lineno}"
                for choice in choices(node.args[0]):
                    for given in arguments(tree, function, choice, vars(module)):
                        yield where, eval(compile(ast.Expression(choice), where, "eval"), {**vars(module), **given})


def own_nodes(function):
    """Everything in a function, or in a module, but not in the functions in it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.AsyncFunctionDef):
            yield child
            yield from own_nodes(child)


def arguments(tree, function, text, constants):
    """What the parts of the text that are the function's own parameters are: as given by each of its callers in the module."""
    names = {node.id for node in ast.walk(text) if isinstance(node, ast.Name)} - constants.keys()
    if not names:
        return [{}]
    parameters = [parameter.arg for parameter in function.args.args]
    defaults = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    by_default = {parameter.arg: default for parameter, default in defaults if default}
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function.name
    ]
    return [
        {
            name: ast.literal_eval(
                (
                    {**by_default, **dict(zip(parameters, call.args, strict=False))}
                    | {k.arg: k.value for k in call.keywords}
                )[name]
            )
            for name in names
        }
        for call in calls
    ]


def choices(node):
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def is_text(node):
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(left=left):
            return is_text(left) or isinstance(left, ast.Name)
        case ast.Name(id=name):
            return name.isupper()
        case ast.IfExp(body=body):
            return is_text(body)
    return False


async def test_every_statement_fits_the_schema(database_url):
    connection = await asyncpg.connect(database_url)
    wrong, count = [], 0
    try:
        for where, statement in statements():
            count += 1
            try:
                await connection.prepare(statement)
            except asyncpg.PostgresError as error:
                wrong.append(f"{where}: {error}\n{statement}")
    finally:
        await connection.close()
    assert not wrong, "\n\n".join(wrong)
    assert count > 40


def test_statements_live_in_stores_and_in_the_runtime_only():
    homes = {where.partition(":")[0] for where, _ in statements()}
    assert {home for home in homes if home.startswith("domains/") and not home.endswith("store.py")} == set()
