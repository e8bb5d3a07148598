"""The page of pairs: what is done is not done again, a refusal is told, nothing goes into the repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from harness.gallery import REPOSITORY, Shown, as_page, gallery
from realstaging.engines.brief import RoomType, Style
from realstaging.engines.local.abilities import abilities
from realstaging.imaging import encode
from realstaging.kit.errors import CannotStage


class Refusing:
    """An engine that finds no room fit to be staged."""

    name = "refusing"
    can = abilities()
    paid = None
    predicts = None

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def stage(self, photo, brief, accept, on_progress):
        self.asked.append(f"{photo.name} {brief.room_type}")
        raise CannotStage("There is <no> floor.")

    async def close(self) -> None:
        return


async def test_a_run_goes_on_where_the_last_one_ended(tmp_path: Path):
    photos, out, engine = tmp_path / "photos", tmp_path / "out", Refusing()
    photos.mkdir()
    (photos / "notes.txt").write_text("not a photo")
    for name in ("a.jpg", "b.jpg"):
        (photos / name).write_bytes(encode.jpeg(np.full((600, 800, 3), 120, np.uint8)))
    rooms, styles = [RoomType.BEDROOM, RoomType.OFFICE], [Style.MODERN]
    await gallery(photos, rooms[:1], styles, out, engine)
    page = await gallery(photos, rooms, styles, out, engine)
    assert engine.asked == ["a.jpg bedroom", "b.jpg bedroom", "a.jpg office", "b.jpg office"]
    assert page.read_text().count("Refused: There is &lt;no&gt; floor.") == 4
    assert (out / "a-before.jpg").exists()


async def test_a_file_that_is_no_photo_is_refused_without_a_picture(tmp_path: Path):
    (tmp_path / "broken.jpg").write_bytes(b"no photo")
    page = await gallery(tmp_path, [RoomType.BEDROOM], [Style.MODERN], tmp_path / "out", Refusing())
    assert "Refused:" in page.read_text()
    assert "<img" not in page.read_text()


def test_a_pair_is_shown_with_its_measures_and_warnings():
    shown = Shown(
        "a.jpg", RoomType.BEDROOM, Style.MODERN, 0, "a-before.jpg", "a.jpg", 21.4, 0.731, 0.9, 0.98, "exact", ("Hm.",)
    )
    page = as_page([shown])
    for words in (
        "73% untouched",
        "21 s",
        "confidence 0.90",
        "fidelity exact (0.98)",
        "Hm.",
        'src="a-before.jpg"',
        "1 staged, 0 refused",
    ):
        assert words in page


def test_pictures_stay_out_of_the_repository(tmp_path: Path):
    command = [sys.executable, "-m", "harness.gallery", str(tmp_path), "-o", str(REPOSITORY / "gallery")]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "outside" in run.stderr
    assert not (REPOSITORY / "gallery").exists()
