"""A person's profile: changed by what is named, told apart by its ETag, with a photo that is nobody else's."""

from io import BytesIO
from pathlib import Path

import aiohttp
import pytest
from PIL import ExifTags, Image

from realstaging.domains.accounts import profile_rules as rules
from realstaging.sandbox.oidc import PEOPLE
from tests.api.test_keys import bearing, made
from tests.offices import asking

WEB = Path(__file__).parents[2] / "web" / "src"
BERLIN = {"line1": "Torstraße 1", "postal_code": "10119", "city": "Berlin", "country": "DE"}
MERGE = {"Content-Type": "application/merge-patch+json"}
NOTHING = {
    "default_room_type": None,
    "default_styles": [],
    "default_engine": None,
    "mls_profile": None,
    "language": "en",
    "time_zone": "UTC",
    "theme": "system",
}


async def tagged(caller, method="GET", path="me/profile", **more):
    async with caller.session.request(method, path, **more) as answer:
        return answer.status, answer.headers.get("ETag"), await answer.json(content_type=None)


def test_a_merge_patch_is_applied_as_the_rfc_says():
    """RFC 7396, appendix A."""
    for target, patch, result in (
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ):
        assert rules.merged(target, patch) == result


def test_countries_and_time_zones_are_those_there_are():
    assert len(rules.countries()) > 240
    assert {"US", "DE", "TW"} <= rules.countries()
    assert {"America/New_York", "Europe/Berlin", "UTC"} <= rules.time_zones()
    offered = (WEB / "features" / "profile" / "countries.ts").read_text().split("`")[1]
    assert set(offered.split()) == rules.countries()


async def test_what_is_named_is_changed_and_nothing_else(ada):
    status, tag, profile = await tagged(ada)
    assert (status, tag) == (200, '"0"')
    assert (profile["name"], profile["email"], profile["preferences"]) == ("Ada Agent", "ada@example.com", NOTHING)
    await ada.ask("PATCH", "me/profile", json={"company": "Elm Homes", "billing_address": BERLIN})
    await ada.ask("PATCH", "me/profile", json={"phone": "+49 30 123456", "preferences": {"theme": "dark"}})
    await ada.ask(
        "PATCH",
        "me/profile",
        json={"billing_address": {"line2": "2. Hof"}, "preferences": {"default_styles": ["coastal"]}},
    )
    _, tag, profile = await tagged(ada)
    assert tag == '"3"'
    assert (profile["company"], profile["phone"]) == ("Elm Homes", "+49 30 123456")
    assert profile["billing_address"] == {**BERLIN, "line2": "2. Hof", "region": None}
    assert profile["preferences"] == {**NOTHING, "theme": "dark", "default_styles": ["coastal"]}
    # Null empties, at every depth, and leaves all else.
    changes = {"company": None, "billing_address": {"line2": None}, "preferences": {"theme": None}}
    status, _, profile = await tagged(
        ada,
        "PATCH",
        data=b'{"company":null,"billing_address":{"line2":null},"preferences":{"theme":null}}',
        headers=MERGE,
    )
    assert (status, changes["company"], profile["company"]) == (200, None, None)
    assert profile["billing_address"] == {**BERLIN, "line2": None, "region": None}
    assert profile["preferences"] == {**NOTHING, "default_styles": ["coastal"]}
    # Nothing named, and the same again, is no change.
    assert (await tagged(ada, "PATCH", json={}))[1] == '"4"'
    assert (await tagged(ada, "PATCH", json={"phone": "+49 30 123456"}))[1] == '"4"'
    await ada.ask("PATCH", "me/profile", json={"billing_address": None})
    assert (await ada.ask("GET", "me/profile"))["billing_address"] is None


async def test_a_name_is_the_persons_own_from_then_on(service, ada):
    await ada.ask("PATCH", "me/profile", json={"name": "  Ada K. Agent "})
    assert (await ada.ask("GET", "me"))["name"] == "Ada K. Agent"
    async with service.signed_in() as again:
        assert (await again.ask("GET", "me/profile"))["name"] == "Ada K. Agent"
    entries = (await ada.ask("GET", "audit?action=profile.changed"))["items"]
    assert [entry["details"] for entry in entries] == [{"fields": ["name"]}]


async def test_two_windows_do_not_overwrite_each_other(ada):
    await ada.ask("PATCH", "me/profile", json={"company": "One"})
    status, _, told = await tagged(ada, "PATCH", json={"company": "Two"}, headers={"If-Match": '"0"'})
    assert (status, told["code"]) == (412, "changed")
    assert "Get it again" in told["detail"]
    for match in ('W/"1"', "1", '"7", "9"'):
        assert (await tagged(ada, "PATCH", json={"company": "Two"}, headers={"If-Match": match}))[0] == 412
    assert (await ada.ask("GET", "me/profile"))["company"] == "One"
    for match, tag in (('"1"', '"2"'), ('"9", "2"', '"3"'), ("*", '"4"')):
        given = {"company": f"Three of {tag}"}
        assert (await tagged(ada, "PATCH", json=given, headers={"If-Match": match}))[:2] == (200, tag)


async def test_everything_that_is_wrong_is_told_by_its_field(ada):
    bad = {
        "name": None,
        "phone": "call me",
        "billing_address": {"city": "Berlin", "country": "ZZ"},
        "preferences": {
            "default_engine": "magic",
            "language": "de",
            "time_zone": "Mars/Base",
            "default_styles": ["modern", "modern"],
        },
    }
    told = await ada.ask("PATCH", "me/profile", 422, json=bad)
    assert {error["key"]: error["source"] for error in told["errors"]} == dict.fromkeys(
        (
            *("name", "phone", "billing_address.line1", "billing_address.country", "preferences.default_engine"),
            *("preferences.language", "preferences.time_zone", "preferences.default_styles"),
        ),
        "body",
    )
    english = next(error["message"] for error in told["errors"] if error["key"] == "preferences.language")
    assert english == "Only English (en) is offered so far."
    for wrong, key in (
        ({"nickname": "A"}, None),
        ({"billing_address": {"country": "Germany"}}, "billing_address.country"),
        ({"preferences": {"theme": "pink"}}, "preferences.theme"),
        ({"company": "a\nb"}, "company"),
        ({"email": "other@example.com"}, None),
        ([], None),
    ):
        told = await ada.ask("PATCH", "me/profile", 422, json=wrong)
        assert told["errors"][0].get("key") == key, wrong
    several = {
        "name": "",
        "phone": 5,
        "company": "fine",
        "billing_address": {"city": 1, "country": "Germany"},
        "preferences": {"theme": "pink", "default_styles": ["modern", "rococo"], "time_zone": "UTC"},
    }
    told = await ada.ask("PATCH", "me/profile", 422, json=several)
    assert {error["key"] for error in told["errors"]} == {
        *("name", "phone", "billing_address.city", "billing_address.country", "preferences.theme"),
        "preferences.default_styles[1]",
    }
    assert (await tagged(ada))[1] == '"0"'
    # Emptied field by field, an address is none.
    await ada.ask("PATCH", "me/profile", json={"billing_address": BERLIN})
    emptied = await ada.ask("PATCH", "me/profile", json={"billing_address": dict.fromkeys(BERLIN)})
    assert emptied["billing_address"] is None
    async with ada.session.patch("me/profile", data=b"{}", headers={"Content-Type": "text/plain"}) as answer:
        assert answer.status == 415
    async with ada.session.patch("account", data=b"{}", headers=MERGE) as answer:
        assert answer.status == 415


async def test_preferences_are_told_and_applied_where_nothing_is_named(service, ada):
    photo = await ada.photo(await ada.project())

    async def asked(caller, **more):
        item = {"photo_id": photo["id"], "room_type": "bedroom", **more}
        async with caller.session.post("stagings", json={"items": [item]}) as answer:
            return (await answer.json())["items"][0]

    refused = await asked(ada)
    assert "at least one style" in refused["error"]["message"]
    chosen = {"default_room_type": "bedroom", "default_styles": ["coastal", "modern"], "default_engine": "replicate"}
    await ada.ask("PATCH", "me/profile", json={"preferences": chosen})
    assert (await ada.ask("GET", "me"))["preferences"] == {**NOTHING, **chosen}

    # The engine they prefer does not run here: it is what was asked for all the same.
    assert (await asked(ada))["error"]["code"] == "unknown_engine"
    found = await asked(ada, engine="local")
    assert [one["style"] for one in found["stagings"]] == ["coastal", "modern"]
    item = {"photo_id": photo["id"], "room_type": "bedroom", "engine": "local"}
    assert (await ada.ask("POST", "stagings/quote", json={"items": [item]}))["pictures"] == 2
    assert [one["style"] for one in (await asked(ada, engine="local", styles=["luxury"]))["stagings"]] == ["luxury"]
    # A key is nobody's: what a person prefers is nothing to it.
    _, secret = await made(ada, scopes=["read", "upload", "stage"])
    async with bearing(service, secret) as program:
        assert (await asked(program, styles=["modern"]))["stagings"][0]["engine"] == "local"
        assert (await asked(program))["error"]["code"] == "invalid_input"
        await program.ask("GET", "me/profile", 403)


def picture(width=600, height=400):
    """A photo that says where it was taken, red in the middle and blue at the sides."""
    image = Image.new("RGB", (width, height), (0, 0, 255))
    image.paste((255, 0, 0), (width // 2 - height // 2, 0, width // 2 + height // 2, height))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Secret Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    data = BytesIO()
    image.save(data, "JPEG", exif=exif, quality=95)
    return data.getvalue()


async def test_a_photo_is_a_small_square_of_nothing_but_pixels_for_its_owner_alone(service, ada):
    assert (await ada.ask("GET", "me/profile"))["photo_url"] is None
    await ada.ask("GET", "me/profile/photo", 404)
    sent = picture()
    assert b"Secret Camera" in sent
    profile = await ada.ask("PUT", "me/profile/photo", data=sent, headers={"Content-Type": "image/jpeg"})
    assert profile["photo_url"].startswith("/api/v1/me/profile/photo?v=")
    assert (await ada.ask("GET", "me"))["photo_url"] == profile["photo_url"]
    async with ada.session.get(service.url + profile["photo_url"]) as answer:
        kept = await answer.read()
        assert (answer.status, answer.content_type) == (200, "image/webp")
        assert answer.headers["Cache-Control"].startswith("private")
    image = Image.open(BytesIO(kept))
    assert (image.size, image.format, dict(image.getexif())) == ((256, 256), "WEBP", {})
    assert b"Secret" not in kept
    red, _, blue = image.convert("RGB").getpixel((4, 128))
    assert (red > 200, blue < 60) == (True, True)
    async with asking(service, PEOPLE[1]) as paul:
        await paul.ask("GET", profile["photo_url"].removeprefix("/api/v1/"), 404)
    async with aiohttp.ClientSession() as nobody, nobody.get(service.url + profile["photo_url"]) as answer:
        assert answer.status == 401
    for bad, status, code in (
        (b"no picture", 422, "bad_photo"),
        (b"", 422, "bad_photo"),
        (sent[:2000], 422, "bad_photo"),
    ):
        assert (await ada.ask("PUT", "me/profile/photo", status, data=bad))["code"] == code
    assert (await ada.ask("GET", "me/profile"))["photo_url"] == profile["photo_url"]
    await ada.ask("DELETE", "me/profile/photo")
    await ada.ask("GET", "me/profile/photo", 404)


@pytest.mark.parametrize("size", [12_000_001])
async def test_a_photo_too_large_is_refused_before_it_is_read(ada, size):
    assert (await ada.ask("PUT", "me/profile/photo", 413, data=b"\0" * size))["code"] == "too_large"
