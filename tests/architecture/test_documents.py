"""What the documents name is there: files, tests, decision records, pages they link to."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
NAMED = re.compile(r"`(tests/[\w/.]+\.py)(?:::(\w+))?`")
LINKED = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_every_test_that_a_page_names_is_there():
    missing, seen = [], 0
    for page in PAGES:
        for file, name in NAMED.findall(page.read_text()):
            seen += 1
            path = ROOT / file
            if not path.is_file() or (name and not re.search(rf"def {name}\(", path.read_text())):
                missing.append(f"{page.relative_to(ROOT)}: {file}{name and '::' + name}")
    assert not missing, "\n".join(missing)
    assert seen > 50


def test_every_page_that_is_linked_to_is_there():
    missing = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in LINKED.findall(page.read_text())
        if not (page.parent / target).exists()
    ]
    assert not missing, "\n".join(missing)


CITED = re.compile(r"decisions? (\d{1,4})((?:(?:, | and )\d{1,4})*)|docs/decisions/(\d{4})")
RARE = 8
"""Records that a word may be in and still say what a citation is about."""


def cited():
    """(where, number, what is said around it) of every decision record that the code, its settings or a page names."""
    code = [
        path
        for folder in ("src", "render/src", "tests", "benchmarks", "harness", "scripts")
        for path in (ROOT / folder).rglob("*.py")
    ]
    for path in [*PAGES, *code, ROOT / "pyproject.toml"]:
        lines = path.read_text().splitlines()
        for place, line in enumerate(lines):
            for first, others, by_path in CITED.findall(line):
                for number in re.findall(r"\d+", f"{first}{others} {by_path}"):
                    around = " ".join(lines[max(0, place - 2) : place + 3])
                    yield f"{path.relative_to(ROOT)}:{place + 1}", number.zfill(4), around


def words(text):
    return set(re.findall(r"[a-z]{5,}", text.lower()))


def test_every_decision_that_is_cited_is_there_and_is_about_that():
    records = {path.name[:4]: words(path.read_text()) for path in (ROOT / "docs/decisions").glob("*.md")}
    known_to = Counter(word for record in records.values() for word in record)
    missing, elsewhere, seen = [], [], set()
    for where, number, around in cited():
        seen.add(number)
        if number not in records:
            missing.append(f"{where}: there is no decision {number}")
            continue
        shared = words(around) & records[number]
        if len(shared) < 3 and not any(known_to[word] <= RARE for word in shared):
            elsewhere.append(f"{where}: decision {number} is about something else")
    assert missing == []
    assert elsewhere == []
    assert len(seen) > 15


def test_every_page_that_the_code_names_is_there():
    named = re.compile(r"docs/[\w/-]+\.md")
    missing = [
        f"{path.relative_to(ROOT)}: {page}"
        for folder in ("src", "render/src", "benchmarks", "harness", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        for page in named.findall(path.read_text())
        if not (ROOT / page).is_file()
    ]
    assert missing == []
