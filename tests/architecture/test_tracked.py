"""What is made by the setup is not kept in the repository."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a copy without its history")


def git(*arguments):
    return subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")[:-1]


def test_nothing_that_git_ignores_is_tracked():
    assert git("ls-files", "-z", "--cached", "--ignored", "--exclude-standard") == []


def test_no_environment_is_tracked():
    tracked = git("ls-files", "-z")
    assert "pyproject.toml" in tracked
    assert [path for path in tracked if path.endswith("pyvenv.cfg") or "/site-packages/" in path] == []
