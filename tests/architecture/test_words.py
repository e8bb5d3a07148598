"""One noun, one word (the glossary of ARCHITECTURE.md): retired words do not come back in names."""

import ast
import re
from pathlib import Path

import asyncpg
import pytest

ROOT = Path(__file__).parents[2]
RETIRED = {
    "bell": "wake-up, or an event's message",
    "bells": "wake-ups, or events' messages",
    "wish": "request key",
    "wishes": "instructions",
    "dice": "rng",
    "chance": "probability",
    "chances": "probabilities",
    "evidence": "features",
    "judge": "examine, accept or classify",
    "judged": "examined, accepted or concluded",
    "judges": "classifiers",
}
# Names on the wire and in rows that the release before knows; each says in its place until when.
STILL_TAKEN = {
    "src/realstaging/domains/staging/schemas.py": {"wishes"},
    "src/realstaging/domains/staging/reading.py": {"wishes"},
}
# Columns of before, which no statement hands on by these names (docs/decisions/0113).
IN_ROWS = {
    ("attempts", "verdict"),
    ("attempts", "wish"),
    ("stagings", "wishes"),
    *((table, "attempt") for table in ("jobs", "stagings", "archives", "exports")),
}
PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def names(tree):
    """Every name that a module gives or uses: variables, attributes, arguments, functions, classes, modules."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.alias(asname=str(name)):
                yield node, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node, name
            case ast.keyword(arg=str(name)) | ast.alias(name=name):
                yield node, name


def pieces(name):
    """The words of a name: ``wake_ups``, ``WakeUps`` and ``LONGEST_NAME`` alike."""
    return {piece.lower() for piece in PIECE.findall(name)}


def sources():
    for folder in ("src/realstaging", "render/src", "benchmarks", "harness", "tests", "scripts"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            if "/migrations/versions/" not in where:
                yield where, path


def test_no_retired_word_comes_back():
    found, seen, looks_like_one = [], 0, re.compile("|".join(RETIRED), re.IGNORECASE)
    for where, path in sources():
        seen += 1
        if not looks_like_one.search(path.as_posix() + (text := path.read_text())):
            continue
        allowed = STILL_TAKEN.get(where, set())
        found += [f"{where}: say {RETIRED[piece]}" for piece in pieces(path.stem) & RETIRED.keys()]
        for node, name in names(ast.parse(text)):
            found += [
                f"{where}:{getattr(node, 'lineno', 0)} {name}: say {RETIRED[piece]}"
                for piece in pieces(name) & RETIRED.keys() - allowed
            ]
    assert found == []
    assert seen > 700


def test_nor_in_the_web_app():
    found, seen = [], 0
    for path in sorted((ROOT / "web/src").rglob("*.ts*")):
        if path.name != "schema.d.ts":
            seen += 1
            words = re.findall(r"[A-Za-z_]\w*", path.read_text())
            found += [
                f"{path.relative_to(ROOT)} {word}: say {RETIRED[piece]}"
                for word in words
                for piece in pieces(word) & RETIRED.keys()
            ]
    assert found == []
    assert seen > 50


@pytest.mark.parametrize("name", ["event_bell", "EventBell", "LONGEST_WISHES", "wishOf", "diceRoll"])
def test_a_retired_word_is_found_in_any_spelling(name):
    assert pieces(name) & RETIRED.keys()


async def test_no_other_column_has_a_retired_name(database_url):
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            "select table_name, column_name from information_schema.columns where table_schema = 'public' and column_name = any($1)",
            [*RETIRED, "attempt", "verdict"],
        )
    finally:
        await connection.close()
    assert {(row["table_name"], row["column_name"]) for row in rows} == IN_ROWS


def test_words_that_only_look_alike_are_left_alone():
    assert not pieces("chair_wishbone") & RETIRED.keys()


def test_the_glossary_has_every_word_that_replaced_one():
    glossary = (ROOT / "ARCHITECTURE.md").read_text().partition("## Words")[2]
    for word in (
        "wake-up",
        "request key",
        "instructions",
        "rng",
        "probability",
        "features",
        "classifier",
        "operator",
        "admin",
        "missed",
    ):
        assert re.search(rf"^\| [^|]*\b{word}\b", glossary, re.MULTILINE), word


def test_the_readme_names_every_folder_of_the_program():
    table = (ROOT / "README.md").read_text().partition("## Where things are")[2].partition("\n## ")[0]
    folders = {path.name for path in (ROOT / "src/realstaging").iterdir() if (path / "__init__.py").is_file()}
    named = {word for line in table.splitlines() for word in re.findall(r"`(?:src/realstaging/)?(\w+)/`", line)}
    assert folders - named == set()
