"""The command line as people and scripts call it."""

from __future__ import annotations

import json
import subprocess
import sys
from uuid import UUID

import numpy as np
import pytest

from realstaging.cli.overwriting import refuse_replacing
from realstaging.engines.brief import RoomType, Style
from realstaging.imaging import encode, metadata
from realstaging.imaging.decode import decode
from realstaging.synthetic.empty import draw_room
from tests.commands import command

ASKED = ["--room", "living_room", "--style", "modern"]


def realstaging(*args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "realstaging", *map(str, args)], capture_output=True, text=True, check=False
    )


def test_rooms_and_styles_are_listed():
    assert [line.split()[0] for line in realstaging("rooms").stdout.splitlines()] == list(RoomType)
    assert [line.split()[0] for line in realstaging("styles").stdout.splitlines()] == list(Style)


@pytest.mark.parametrize(
    "args",
    [
        ["photo.jpg", *ASKED],
        ["photo.jpg", "--room", "cave", "--style", "modern", "-o", "out.jpg"],
        ["photo.jpg", *ASKED, "-o", "out.gif"],
        ["a.jpg", "b.jpg", *ASKED, "-o", "out.jpg"],
    ],
)
async def test_bad_usage_ends_with_2(args, tmp_path):
    done = await command("stage", *[arg if arg != "out.jpg" else tmp_path / arg for arg in args])
    assert done.code == 2
    assert done.complaint


def test_a_bad_photo_ends_with_3_and_one_that_cannot_be_staged_with_4(tmp_path):
    broken, grey = tmp_path / "broken.jpg", tmp_path / "grey.png"
    broken.write_bytes(b"\xff\xd8\xff nothing more")
    grey.write_bytes(encode.png(np.full((300, 400, 3), 128, np.uint8)))
    done = realstaging("stage", broken, *ASKED, "-o", tmp_path / "out.jpg", "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert told["error"]["code"] == "bad_photo"
    assert told["output"] is None
    report = tmp_path / "report.json"
    done = realstaging("stage", broken, grey, *ASKED, "-o", tmp_path / "out", "--report", report)
    assert done.returncode == 4
    assert done.stdout == ""
    assert [outcome["exit_code"] for outcome in json.loads(report.read_text())] == [3, 4]
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.long
@pytest.mark.render
@pytest.mark.slow  # Blender starts and renders: about 20 s
@pytest.mark.xdist_group("render")
def test_a_staged_photo_has_the_size_of_the_photo(tmp_path):
    pixels = encode.fit(draw_room(7).pixels, 400)
    photo, out = tmp_path / "room.jpg", tmp_path / "staged.jpg"
    photo.write_bytes(encode.jpeg(pixels))
    done = realstaging("stage", photo, *ASKED, "--seed", 3, "-o", out, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {"input", "output", "engine", "seed", "seconds", "untouched_share", "warnings"} <= set(told)
    assert told["seed"] == 3
    assert decode(out).shape == pixels.shape
    assert done.stderr == ""


@pytest.mark.parametrize("output", [".", "living.jpg", "sub/../living.jpg", "hard.jpg", "soft.jpg"])
async def test_a_photo_is_never_replaced_by_its_picture(tmp_path, output):
    photo = tmp_path / "living.jpg"
    photo.write_bytes(encode.jpeg(np.full((300, 400, 3), 128, np.uint8)))
    (tmp_path / "sub").mkdir()
    (tmp_path / "hard.jpg").hardlink_to(photo)
    (tmp_path / "soft.jpg").symlink_to(photo)
    done = await command("stage", photo, *ASKED, "-o", tmp_path / output)
    assert done.code == 2, done.complaint
    assert "would be lost" in done.complaint


async def test_in_a_folder_nothing_is_replaced_but_our_own_pictures(tmp_path):
    grey = np.full((300, 400, 3), 128, np.uint8)
    (tmp_path / "raw").mkdir()
    photo, other = tmp_path / "raw" / "living.png", tmp_path / "living.jpg"
    photo.write_bytes(encode.jpeg(grey))
    other.write_bytes(encode.jpeg(grey))
    done = await command("stage", photo, *ASKED, "-o", tmp_path)
    assert done.code == 2, done.complaint
    assert "is there already, is no staged picture" in " ".join(done.complaint.replace("│", "").split())
    other.write_bytes(encode.jpeg(grey, told=metadata.told(None, creator_tool=metadata.CREATOR_TOOL)))
    refuse_replacing([other, tmp_path / "none.jpg"], "--output")


async def test_a_photo_is_not_replaced_by_the_report(tmp_path):
    photo, kitchen = tmp_path / "living.jpg", tmp_path / "kitchen.jpg"
    for path in (photo, kitchen):
        path.write_bytes(encode.jpeg(np.full((300, 400, 3), 128, np.uint8)))
    before = kitchen.read_bytes()
    done = await command("stage", photo, kitchen, *ASKED, "-o", tmp_path / "out", "--report", kitchen)
    assert done.code == 2, done.complaint
    assert kitchen.read_bytes() == before


@pytest.mark.parametrize("name", ["LIVING.png", "Living.JPG", "kitchen/../Living.webp"])
async def test_names_that_differ_in_case_alone_are_one_name(tmp_path, name):
    done = await command("stage", "living.jpg", name, *ASKED, "-o", tmp_path / "out")
    assert done.code == 2
    assert "same name" in done.complaint


async def test_what_cannot_be_written_is_told_before_the_work_and_in_a_sentence(tmp_path):
    photo, taken = tmp_path / "living.jpg", tmp_path / "taken"
    photo.write_bytes(encode.jpeg(np.full((300, 400, 3), 128, np.uint8)))
    taken.write_text("a file")
    for more in (["-o", taken], ["-o", tmp_path / "out", "--report", tmp_path / "none" / "report.json"]):
        done = await command("stage", photo, *ASKED, *more)
        assert (done.code, "Traceback" in done.complaint) == (2, False), done.complaint
    for asked in (["verify", photo, photo, "--overlay"], ["restore", photo, photo, "-o"]):
        done = await command(*asked, tmp_path / "none" / "one.png")
        assert (done.code, "There is no folder" in done.complaint) == (2, True), done.complaint


async def test_a_server_that_is_away_is_told_in_a_sentence():
    done = await command(
        "operate", "grant", str(UUID(int=1)), "1", "--reference", "one", DATABASE_URL="postgresql://127.0.0.1:9/none"
    )
    assert done.code == 1
    assert "Traceback" not in done.complaint
