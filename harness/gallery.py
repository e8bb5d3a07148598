"""Stage every photo of a folder and lay the pairs out on one page, to be looked at.

`python -m harness.gallery FOLDER --rooms living_room,bedroom --styles modern -o OUT`. What OUT already has is not staged again.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import itertools
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.engine import Engine
from realstaging.engines.faithful import Task, in_thread, stage_faithfully
from realstaging.engines.local.engine import LocalEngine
from realstaging.engines.local.explain import explained, picture_of
from realstaging.engines.local.room.read import read_room
from realstaging.imaging import encode
from realstaging.imaging.decode import decode
from realstaging.kit.errors import AppError

REPOSITORY: Final = Path(__file__).parents[1]
SUFFIXES: Final = {".jpg", ".jpeg", ".png", ".webp", ".heic"}
QUALITY: Final = 92
STYLESHEET: Final = """
body { font: 15px system-ui, sans-serif; margin: 24px; color: #222; background: #fafafa }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 8px } img { width: 100%; display: block }
.why { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; align-items: start; margin-top: 8px } summary { cursor: pointer; margin-top: 6px }
section { margin-bottom: 40px } .refused { color: #a40000 } .warning { color: #7a5200 } h2 { font-size: 17px; margin: 0 0 4px }
p { margin: 2px 0 8px }
"""


class Shown(msgspec.Struct, frozen=True):
    """One photo staged, or the reason why it was not."""

    photo: str
    room: RoomType
    style: Style
    seed: int
    before: str = ""
    """Empty where the file is no photo."""
    after: str | None = None
    seconds: float = 0.0
    untouched_share: float = 0.0
    confidence: float = 0.0
    fidelity: float = 0.0
    verdict: str = ""
    warnings: tuple[str, ...] = ()
    refused: str = ""
    why: str = ""
    """The page that explains the plan (``engines.local.explain``), beside this one."""


async def gallery(
    folder: Path, rooms: Iterable[RoomType], styles: Iterable[Style], out: Path, engine: Engine, seed: int = 0
) -> Path:
    """Stage what is missing, one at a time, and write the page anew after each. Gives the page's path."""
    out.mkdir(parents=True, exist_ok=True)
    page, shown = out / "index.html", []
    photos = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    for photo, room, style in itertools.product(photos, rooms, styles):
        record = out / f"{photo.stem}-{room}-{style}-{seed}.json"
        if not record.exists():
            brief = Brief(room, style, seed)
            result = await _staged(engine, photo, brief, record.with_suffix(".jpg"))
            if engine.name == LocalEngine.name:
                result = msgspec.structs.replace(
                    result, why=await asyncio.to_thread(_why, photo, brief, out, record.stem)
                )
            # The record comes last: a run cut short leaves no pair half done.
            record.write_bytes(msgspec.json.encode(result))
        shown.append(msgspec.json.decode(record.read_bytes(), type=Shown))
        page.write_text(as_page(shown))
    return page


async def _staged(engine: Engine, photo: Path, brief: Brief, target: Path) -> Shown:
    before = target.parent / f"{photo.stem}-before.jpg"
    shown = Shown(photo.name, brief.room_type, brief.style, brief.seed)
    try:
        if not before.exists():
            before.write_bytes(encode.jpeg(decode(photo), QUALITY))
        shown = msgspec.structs.replace(shown, before=before.name)
        with TemporaryDirectory(prefix="realstaging-") as name:
            master = Path(name) / "master.png"
            staged, assured = await stage_faithfully(engine, in_thread, Task(photo, brief, master), lambda _: None)
            target.write_bytes(encode.jpeg(decode(master), QUALITY))
    except AppError as error:
        return msgspec.structs.replace(shown, refused=error.message)
    return msgspec.structs.replace(
        shown,
        after=target.name,
        seconds=staged.seconds,
        untouched_share=staged.untouched_share,
        confidence=staged.confidence,
        fidelity=assured.score,
        verdict=assured.verdict,
        warnings=(*staged.warnings, *(f"Put back: {sentence}" for sentence in assured.put_back)),
    )


def _why(photo: Path, brief: Brief, out: Path, stem: str) -> str:
    """Write the page that explains a plan, and give its name; none where the photo can't be read at all."""
    stem = f"{stem}-why"
    try:
        pixels = decode(photo)
        explained(read_room(pixels), pixels, brief, out, stem)
    except AppError:
        # A refused plan has its page all the same: it shows what refused it.
        return f"{stem}.html" if (out / f"{stem}.html").exists() else ""
    return f"{stem}.html"


def as_page(shown: Iterable[Shown]) -> str:
    """One HTML page that needs nothing but the pictures beside it."""
    shown = list(shown)
    staged = [each for each in shown if each.after]
    untouched = sum(each.untouched_share for each in staged) / max(1, len(staged))
    told = (
        f"{len(staged)} staged, {len(shown) - len(staged)} refused, {untouched:.0%} of the pixels untouched on average"
    )
    pairs = "\n".join(_pair(each) for each in shown)
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Stagings</title><style>{STYLESHEET}</style>'
    return f"{head}<h1>Stagings</h1><p>{told}</p>\n{pairs}\n</html>\n"


def _pair(each: Shown) -> str:
    title = f"<h2>{html.escape(each.photo)}: {each.room}, {each.style}, seed {each.seed}</h2>"
    before = _picture(each.before, "Before")
    if each.after is None:
        return f'<section>{title}<p class="refused">Refused: {html.escape(each.refused)}</p><div class="pair">{before}</div>{_reasons(each.why)}</section>'
    measures = (
        f"<p>{each.untouched_share:.0%} untouched · {each.seconds:.0f} s · confidence {each.confidence:.2f} · "
        f"fidelity {each.verdict} ({each.fidelity:.2f})</p>"
    )
    warnings = "".join(f'<p class="warning">{html.escape(warning)}</p>' for warning in each.warnings)
    return (
        f'<section>{title}{measures}{warnings}<div class="pair">{before}{_picture(each.after, "After")}</div>'
        f"{_reasons(each.why)}</section>"
    )


def _reasons(why: str) -> str:
    """What was read, the plan in the photo and from above, folded away under the pictures."""
    if not why:
        return ""
    stem = why.removesuffix(".html")
    drawings = "".join(_picture(picture_of(stem, name), name) for name in ("reading", "boxes", "plan"))
    page = html.escape(why, quote=True)
    return f'<details><summary>Why this plan (<a href="{page}">all of it</a>)</summary><div class="why">{drawings}</div></details>'


def _picture(name: str, words: str) -> str:
    if not name:
        return ""
    source = html.escape(name, quote=True)
    return f'<a href="{source}"><img src="{source}" alt="{words}" loading="lazy"></a>'


async def _run(folder: Path, rooms: list[RoomType], styles: list[Style], out: Path, seed: int) -> Path:
    engine = LocalEngine(None)
    try:
        return await gallery(folder, rooms, styles, out, engine, seed)
    finally:
        await engine.close()


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rooms", default="living_room", help="room types, separated by commas")
    asked.add_argument("--styles", default="modern", help="styles, separated by commas")
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("-o", "--output", type=Path, required=True, help="a folder outside the repository")
    given = asked.parse_args()
    try:
        rooms, styles = map(RoomType, given.rooms.split(",")), map(Style, given.styles.split(","))
        wanted = list(rooms), list(styles)
    except ValueError as error:
        asked.error(str(error))
    if not given.folder.is_dir():
        asked.error(f"there is no folder {given.folder}")
    if given.output.resolve().is_relative_to(REPOSITORY):
        asked.error("photos and their stagings do not belong into the repository: name a folder outside it")
    print(asyncio.run(_run(given.folder, *wanted, given.output, given.seed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
