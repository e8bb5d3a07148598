"""One page that shows why a plan came out as it did, with its pictures beside it."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.brief import Brief
from realstaging.engines.local.explain.drawings import boxes_over, from_above, reading_over
from realstaging.engines.local.furniture import pieces
from realstaging.engines.local.layout.considered import Candidate, Considered
from realstaging.engines.local.layout.plan import plan_room
from realstaging.engines.local.planned import Plan
from realstaging.engines.local.room.reading import RoomReading
from realstaging.imaging import encode
from realstaging.kit.errors import CannotStage

SHOWN: Final = 4
"""Candidates on a page."""
SHOWN_FROM: Final = 0.005
"""Terms nearer to nothing are left out."""
STYLESHEET: Final = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 24px auto; max-width: 1500px; padding: 0 24px; color: #1e2226; background: #fafafa }
h1 { font-size: 22px; margin: 0 0 4px } h2 { font-size: 17px; margin: 28px 0 8px } img { max-width: 100%; display: block; border-radius: 6px }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 16px } .candidates { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 16px }
section { background: #fff; border: 1px solid #e3e5e8; border-radius: 8px; padding: 12px } section img { max-height: 420px; margin: 0 auto }
table { border-collapse: collapse; width: 100%; font-size: 13px } td { padding: 2px 6px; border-top: 1px solid #eef0f2 } td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.bar { height: 9px; border-radius: 2px; background: #3d83ae } .bar.minus { background: #d63c28 } .refused { color: #a40000 } .muted { color: #5c6670 }
"""


def explained(
    reading: RoomReading, photo: NDArray[np.uint8], brief: Brief, out: Path | None, stem: str = "index"
) -> Plan:
    """Plan a room and write the page ``out``/``stem``.html that says why, its pictures beside it; no page without ``out``.

    Raises CannotStage where nothing is planned: the page then shows what refused every candidate.
    """
    considered, refused = Considered(), ""
    try:
        return plan_room(reading, brief, pieces(), photo, considered)
    except CannotStage as error:
        refused = error.message
        raise
    finally:
        if out is not None:
            _write(reading, photo, brief, considered, refused, out, stem)


def _write(
    reading: RoomReading,
    photo: NDArray[np.uint8],
    brief: Brief,
    considered: Considered,
    refused: str,
    out: Path,
    stem: str,
) -> None:
    drawings = {"reading": reading_over(photo, reading)}
    if considered.chosen:
        drawings["boxes"] = boxes_over(photo, reading, considered.chosen.spots)
        drawings["plan"] = from_above(reading, considered.chosen.spots)
    for place, candidate in enumerate(considered.candidates[:SHOWN], 1):
        drawings[f"candidate-{place}"] = from_above(reading, candidate.spots)
    out.mkdir(parents=True, exist_ok=True)
    names = {name: picture_of(stem, name) for name in drawings}
    for name, pixels in drawings.items():
        (out / names[name]).write_bytes(encode.png(pixels))
    (out / f"{stem}.html").write_text(_page(brief, considered, names, refused))


HEAD: Final = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Why: '
"""How every page begins."""


def is_ours(folder: Path, stem: str = "index") -> bool:
    """Whether nothing but an older page like this one would be replaced there."""
    page = folder / f"{stem}.html"
    if page.exists():
        return page.read_text(errors="replace").startswith(HEAD)
    return not any(folder.glob(picture_of(stem, "*")))


def picture_of(stem: str, name: str) -> str:
    """The file of a page's drawing: ``reading``, ``boxes``, ``plan``."""
    return f"{stem}-{name}.png"


def _page(brief: Brief, considered: Considered, names: dict[str, str], refused: str) -> str:
    title = f"{brief.room_type}, {brief.style}, seed {brief.seed}".replace("_", " ")
    told = f'<p class="refused">Refused: {html.escape(refused)}</p>' if refused else ""
    step = f'<p class="muted">Planned: {html.escape(considered.step)}</p>' if considered.step else ""
    chosen = considered.chosen
    parts = [
        f"{HEAD}{html.escape(title)}</title><style>{STYLESHEET}</style>",
        f"<h1>{html.escape(title)}</h1>{told}{step}",
        f'<div class="two"><section><h2>What was read</h2>{_picture(names, "reading")}</section>',
        f"<section><h2>The plan in the photo</h2>{_picture(names, 'boxes') or '<p>No plan.</p>'}</section></div>",
    ]
    if chosen:
        parts += [
            f'<div class="two"><section><h2>The plan from above</h2>{_picture(names, "plan")}</section>',
            f"<section><h2>Score {chosen.score:.2f}</h2>{_terms(chosen)}</section></div>",
        ]
    parts += [
        f"<h2>Refused candidates, by rule</h2><section>{_refusals(considered)}</section>",
        '<h2>The best candidates</h2><div class="candidates">',
        *(
            f"<section><h2>{place}. score {each.score:.2f}</h2>{_picture(names, f'candidate-{place}')}{_terms(each)}</section>"
            for place, each in enumerate(considered.candidates[:SHOWN], 1)
        ),
        "</div></html>\n",
    ]
    return "\n".join(parts)


def _picture(names: dict[str, str], name: str) -> str:
    if name not in names:
        return ""
    source = html.escape(names[name], quote=True)
    return f'<a href="{source}"><img src="{source}" alt="{name}"></a>'


def _terms(candidate: Candidate) -> str:
    most = max((abs(value) for value in candidate.terms.values()), default=0.0) or 1.0
    return _table(
        (name, f"{value:+.2f}", abs(value) / most, value < 0)
        for name, value in sorted(candidate.terms.items(), key=lambda term: term[1])
        if abs(value) >= SHOWN_FROM
    )


def _refusals(considered: Considered) -> str:
    most = max(considered.refusals.values(), default=1)
    rows = [(rule, str(count), count / most, True) for rule, count in considered.refusals.most_common()]
    return _table(rows) if rows else "<p>None.</p>"


def _table(rows: Iterable[tuple[str, str, float, bool]]) -> str:
    return (
        "<table>"
        + "".join(
            f'<tr><td>{html.escape(name)}</td><td class="n">{value}</td><td style="width:45%"><div class="bar{" minus" if minus else ""}" '
            f'style="width:{share:.0%}"></div></td></tr>'
            for name, value, share, minus in rows
        )
        + "</table>"
    )
