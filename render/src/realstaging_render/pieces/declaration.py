"""What a piece says of itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

STYLES = (
    *("modern", "contemporary", "traditional", "industrial", "scandinavian", "coastal"),
    *("farmhouse", "mid_century", "luxury", "minimalist", "bohemian"),
)

CATEGORIES = {
    "accent_chair": "a light chair to sit back in",
    "armchair": "an upholstered chair with arms",
    "art": "a picture for a wall",
    "bar_stool": "a stool for a bar: its seat at 0.75 m",
    "basket": "a basket or hamper for the floor",
    "bath_mat": "a mat before a bath or basin",
    "bed": "a made bed: single, small double or double",
    "bench": "a seat without a back, in halls and at the foot of beds; in bathrooms a low table for towels",
    "bookshelf": "an open shelf with its books",
    "chaise": "the long part of a corner sofa; it joins a sectional",
    "chopping_board": "a board for a worktop",
    "coat_rack": "somewhere to hang coats, standing",
    "coffee_table": "a low table before a sofa",
    "console_table": "a narrow table along a wall",
    "counter_stool": "a stool for a counter or kitchen island: its seat at 0.65 m",
    "curtain": "curtains on their rod",
    "decor": "something small and beautiful for a shelf or table",
    "desk": "a desk with what lies on it",
    "dining_chair": "a chair for a table",
    "dining_table": "a table to eat at, laid",
    "dresser": "a chest of drawers",
    "floor_lamp": "a lamp that stands",
    "fruit_bowl": "a bowl of fruit for a table or worktop",
    "kids_bed": "a child's bed, made",
    "media_unit": "a low cabinet for a television",
    "mirror": "a mirror for a wall",
    "nightstand": "a small table beside a bed",
    "office_chair": "a chair that turns",
    "outdoor_chair": "a low garden chair",
    "outdoor_dining_chair": "a chair for a garden table",
    "outdoor_dining_table": "a garden table to eat at",
    "outdoor_lounger": "a bed to lie in the sun",
    "outdoor_sofa": "a garden sofa",
    "outdoor_table": "a low garden table",
    "parasol": "a sunshade with its base",
    "plant": "a house plant in its pot",
    "plant_small": "a plant for a table, shelf or worktop",
    "planter": "plants for outdoors",
    "pouf": "a soft stool",
    "rug": "a rug or a runner",
    "sectional": "the seat of a corner sofa, open on the side where its chaise joins",
    "sheer": "thin curtains on their rod",
    "shoe_rack": "somewhere for shoes",
    "side_table": "a small table beside a seat",
    "sideboard": "a long cabinet for a dining or living room",
    "sofa": "a sofa or loveseat",
    "table_lamp": "a lamp for a table",
    "television": "a screen for a wall",
    "towel": "folded or rolled towels for a shelf, stool or worktop",
    "towel_ladder": "towels on a ladder or stand, on the floor",
    "toy_storage": "somewhere for toys",
    "vanity_stool": "a low upholstered or woven stool for a bathroom or dressing table",
    "wardrobe": "a wardrobe",
}
"""Every category there is. Layouts ask for these and for nothing else; the catalogue carries them."""


@dataclass(frozen=True)
class Piece:
    """Sizes in metres, outermost, as built. Raises ValueError for a category that is not declared."""

    name: str
    category: str
    label: str
    width: float
    depth: float
    height: float
    room_types: tuple[str, ...]
    styles: tuple[str, ...] = STYLES
    mount: Literal["floor", "wall", "ceiling", "surface"] = "floor"
    seats: int = 0
    on: str | None = None
    """The category it stands on."""
    foot: tuple[float, float] | None = None
    """What it covers of the floor (width, depth), where that is much less than its outline: others may stand beneath it."""
    joins: Literal["left", "right"] | None = None
    """The side, seen from before it, on which it stands flush with another that joins on its other side."""
    laden: bool = False
    """Whether things stand on its top already."""

    def __post_init__(self) -> None:
        if self.category not in CATEGORIES:
            message = f"{self.name}: {self.category!r} is no category; those there are stand in CATEGORIES."
            raise ValueError(message)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)
