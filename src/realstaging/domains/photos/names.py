"""What a file's name says of the room in it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from realstaging.engines.brief import RoomType

WORDS: Final[Mapping[RoomType, str]] = {
    RoomType.KIDS_ROOM: "kids kid child children childrens nursery playroom kinderzimmer enfant nino ninos",
    RoomType.BATHROOM: "bath bathroom ensuite powder shower wc toilet restroom bad badezimmer bano sdb bagno",
    RoomType.KITCHEN: "kitchen kitchenette kit pantry kueche kuche cuisine cocina cucina",
    RoomType.DINING_ROOM: "dining diningroom breakfast esszimmer comedor",
    RoomType.BEDROOM: "bed bedroom bdrm br mbr master primary guest guestroom schlafzimmer chambre dormitorio camera",
    RoomType.OFFICE: "office study den library workspace homeoffice buro buero arbeitszimmer bureau despacho",
    RoomType.ENTRYWAY: "entry entryway entrance foyer hall hallway mudroom vestibule flur diele eingang pasillo",
    RoomType.OUTDOOR: "patio deck terrace balcony porch lanai veranda yard backyard garden outdoor outdoors terrasse balkon terraza",
    RoomType.LIVING_ROOM: "living livingroom lounge family familyroom great greatroom sitting parlor parlour lr wohnzimmer salon sejour soggiorno",
}
"""Lower case, without accents; of several the first room type in this order wins: a guest bath is a bathroom."""
_OF: Final = {word: room_type for room_type, words in WORDS.items() for word in words.split()}


# Names that a process remembers: a page is read again and again.
@lru_cache(maxsize=10_000)
def room_type_in(name: str) -> RoomType | None:
    """The room that the name of a file speaks of, if it does: ``12-Elm_Kitchen02.jpg``, ``masterBedroom.HEIC``."""
    stem = name.rsplit(".", 1)[0]
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)
    plain = unicodedata.normalize("NFKD", apart).encode("ascii", "ignore").decode().lower()
    found = {_OF[word] for word in re.findall("[a-z]+", plain) if word in _OF}
    return next((room_type for room_type in WORDS if room_type in found), None)
