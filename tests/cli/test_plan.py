"""`realstaging plan`: a plan on stdout, its reasons in a folder, refusals with their exit codes."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from realstaging.cli import app
from realstaging.imaging import encode
from realstaging.synthetic import demo

ASKED = ["--room", "living_room", "--style", "modern"]


def plan(*args: object):
    return CliRunner().invoke(app, ["plan", *map(str, args)])


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    path = tmp_path_factory.mktemp("photos") / "room.jpg"
    path.write_bytes(encode.jpeg(demo.draw(720, 480)))
    return path


def test_a_plan_is_printed_and_explained(photo, tmp_path):
    done = plan(photo, *ASKED, "--explain", tmp_path / "why")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["pieces"]
    assert told["room"]["openings"]
    assert (tmp_path / "why" / "index.html").exists()
    assert (tmp_path / "why" / "index-boxes.png").exists()


def test_what_cannot_be_planned_is_told_with_its_exit_code(tmp_path):
    broken, grey = tmp_path / "broken.jpg", tmp_path / "grey.png"
    broken.write_bytes(b"\xff\xd8\xff nothing more")
    grey.write_bytes(encode.png(np.full((300, 400, 3), 128, np.uint8)))
    assert plan(broken, *ASKED).exit_code == 3
    assert plan(tmp_path / "none.jpg", *ASKED).exit_code == 3
    refused = plan(grey, *ASKED)
    assert refused.exit_code == 4
    assert refused.stdout == ""
    assert "walls" in refused.stderr
    assert plan(grey, *ASKED, "--explain", broken).exit_code == 2
    assert plan(grey, "--room", "cave", "--style", "modern").exit_code == 2


def test_the_page_does_not_take_the_place_of_the_photo(photo, tmp_path):
    own = tmp_path / "index-boxes.png"
    own.write_bytes(photo.read_bytes())
    done = plan(own, *ASKED, "--explain", tmp_path)
    assert done.exit_code == 2, done.output
    assert own.read_bytes() == photo.read_bytes()


def test_the_page_takes_nobody_elses_place(photo, tmp_path):
    """Names that we chose: a site's own page stays, and a page of ours is made anew."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<!doctype html><title>My site</title>")
    done = plan(photo, *ASKED, "--explain", site)
    assert done.exit_code == 2
    assert (site / "index.html").read_text() == "<!doctype html><title>My site</title>"
    (site / "index.html").unlink()
    assert plan(photo, *ASKED, "--explain", site).exit_code == 0
    assert plan(photo, *ASKED, "--explain", site).exit_code == 0
