"""The program as a wheel: all it needs is in it, and it works outside any clone."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import msgspec
import pytest

from realstaging.dev.ports import free_port
from realstaging.imaging import encode
from realstaging.kit import carried, cores
from realstaging.runtime import schema
from realstaging.synthetic import demo

ROOT = Path(__file__).parents[2]
UV = shutil.which("uv") or str(ROOT / ".uv/bin/uv")
SOURCES = ROOT / "src/realstaging"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this clone, as a release is built."""
    environment = {**os.environ, "PATH": f"{Path(UV).parent}:{os.environ['PATH']}"}
    built = subprocess.run(
        [sys.executable, ROOT / "scripts/wheel"], capture_output=True, text=True, check=False, env=environment
    )
    assert built.returncode == 0, built.stderr
    return ROOT / built.stdout.strip().splitlines()[-1]


def test_the_sdk_is_of_the_same_version(wheel):
    """Each release has one of its own: an index takes no second file of the same name."""
    environment = {**os.environ, "PATH": f"{Path(UV).parent}:{os.environ['PATH']}"}
    command = [sys.executable, ROOT / "scripts/wheel", "--sdk"]
    built = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.strip()
    assert built == f"dist/{wheel.name.replace('realstaging-', 'realstaging_sdk-', 1)}"
    with zipfile.ZipFile(ROOT / built) as archive:
        assert "realstaging_sdk/__init__.py" in archive.namelist()


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel's files alone, far from the clone."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def ran(installed, folder, *arguments):
    """A command of the unpacked wheel, with nothing of the clone in reach but the packages it depends on."""
    environment = {"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "realstaging", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_all_that_the_program_needs_is_in_the_wheel(installed):
    kept = {
        path.relative_to(SOURCES) for path in SOURCES.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {
        path.relative_to(installed / "realstaging") for path in (installed / "realstaging").rglob("*") if path.is_file()
    }
    assert kept <= packed
    for needed in ("carried/web/index.html", "carried/web/assets", "carried/web/reference", "carried/renderer/requirements.txt",
                   "runtime/migrations/versions", "engines/prompts/library.toml", "engines/local/furniture/catalog.json",
                   "fidelity/network.onnx", "fidelity/learned.npz", "engines/replicate/catalogue"):  # fmt: skip
        assert (installed / "realstaging" / needed).exists(), needed
    [renderer] = (installed / "realstaging/carried/renderer").glob("*.whl")
    with zipfile.ZipFile(renderer) as archive:
        names = archive.namelist()
    assert "realstaging_render/__main__.py" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "--hash=sha256:" in (installed / "realstaging/carried/renderer/requirements.txt").read_text()


def test_it_tells_what_it_was_built_from(installed, tmp_path):
    told = msgspec.json.decode(ran(installed, tmp_path, "version", "--json"))
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert told["commit"].removesuffix("+changed") == head
    assert told["schema"] == schema.newest()
    assert head in ran(installed, tmp_path, "version")


def test_its_parts_are_found_where_it_lies(installed, tmp_path):
    asked = "from realstaging.kit import carried; print(carried.WEB)"
    environment = {"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert told.strip() == str(installed / "realstaging/carried/web")


def test_no_source_leaves_the_package_by_its_own_path():
    """`parents[4]` of a module is a clone's folder, and nothing at all in an installed program."""
    strayed, seen = [], 0
    for path in SOURCES.rglob("*.py"):
        depth = len(path.relative_to(SOURCES).parts) - 1
        for line in path.read_text().splitlines():
            if "__file__" in line:
                seen += 1
                ups = max([int(up) + 1 for up in re.findall(r"parents\[(\d+)\]", line)] or [line.count(".parent")])
                strayed += [f"{path.relative_to(ROOT)}: {line.strip()}"] if ups > depth + 1 else []
    assert strayed == []
    assert seen >= 3


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("200000 100000", 2),
        ("150000 100000", 2),
        ("50000 100000", 1),
        ("max 100000", None),
        ("-1 100000", None),
        ("", None),
        (" ", None),
    ],
)
def test_a_containers_quota_is_read_as_processors(text, count):
    assert cores.quota(text) == count


def test_processors_are_at_least_one_and_no_more_than_there_are():
    assert 1 <= cores.cores() <= (os.cpu_count() or 1)


@pytest.mark.long
def test_it_works_installed_in_an_empty_environment(wheel, tmp_path):
    """`uv tool install`, then the renderer, a staging, and the whole product: with no clone, no account, an empty home."""
    cache = subprocess.run([UV, "cache", "dir"], capture_output=True, text=True, check=True).stdout.strip()
    certificates = {name: value for name, value in os.environ.items() if name.startswith("SSL_CERT")}
    environment = {
        **certificates,
        "PATH": f"{tmp_path}/bin:{Path(UV).parent}:/usr/bin:/bin",
        "HOME": str(tmp_path / "home"),
        "UV_CACHE_DIR": cache,
        "UV_TOOL_DIR": str(tmp_path / "tools"),
        "UV_TOOL_BIN_DIR": str(tmp_path / "bin"),
        "UV_PYTHON": sys.base_prefix + "/bin/python3",
    }
    (tmp_path / "home").mkdir()
    # Root's PostgreSQL runs as nobody, who must be able to come here.
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)

    def run(*command):
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    run(UV, "tool", "install", "--quiet", str(wheel))
    assert "schema" in run("realstaging", "version")
    assert "is there" in run("realstaging", "renderer", "install")
    run("realstaging", "renderer", "install")
    (tmp_path / "room.jpg").write_bytes(encode.jpeg(demo.draw(), 92))
    run("realstaging", "stage", "room.jpg", "--room", "living_room", "--style", "modern", "-o", "staged.jpg")
    assert (tmp_path / "staged.jpg").stat().st_size > 10_000
    port = free_port()
    with (tmp_path / "dev.log").open("wb") as log:
        dev = subprocess.Popen(
            ["realstaging", "dev", "--port", str(port), "--folder", "kept"],
            cwd=tmp_path, env=environment, stdout=log, stderr=log, executable=shutil.which("realstaging", path=environment["PATH"]),
        )  # fmt: skip
    try:
        assert b"<div id=" in page(f"http://127.0.0.1:{port}/", dev, tmp_path / "dev.log")
        for path in ("help/", "docs", "health/ready"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}") as answer:
                assert answer.status == 200
    finally:
        dev.send_signal(signal.SIGINT)
        assert dev.wait(60) == 0


def page(address, process, log, patience=120):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


def test_what_is_carried_lies_in_the_package():
    assert carried.CARRIED == SOURCES / "carried"
