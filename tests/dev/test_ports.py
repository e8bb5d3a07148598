"""Ports that are to be had, and addresses of this machine that answer."""

import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from realstaging.dev import ports
from realstaging.dev.errors import CannotStart
from realstaging.dev.keeping import kept_port, write_whole


def listener(family, address):
    try:
        other = socket.socket(family)
        other.bind((address, 0))
    except OSError:
        pytest.skip(f"this machine has no {address}")
    other.listen()
    return other


@pytest.mark.parametrize(("family", "address"), ports.LOCALHOST.items())
def test_a_port_is_taken_where_a_browser_would_find_another_program(family, address):
    with listener(family, address) as other:
        port = other.getsockname()[1]
        assert not ports.is_free(port)
        with pytest.raises(CannotStart, match=f"port {port} is taken by another program"):
            ports.take(port, "The web app")
    assert ports.is_free(port)


def test_a_port_beyond_the_last_is_told():
    with pytest.raises(CannotStart, match="port 65536 is none"):
        ports.take(65536, "The web app")


@pytest.mark.parametrize("text", ["", "no number", "0", "65536", "-1"])
def test_where_no_port_was_written_none_is_kept(tmp_path, text):
    assert kept_port(tmp_path / "port") is None
    (tmp_path / "port").write_text(text)
    assert kept_port(tmp_path / "port") is None


def test_a_port_is_kept(tmp_path):
    write_whole(tmp_path / "port", "8001")
    assert kept_port(tmp_path / "port") == 8001
    assert [file.name for file in tmp_path.iterdir()] == ["port"]


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def site():
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def test_no_proxy_is_asked_for_what_runs_here():
    nobody = f"http://127.0.0.1:{ports.free_port()}"
    script = "import sys; from realstaging.dev.processes import answers; print(answers(sys.argv[1]))"
    environment = {**os.environ, "http_proxy": nobody, "no_proxy": ""}
    with site() as address:
        done = subprocess.run(
            [sys.executable, "-c", script, address], capture_output=True, text=True, check=True, env=environment
        )
    assert done.stdout.strip() == "True"
