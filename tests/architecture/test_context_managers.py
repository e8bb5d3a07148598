"""What a context manager took is given back whatever happens in its block: a server that a failed test leaves behind disturbs the next."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "harness", "tests", "benchmarks")
ON_SUCCESS = {
    ("src/realstaging/runtime/work.py", "transaction"): "what was not committed is told to nobody",
    ("benchmarks/paid.py", "_timed"): "a run that failed has no time",
}


def context_managers():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                decorators = " ".join(ast.unparse(one) for one in getattr(node, "decorator_list", []))
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "contextmanager" in decorators:
                    yield path.relative_to(ROOT).as_posix(), node


def skipped_by_an_error(body):
    """Lines with a yield whose followers an error in the block would pass over."""
    for statement, following in zip(body, [*body[1:], None], strict=True):
        match statement:
            case ast.Expr(value=ast.Yield()) if following is not None and not isinstance(following, ast.Return):
                yield statement.lineno
            case ast.With() | ast.AsyncWith() | ast.If():
                yield from skipped_by_an_error(statement.body)


def test_what_was_taken_is_given_back_after_an_error_too():
    found, seen = [], 0
    for where, function in context_managers():
        seen += 1
        if (where, function.name) not in ON_SUCCESS:
            found += [
                f"{where}:{line} {function.name}: use try and finally" for line in skipped_by_an_error(function.body)
            ]
    assert found == []
    assert seen > 40
