"""What the documents name is there: files, tests, decision records, pages they link to."""

import re
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


def test_every_decision_that_the_code_or_a_page_cites_is_there():
    records = {path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")}
    cited = {}
    for path in [
        *PAGES,
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "render/src").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
    ]:
        for found in re.findall(r"decisions? (\d{1,4})((?:(?:, | and )\d{1,4})*)", path.read_text()):
            for number in [found[0], *re.findall(r"\d+", found[1])]:
                cited.setdefault(number.zfill(4), path.relative_to(ROOT))
    missing = {number: str(path) for number, path in cited.items() if number not in records}
    assert not missing
    assert len(cited) > 5
