"""What the name of a file says of its room."""

import pytest

from realstaging.domains.photos.names import room_type_in


@pytest.mark.parametrize(
    ("name", "room_type"),
    [
        ("living.jpg", "living_room"),
        ("12-Elm_Kitchen02.jpg", "kitchen"),
        ("masterBedroom.HEIC", "bedroom"),
        ("guest bath.png", "bathroom"),
        ("Küche.jpg", "kitchen"),
        ("4 Kids' room.webp", "kids_room"),
        ("family-room-after.jpg", "living_room"),
        ("deck.v2.jpg", "outdoor"),
        ("DSC_0012.jpg", None),
        ("bathtub-kitchenettes.jpg", None),
        ("kitchen", "kitchen"),
        (".jpg", None),
        ("", None),
    ],
)
def test_a_name_speaks_of_a_room_or_of_none(name, room_type):
    assert room_type_in(name) == room_type
