"""Names for downloads, held to the rules of the file systems they end up on."""

import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from realstaging.kit.filenames import MOST_BYTES, Wanted, distinct, folded, one

SCRIPTS = ["Küche", "客厅", "غرفة-المعيشة", "Гостиная", "סלון", "거실", "居間", "Σαλόνι", "बैठक"]


def test_letters_of_every_script_stay():
    assert distinct([Wanted(f"{name}.jpg", "living_room-modern") for name in SCRIPTS], ".jpg") == [
        f"{unicodedata.normalize('NFC', name)}-living_room-modern.jpg" for name in SCRIPTS
    ]


def test_room_style_and_number_are_never_cut():
    long = "Wohnzimmer mit Blick " * 30
    first, second = distinct([Wanted(long, "living_room-mid_century")] * 2, ".jpg")
    assert first.endswith("-living_room-mid_century.jpg")
    assert second.endswith("-living_room-mid_century-2.jpg")
    assert max(len(first.encode()), len(second.encode())) <= MOST_BYTES


def test_a_letter_is_not_parted_from_its_accent_or_its_family():
    for letter in ("e\u0301\u0323", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "क्षि"):
        for size in range(150, 230):
            name = one(Wanted("a" * size + letter * 20, "bedroom-modern"), ".jpg").removesuffix("-bedroom-modern.jpg")
            assert "\ufffd" not in name
            assert not name.endswith("\u200d")
            assert name.count("\u0301") <= name.count("\u1eb9") + name.count("e")


def test_case_and_ways_of_writing_do_not_tell_names_apart():
    alike = ["KÜCHE.JPG", "Küche.jpg", "Ku\u0308che.png", "küche", "STRASSE", "straße", "a-2", "a", "a", "A"]
    names = distinct([Wanted(name) for name in alike], ".jpg")
    assert len({folded(name) for name in names}) == len(alike)


def test_what_windows_forbids_is_not_in_a_name():
    hostile = [
        "../../etc/passwd",
        "C:\\temp\\x",
        "con",
        "NUL.jpg",
        "lpt1.x",
        "a.",
        "  ",
        "",
        "a\u202egpj.exe",
        "x\x00y",
        "COM¹",
        "...",
    ]
    for name in distinct([Wanted(text) for text in hostile], ".jpg"):
        stem = name.removesuffix(".jpg")
        assert not set(name) & set('<>:"/\\|?*\x00\u202e')
        assert stem.split(".")[0].lower() not in {"con", "nul", "lpt1", "com¹"}
        assert stem == stem.strip(" .") != ""


def test_only_a_photos_type_is_taken_off():
    assert [one(Wanted(name), ".jpg") for name in ("IMG_1.HEIC", "Kitchen v1.2", "a.b.jpeg", ".jpg")] == [
        "IMG_1.jpg",
        "Kitchen v1.2.jpg",
        "a.b.jpg",
        "photo.jpg",
    ]


@settings(max_examples=60)
@given(st.lists(st.text(max_size=400), max_size=40), st.sampled_from(["", "living_room-modern", "x" * 60]))
def test_any_names_become_distinct_and_fit(texts, rest):
    names = distinct([Wanted(text, rest) for text in texts], ".jpg")
    assert len({folded(name) for name in names}) == len(texts)
    for name in names:
        assert len(name.encode()) <= MOST_BYTES
        assert name == unicodedata.normalize("NFC", name)
        assert name.endswith(f"{'-' if rest else ''}{rest}.jpg") or rest + "-" in name or not rest


def calls_of(function, *arguments):
    """What a function answers, and how many functions it called, and these, and so on."""
    calls = 0

    def count(_frame, happened, _of):
        nonlocal calls
        calls += happened == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        return function(*arguments), calls
    finally:
        sys.setprofile(before)


def test_many_names_are_told_apart_without_counting_anew_for_each():
    """A thousand photos called `image.jpg` took a worker eight seconds, longer names forty."""
    wanted = [Wanted("é" * 110 + "ß" * 100 + ".jpg", "living_room-modern")] * 300
    _, for_ten = calls_of(distinct, wanted[:10], ".jpg")
    others = [Wanted("a-2.jpg"), Wanted("a.jpg"), Wanted("A.jpg"), Wanted("a.jpg")]
    names, for_all = calls_of(distinct, [*wanted, *others], ".jpg")
    assert for_all < 1.5 * for_ten * len(names) / 10
    assert len({folded(name) for name in names}) == len(names)
    assert names[-4:] == ["a-2.jpg", "a.jpg", "A-3.jpg", "a-4.jpg"]
