"""The commands in the documents: ours parse as they are written, `make` has its targets, and what needs an account or a network says so."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from realstaging.cli import app
from realstaging.fail_closed import problems
from realstaging.settings import Settings, read

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "docs/how-to").glob("*.md"),
        *(ROOT / "docs/tutorial").glob("*.md"),
        ROOT / "docs/reference/image.md",
        ROOT / "README.md",
    ]
)
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
MARKED = re.compile(r"needs? (an? |Docker|the |only )|needs a package index|Not tried", re.IGNORECASE)
OUTSIDE = {"docker", "b2", "uv", "git", "render"}
EVERYWHERE = {"cp", "cat", "sed", "openssl", "chmod"}


def blocks(page):
    """Each code block of a page as lines, with the section it is in."""
    section, lines, fenced, blank = [], [], None, True
    for line in [*page.read_text().splitlines(), "# end"]:
        if line.startswith("```"):
            if fenced is not None and fenced in {"sh", ""}:
                yield lines, "\n".join(section)
            fenced, lines = (line[3:] if fenced is None else None), []
        elif fenced is not None:
            lines.append(line)
        elif line.startswith("    ") and (blank or lines):
            lines.append(line.strip())
        else:
            if lines:
                yield lines, "\n".join(section)
                lines = []
            if line.startswith("#"):
                section = []
        section.append(line)
        blank = not line.strip()


def commands(page):
    """Each command line of a page: its words, and what its section says."""
    for lines, _ in blocks(page):
        whole = page.read_text()
        text = re.sub(r"<<END\n.*?\nEND", "", "\n".join(lines).replace("\\\n", " "), flags=re.DOTALL)
        for line in text.splitlines():
            try:
                words = shlex.split(line, comments=True)
            except ValueError:
                continue
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words = words[1:]
            if words:
                yield words, whole


def ours():
    for page in PAGES:
        for words, _ in commands(page):
            if "realstaging" in words[:6] and Path(words[0]).name in {"realstaging", "docker"}:
                yield page, words[words.index("realstaging") + 1 :] if words[0] == "docker" else words[1:]
            elif Path(words[0]).name == "realstaging":
                yield page, words[1:]


def test_our_commands_are_written_as_they_are_taken():
    program, seen, wrong = typer.main.get_command(app), 0, []
    for page, words in ours():
        seen += 1
        if not words or words[0] == "…":
            continue
        command, arguments = program, list(words)
        while hasattr(command, "commands") and arguments:
            name = arguments.pop(0)
            command = command.commands.get(name)
            if command is None:
                wrong.append(f"{page.name}: realstaging {' '.join(words)}: there is no {name}")
        if command is None or hasattr(command, "commands"):
            continue
        options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        wrong += [
            f"{page.name}: realstaging {' '.join(words)}: there is no {word}"
            for word in arguments
            if re.fullmatch(r"--?[a-z][a-z-]*", word) and word not in options
        ]
    assert wrong == []
    assert seen > 25


def test_make_has_every_target_that_is_named():
    named = {
        (page.name, words[1]) for page in PAGES for words, _ in commands(page) if words[0] == "make" and len(words) > 1
    }
    assert [name for name in named if name[1] not in TARGETS] == []
    assert {target for _, target in named} >= {"dev", "test"}


def test_what_needs_an_account_or_a_network_says_so():
    for page in PAGES:
        for words, said in commands(page):
            if Path(words[0]).name in OUTSIDE:
                assert MARKED.search(said), f"{page.name}: {' '.join(words)}"


# What a service like this can lose.
LOSSES = ("database", "bucket", "Valkey", "region", "provider", "Sign-in", "SECRET_KEY", "Payments")


def test_every_disaster_says_by_which_test_it_is_rehearsed_or_that_it_is_not():
    """A case begins with what is lost, *so*. That the tests named are there is held by tests/architecture/test_documents.py."""
    sections = (ROOT / "docs/how-to/disaster.md").read_text().split("\n## ")[1:]
    titles = [section.partition("\n")[0] for section in sections]
    assert [loss for loss in LOSSES if not any(loss in title for title in titles)] == []
    seen = 0
    for title, section in zip(titles, sections, strict=True):
        cases = re.split(r"^(?=\*[^*]+:\*)", section, flags=re.MULTILINE)[1:]
        assert cases, title
        for case in cases:
            seen += 1
            rehearsed = re.search(r"rehearsed[^`*]*`tests/[\w/]+\.py::\w+`", case, re.IGNORECASE)
            assert rehearsed or "**not rehearsed**" in case, f"{title}: {case[:60]}"
        assert not re.search(r"`tests/[\w/]+\.py`", section), (
            f"{title}: a file of tests is named, and not which of them"
        )
    assert seen > 12


def test_settings_that_pages_name_are_there():
    """In shell lines and in sentences; what looks like one of ours and is none."""
    known = {name.upper() for name in Settings.__struct_fields__}
    others = {"RENDER_CPU_COUNT"}
    beginnings = (
        "DATABASE_URL",
        "REDIS_",
        "STORAGE_URL",
        "PUBLIC_U",
        "SECRET_K",
        "OIDC_",
        "MAIL_",
        "POSTMARK_",
        "RESEND_",
        "SES_TOPIC",
        "METRICS_",
        "REPLICATE_",
        "STRIPE_",
        "UNPAID_",
        "RATE_LIMIT_",
        "TRUSTED_",
        "PLAIN_",
        "ADMIN_",
        "RENDER_P",
    )
    wrong = {
        f"{page.name}: {name}"
        for page in PAGES
        for name in re.findall(r"`([A-Z][A-Z_]+)`", page.read_text())
        if name.startswith(beginnings) and name not in known | others and not any(one.startswith(name) for one in known)
    }
    assert wrong == set()


def test_what_is_written_before_a_command_is_enough_for_it():
    """`stripe sync` refuses what is unsafe, and is run where no other setting is."""
    page = (ROOT / "docs/how-to/stripe.md").read_text()
    lines = re.findall(r"^((?:[A-Z_]+=\S+ )+)realstaging operate stripe sync", page, re.MULTILINE)
    assert len(lines) == 2
    for line in lines:
        given = dict(word.split("=", 1) for word in line.replace("…", "x" * 24).split())
        assert [told for told in problems(read(given)) if "STRIPE_" in told] == []


@pytest.fixture(scope="module")
def example():
    return (ROOT / ".env.example").read_text()


def test_the_example_has_every_setting_once(example):
    named = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.__struct_fields__)


def test_the_example_filled_in_is_a_deployment(example):
    """Copied, its first part filled in: nothing more is asked for; and what is commented out are the defaults."""
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))
    given |= {
        "DATABASE_URL": "postgresql://me:word@db.example:5432/x", "REDIS_URL": "rediss://:word@redis.example:6379/0", "PUBLIC_URL": "https://stage.example.com",
        "STORAGE_URL": "s3://b?access_key=a&secret_key=b", "OIDC_ISSUER": "https://tenant.example/", "SECRET_KEY": "0f1e2d3c4b5a69788796a5b4c3d2e1f0a1b2",
    }  # fmt: skip
    assert problems(read(given)) == []
    defaults = dict(re.findall(r"^#([A-Z_]+)=(.*)$", example, re.MULTILINE))
    assert read(defaults) == Settings()
