"""Room types as programmes: the main piece, what it cannot be without, what is wanted, what may be added. Data, to be read by designers.

Distances are those of Panero and Zelnik, Human Dimension and Interior Space (1979), chapters "Living spaces", "Dining spaces",
"Sleeping spaces" and "Office spaces", and of De Chiara, Panero and Zelnik, Time-Saver Standards for Interior Design (1991), where a
relation keeps one (``relations``). Values are what a part adds to a plan, in the unit of ``terms``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from realstaging.engines.brief import RoomType


class Anchor(StrEnum):
    """Where a main piece may stand."""

    WALL = "with its back to a wall"
    FLOATING = "free in the room"
    BACK_TO_CAMERA = "free, with its back to the camera"
    CENTRED = "free, along the room"
    UNDER_LAMP = "centred under a lamp"
    TO_ROOM = "free, between a wall and the room"
    FRONTS = "along what is built in"
    COUNTER = "at an island, looking at it"


class Relation(StrEnum):
    """How a part belongs to the main piece, or to the room."""

    JOINED = "flush with it, on the side where it is open"
    BEFORE = "before it"
    CHAIR = "at the ends of the table before it, or across it"
    BESIDE = "beside it"
    PAIR = "beside it, turned in"
    BETWEEN = "between it and its twin"
    AROUND = "around it, looking at it"
    AT_DESK = "where one sits at it"
    FOOT = "at its foot"
    RUG_BEFORE = "a rug half under it"
    RUG_BED = "a rug under its lower two thirds, or a runner beside it"
    RUG_UNDER = "a rug under it"
    RUG_BESIDE = "a rug beside it"
    RUNNER = "a runner before it"
    WATCHED = "on a wall that it looks at"
    WALL = "along a wall"
    SEAT = "along a wall, a little off it"
    CORNER = "in a corner, or at the end of what stands along a wall"
    BY = "beside something"
    FRONTS = "along what is built in"
    COUNTER = "at an island, looking at it"
    PLAIN_CORNER = "in a corner or along a wall where nothing is built in"


@dataclass(frozen=True)
class Part:
    """Pieces that a programme asks for: of the categories the first that finds a place."""

    categories: tuple[str, ...]
    relation: Relation
    value: float
    count: int = 1
    required: int = 0
    """How many of ``count`` the room cannot be without."""
    always: bool = False
    """Whether the main piece makes no sense without those, however little fits."""
    least: int = 0
    """Fewer than so many look forgotten: then there are none."""
    borrow: bool = False
    """Whether pieces made for other rooms will do."""
    of: str = ""
    """The category of main piece that it belongs to; empty: to any."""


@dataclass(frozen=True)
class Main:
    """The piece everything else is placed by."""

    categories: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    share: tuple[float, float] = (0.08, 0.2)
    """Share of the picture that it should fill, from and to."""
    front: float = 1.0
    """What it is worth that it shows its front to the camera; negative where its back is the better side."""
    looks: float = 0.0
    """What it is worth that it looks at the fireplace, or else at the view."""
    value: float = 5.0
    borrow: bool = False
    """Whether pieces made for other rooms will do."""


@dataclass(frozen=True)
class Programme:
    """What a room holds."""

    name: str
    main: Main
    group: tuple[Part, ...] = ()
    """What belongs to the main piece and moves with it."""
    rest: tuple[Part, ...] = ()
    """What the room takes besides."""
    zones: tuple[Programme, ...] = ()
    """Groups besides for large rooms, the first that suits first."""
    outdoors: bool = False
    """Whether glass takes no light and hides no view behind it: one sits before it all around."""
    fitted: bool = False
    """Whether people work along its walls: what is built in is kept free, and most of the floor stays bare."""
    little: bool = False
    """Whether more is tried for, the rules giving a little, before this will do."""


_SEAT = ("armchair", "accent_chair")
_PLANT = Part(("planter", "plant"), Relation.CORNER, 0.6)
_BASKET = Part(("basket",), Relation.BY, 0.25)

DINING_ZONE: Final = Programme(
    "a table in the other half of the room",
    Main(("dining_table",), (Anchor.UNDER_LAMP, Anchor.CENTRED), share=(0.02, 0.12), front=0.0, value=1.5, borrow=True),
    (Part(("dining_chair",), Relation.AROUND, 0.35, count=8, required=3, borrow=True),),
)
SEATS_ZONE: Final = Programme(
    "two armchairs in another part of the room",
    Main(_SEAT, (Anchor.WALL, Anchor.FLOATING), (0.01, 0.1), 1.2, 0.5, 1.5),
    (
        Part(_SEAT, Relation.PAIR, 1.2, required=1),
        Part(("side_table", "coffee_table"), Relation.BETWEEN, 0.6),
        Part(("rug",), Relation.RUG_BEFORE, 0.8),
    ),
)
LIVING: Final = Programme(
    "a sofa with its table, chairs and rug",
    Main(("sofa", "sectional"), (Anchor.WALL, Anchor.FLOATING, Anchor.BACK_TO_CAMERA), (0.06, 0.2), 1.4, 2.0),
    (
        Part(("chaise",), Relation.JOINED, 1.2, required=1, always=True, of="sectional"),
        Part(("coffee_table", "pouf"), Relation.BEFORE, 2.4, required=1),
        Part(("rug",), Relation.RUG_BEFORE, 1.8),
        Part(_SEAT, Relation.CHAIR, 1.3, count=2),
        Part(("floor_lamp",), Relation.BESIDE, 0.6),
        Part(("side_table",), Relation.BESIDE, 0.6),
    ),
    (
        Part(("media_unit",), Relation.WATCHED, 1.2),
        Part(("sideboard", "console_table"), Relation.WALL, 0.8),
        Part(("bookshelf",), Relation.WALL, 0.7),
        _PLANT,
        Part(_SEAT, Relation.SEAT, 0.5),
        _BASKET,
    ),
    zones=(DINING_ZONE, SEATS_ZONE),
)
SEATS: Final = Programme(
    "two armchairs with a table between them",
    Main(_SEAT, (Anchor.WALL, Anchor.FLOATING), (0.03, 0.12), 1.5, 0.8, 2.5),
    (
        Part(_SEAT, Relation.PAIR, 2.0, required=1),
        Part(("side_table", "coffee_table"), Relation.BETWEEN, 1.0),
        Part(("rug",), Relation.RUG_BEFORE, 1.5),
    ),
    (
        Part(("floor_lamp",), Relation.CORNER, 0.6),
        _PLANT,
        Part(("sideboard", "console_table"), Relation.WALL, 0.7),
        _BASKET,
    ),
)
BEDROOM: Final = Programme(
    "a bed with its tables and rug",
    Main(("bed",), (Anchor.WALL,), (0.12, 0.26), 0.6, 0.0, 6.0),
    (
        Part(("nightstand", "side_table"), Relation.BESIDE, 1.4, count=2, required=1),
        Part(("rug",), Relation.RUG_BED, 1.5),
        Part(("bench", "pouf"), Relation.FOOT, 0.7),
    ),
    (
        Part(("dresser", "sideboard"), Relation.WALL, 0.9),
        Part(_SEAT, Relation.SEAT, 0.8),
        Part(("wardrobe", "bookshelf"), Relation.WALL, 0.4),
        _PLANT,
        _BASKET,
    ),
)
DINING: Final = Programme(
    "a table with its chairs",
    Main(("dining_table",), (Anchor.UNDER_LAMP, Anchor.CENTRED), (0.06, 0.18), 0.0, 0.0, 4.0),
    (
        Part(("dining_chair",), Relation.AROUND, 0.7, count=8, required=2, always=True),
        Part(("rug",), Relation.RUG_UNDER, 1.2),
    ),
    (
        Part(("sideboard", "console_table"), Relation.WALL, 1.0),
        Part(("bookshelf",), Relation.WALL, 0.5),
        _PLANT,
        _BASKET,
    ),
)
OFFICE: Final = Programme(
    "a desk with its chair",
    Main(("desk",), (Anchor.WALL, Anchor.TO_ROOM), (0.05, 0.16), 0.0, 0.0, 4.0),
    (
        Part(("office_chair", "dining_chair"), Relation.AT_DESK, 1.5, required=1, always=True),
        Part(("rug",), Relation.RUG_UNDER, 1.2),
    ),
    (
        Part(("bookshelf",), Relation.WALL, 1.0),
        Part(("accent_chair", "armchair"), Relation.SEAT, 0.9),
        Part(("sideboard", "console_table"), Relation.WALL, 0.7),
        Part(("floor_lamp",), Relation.CORNER, 0.6),
        _PLANT,
        _BASKET,
    ),
)
KIDS: Final = Programme(
    "a child's bed with floor to play on",
    Main(("kids_bed",), (Anchor.WALL,), (0.08, 0.2), 0.6, 0.0, 5.0),
    (
        Part(("rug",), Relation.RUG_BESIDE, 1.5),
        Part(("nightstand", "side_table"), Relation.BESIDE, 1.0),
    ),
    (
        Part(("toy_storage",), Relation.WALL, 1.0),
        Part(("desk",), Relation.WALL, 0.7),
        Part(("bookshelf", "dresser"), Relation.WALL, 0.6),
        Part(("pouf",), Relation.SEAT, 0.5),
        _PLANT,
        _BASKET,
    ),
)
ENTRYWAY: Final = Programme(
    "somewhere to put things down, and the way kept free",
    Main(("console_table", "bench"), (Anchor.WALL,), (0.03, 0.12), 0.6, 0.0, 4.0),
    (
        Part(("rug",), Relation.RUNNER, 1.4),
        Part(("bench", "shoe_rack"), Relation.BESIDE, 0.9),
        Part(("coat_rack",), Relation.BESIDE, 0.7),
    ),
    (
        Part(("coat_rack",), Relation.WALL, 0.6),
        Part(("shoe_rack",), Relation.WALL, 0.6),
        Part(("planter", "plant"), Relation.CORNER, 0.6),
        _BASKET,
    ),
)
OUTDOOR_DINING: Final = Programme(
    "a table outdoors with its chairs",
    Main(("outdoor_dining_table",), (Anchor.CENTRED,), (0.02, 0.12), 0.0, 0.0, 1.8),
    (Part(("outdoor_dining_chair",), Relation.AROUND, 0.4, count=6, required=2, always=True),),
    outdoors=True,
)
OUTDOOR_SEATS: Final = Programme(
    "two chairs outdoors in another part",
    Main(("outdoor_lounger", "outdoor_chair"), (Anchor.WALL, Anchor.FLOATING), (0.01, 0.1), 1.2, 0.4, 1.5),
    (
        Part(("outdoor_lounger", "outdoor_chair"), Relation.PAIR, 1.2, required=1),
        Part(("outdoor_table",), Relation.BETWEEN, 0.6),
    ),
    outdoors=True,
)
OUTDOOR: Final = Programme(
    "a sofa outdoors with its table and chairs",
    Main(("outdoor_sofa",), (Anchor.WALL, Anchor.FLOATING), (0.07, 0.2), 1.6, 0.8),
    (
        Part(("outdoor_table",), Relation.BEFORE, 2.0, required=1),
        Part(("rug",), Relation.RUG_BEFORE, 1.4),
        Part(("outdoor_chair",), Relation.CHAIR, 1.4, count=2),
    ),
    (Part(("planter",), Relation.CORNER, 0.7, count=3), Part(("outdoor_chair",), Relation.SEAT, 0.6)),
    zones=(OUTDOOR_DINING, OUTDOOR_SEATS),
    outdoors=True,
)
OUTDOOR_PAIR: Final = Programme(
    "two chairs outdoors with a table between them",
    Main(("outdoor_chair",), (Anchor.WALL, Anchor.FLOATING), (0.03, 0.12), 1.6, 0.8, 2.5),
    (
        Part(("outdoor_chair",), Relation.PAIR, 2.0, required=1),
        Part(("outdoor_table",), Relation.BETWEEN, 1.0),
        Part(("rug",), Relation.RUG_BEFORE, 1.2),
    ),
    (Part(("planter",), Relation.CORNER, 0.7, count=2),),
    outdoors=True,
)
BARE: Final = Programme(
    "a rug, with plants and pictures where they fit",
    Main(("rug",), (Anchor.CENTRED,), (0.04, 0.2), 0.0, 0.0, 1.5),
    (),
    (Part(_SEAT, Relation.SEAT, 0.6), Part(("planter", "plant"), Relation.CORNER, 1.0, count=2), _BASKET),
)

_RUNNER = Part(("rug",), Relation.FRONTS, 1.2)
_STOOLS = Part(("counter_stool", "bar_stool"), Relation.COUNTER, 0.8, count=4, least=2)
_KITCHEN_PLANT = Part(("plant",), Relation.PLAIN_CORNER, 0.6)
KITCHEN: Final = Programme(
    "a table with its chairs",
    Main(("dining_table",), (Anchor.UNDER_LAMP, Anchor.CENTRED, Anchor.WALL), (0.02, 0.09), 0.0, 0.0, 3.0),
    (Part(("dining_chair",), Relation.AROUND, 0.6, count=8, required=2, always=True, borrow=True),),
    (_STOOLS, _RUNNER, _KITCHEN_PLANT),
    fitted=True,
)
KITCHEN_TABLE: Final = Programme(
    "a table in another part of the kitchen",
    Main(("dining_table",), (Anchor.UNDER_LAMP, Anchor.CENTRED, Anchor.WALL), (0.02, 0.12), 0.0, 0.0, 1.5),
    (Part(("dining_chair",), Relation.AROUND, 0.35, count=8, required=2, borrow=True),),
    fitted=True,
)
KITCHEN_ISLAND: Final = Programme(
    "stools at the island",
    Main(("counter_stool", "bar_stool"), (Anchor.COUNTER,), (0.006, 0.06), 0.0, 0.0, 4.0),
    (Part(("counter_stool", "bar_stool"), Relation.COUNTER, 1.2, count=3, required=1),),
    (_RUNNER, _KITCHEN_PLANT),
    zones=(KITCHEN_TABLE,),
    fitted=True,
)
KITCHEN_RUNNER: Final = Programme(
    "a runner along the worktops",
    Main(("rug",), (Anchor.FRONTS,), (0.03, 0.14), 0.0, 0.0, 1.5),
    (),
    (_KITCHEN_PLANT,),
    fitted=True,
    little=True,
)
BATHROOM: Final = Programme(
    "a mat, towels within reach",
    Main(("bath_mat",), (Anchor.FRONTS,), (0.02, 0.12), 0.0, 0.0, 1.5),
    (),
    (
        Part(("towel_ladder",), Relation.PLAIN_CORNER, 0.8),
        Part(("vanity_stool", "bench", "basket"), Relation.PLAIN_CORNER, 0.8),
        Part(("plant",), Relation.PLAIN_CORNER, 0.7),
        Part(("basket",), Relation.BY, 0.4),
    ),
    fitted=True,
)

PROGRAMMES: Final[Mapping[RoomType, tuple[Programme, ...]]] = {
    RoomType.LIVING_ROOM: (LIVING, SEATS, BARE),
    RoomType.BEDROOM: (BEDROOM, SEATS, BARE),
    RoomType.DINING_ROOM: (DINING, BARE),
    RoomType.OFFICE: (OFFICE, SEATS, BARE),
    RoomType.KIDS_ROOM: (KIDS, BARE),
    RoomType.ENTRYWAY: (ENTRYWAY, BARE),
    RoomType.OUTDOOR: (OUTDOOR, OUTDOOR_PAIR, BARE),
    RoomType.KITCHEN: (KITCHEN, KITCHEN_ISLAND, KITCHEN_RUNNER),
    RoomType.BATHROOM: (BATHROOM,),
}
"""What each room type may become, the fullest first. Kitchens and bathrooms are dressed, never refitted."""
