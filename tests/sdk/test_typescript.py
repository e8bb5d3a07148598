"""The TypeScript types, packed as they are published, and a program that uses them, compiled."""

import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

# The compiler takes twenty seconds; the types themselves are held up to date by `make check`.
pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
TSC = ROOT / "web/node_modules/.bin/tsc"
SETTINGS = [
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--moduleResolution",
    "nodenext",
    "--target",
    "es2022",
    "--lib",
    "es2022,dom",
]
README = re.findall(r"^```ts\n(.*?)^```", (ROOT / "sdk/typescript/README.md").read_text(), re.MULTILINE | re.DOTALL)
WRONG = {
    'const a: Body<"/api/v1/projects", "post"> = { title: "x" };': "title",
    'const a: Answer<"/api/v1/stagings/{staging_id}", "get"> = { id: 7 };': "number",
    'const a: Message<"staging.lost"> = {};': "staging.lost",
    "function f(message: Message) { if (message.type === 'photo.ready') message.data.staging_id; }": "staging_id",
    'const a: Answer<"/api/v1/sofas", "get"> = {};': "sofas",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder in which the package is installed."""
    folder = tmp_path_factory.mktemp("typescript")
    copy = folder / "clone/sdk/typescript"
    shutil.copytree(ROOT / "sdk/typescript", copy, ignore=shutil.ignore_patterns("schema.d.ts"))
    (folder / "clone/web").symlink_to(ROOT / "web")
    environment = {**os.environ, "npm_config_cache": str(folder / "cache"), "npm_config_update_notifier": "false"}
    packed = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", folder],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert packed.returncode == 0, packed.stderr
    target = folder / "node_modules/@realstaging"
    target.mkdir(parents=True)
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        assert {name.partition("/")[2] for name in archive.getnames()} == {
            "package.json",
            "README.md",
            "index.d.ts",
            "schema.d.ts",
        }
        archive.extractall(target, filter="data")
    (target / "package").rename(target / "api")
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def compiled(project, *programs):
    names = []
    for number, program in enumerate(programs):
        names.append(f"sample{number}.ts")
        (project / names[-1]).write_text(program)
    done = subprocess.run([TSC, *SETTINGS, *names], cwd=project, capture_output=True, text=True, check=False)
    return done.stdout


def test_what_the_readme_shows_compiles_and_mistakes_do_not(project):
    header = 'import type { Answer, Body, Message } from "@realstaging/api";\nexport {};\n'
    told = compiled(project, *README, *(header + wrong for wrong in WRONG))
    assert "sample0.ts" not in told, told
    for number, hint in enumerate(WRONG.values()):
        lines = [line for line in told.splitlines() if line.startswith(f"sample{number + 1}.ts")]
        assert any(hint in line for line in lines), (hint, lines)
