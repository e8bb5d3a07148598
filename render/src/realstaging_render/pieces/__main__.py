"""`python -m realstaging_render.pieces`: the catalogue (categories and pieces) as JSON; `… sheet OUT.png [NAME…]`: pieces to look at, `NAME:STYLE`
for one of its styles; `… measure [NAME…]`: what pieces measure when built, as JSON.
"""

from __future__ import annotations

import json
import sys

from realstaging_render import pieces
from realstaging_render.pieces.declaration import CATEGORIES
from realstaging_render.pieces.measure import measure_all
from realstaging_render.pieces.sheet import draw
from realstaging_render.pieces.soundness import A_FEW_RAYS


def main() -> None:
    if len(sys.argv) > 2 and sys.argv[1] == "sheet":
        draw(sys.argv[2], sys.argv[3:])
    elif sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure_all(sys.argv[2:])))
    elif sys.argv[1:2] == ["glance"]:
        print(json.dumps(measure_all(sys.argv[2:], A_FEW_RAYS)))
    else:
        print(json.dumps({"categories": CATEGORIES, "pieces": pieces.catalog()}, indent=1))


main()
