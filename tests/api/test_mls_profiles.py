"""Files for a listing service: as it wants them, with what it wants said of them."""

import zipfile
from io import BytesIO

import aiohttp
import numpy as np
import pytest
from PIL import Image

from harness.service import jpeg
from realstaging.domains.staging import renditions
from realstaging.imaging import encode, metadata, mls_profiles
from realstaging.imaging.metadata import DigitalSourceType
from realstaging.sandbox.oidc import PEOPLE
from realstaging.storage import NoSuchFile
from tests.api.test_archives import until_over
from tests.domains.files.test_check import made_ready

# Steps of 256 by which a corner is darker below words; by which a JPEG differs from another of the same picture.
SEEN, NOISE = 60, 20


def picture(width=1800, height=1200):
    """What every result has for listing services, and what it says of itself."""
    pixels = np.full((height, width, 3), 200, np.uint8)
    said = metadata.told(DigitalSourceType.COMPOSITE_SYNTHETIC, creator_tool="Real Staging", description="Staged.")
    return encode.jpeg(pixels, 92, told=said)


async def fetched(url):
    async with aiohttp.ClientSession() as browser, browser.get(url) as answer:
        assert answer.status == 200
        return Image.open(BytesIO(await answer.read()))


def words_in(picture, plain):
    """How much darker the lower left corner is than the same corner without words, and the upper right."""
    one, other = np.asarray(picture.convert("L"), float), np.asarray(plain.convert("L"), float)
    return [float(np.abs(one[part] - other[part]).max()) for part in (np.s_[-8:, :8], np.s_[:60, -60:])]


async def test_downloads_for_the_mls_are_as_the_profile_wants_them(service, ada):
    project = await ada.project()
    [staging] = await ada.stage(await ada.photo(project, jpeg(1800, 1200), name="living.jpg"))
    await made_ready(service.platform, staging)
    await service.platform.storage.put(f"results/{staging['id']}/made/mls.jpg", picture(), "image/jpeg")
    address = f"stagings/{staging['id']}"
    links = await ada.ask("GET", f"{address}/links")
    said = links["mls_disclosure"]
    assert (said["profile"], said["labelled"], said["caption"]) == ("default", False, "Virtually staged")
    assert "/mls.jpg" in links["mls"]
    plain = await fetched(links["mls"])
    assert plain.size == (1800, 1200)
    # Named, it is what is asked for.
    links = await ada.ask("GET", f"{address}/links", params={"mls_profile": "nwmls"})
    assert (links["mls_width"], links["mls_height"], links["mls_disclosure"]["second_hand"]) == (1600, 1067, True)
    smaller = await fetched(links["mls"])
    assert smaller.size == (1600, 1067)
    assert smaller.info["xmp"] == plain.info["xmp"]
    assert b"compositeSynthetic" in smaller.info["xmp"]
    wrong = await ada.ask("GET", f"{address}/links", 422, params={"mls_profile": "atlantis"})
    assert "There is no MLS profile of this name" in wrong["detail"]
    # Preferred, it is what is given where none is named: by links, by the way straight to the file, and in a ZIP.
    told = await ada.ask("PATCH", "me/profile", 422, json={"preferences": {"mls_profile": "atlantis"}})
    assert told["errors"][0]["key"] == "preferences.mls_profile"
    await ada.ask("PATCH", "me/profile", json={"preferences": {"mls_profile": "bay_east"}})
    links = await ada.ask("GET", f"{address}/links")
    said = links["mls_disclosure"]
    assert (said["profile"], said["labelled"], said["original"]) == ("bay_east", True, "after")
    labelled = await fetched(links["mls"])
    corner, elsewhere = words_in(labelled, plain)
    assert (corner > SEEN, elsewhere < NOISE) == (True, True)
    async with ada.session.get(f"{address}/download", params={"format": "mls"}, allow_redirects=False) as answer:
        assert answer.headers["Location"].split("?")[0] == links["mls"].split("?")[0]
    stored = await service.platform.storage.list(f"results/{staging['id']}/")
    assert sum("/mls-" in key for key in stored) == 2, "made once, kept with the result"
    async with service.working():
        packed = []
        for body in ({"files": "mls"}, {"files": "mls", "mls_profile": "default"}):
            archive = await until_over(ada, await ada.ask("POST", f"projects/{project['id']}/archives", 201, json=body))
            async with aiohttp.ClientSession() as browser, browser.get(archive["url"]) as answer:
                [name] = (files := zipfile.ZipFile(BytesIO(await answer.read()))).namelist()
            packed.append(Image.open(BytesIO(files.read(name))))
        corners = [words_in(one, plain)[0] for one in packed]
        assert (corners[0] > SEEN, corners[1] < NOISE) == (True, True)
        # They go with the result.
        await ada.ask("DELETE", address, 204)
        await service.jobs_done()
    assert await service.platform.storage.list(f"results/{staging['id']}/") == []
    async with service.signed_in(PEOPLE[1]) as stranger:
        await stranger.ask("GET", f"{address}/links", 404, params={"mls_profile": "nwmls"})


async def test_the_size_told_is_the_files_of_a_photo_that_was_made_smaller_before(service, ada):
    """1600 of 3000 x 2000 would be 1067 high; the file is made of the one for all services, which is 2048 x 1365."""
    [staging] = await ada.stage(await ada.photo(await ada.project(), jpeg(3000, 2000)))
    await made_ready(service.platform, staging)
    await service.platform.storage.put(f"results/{staging['id']}/made/mls.jpg", picture(2048, 1365), "image/jpeg")
    links = await ada.ask("GET", f"stagings/{staging['id']}/links", params={"mls_profile": "nwmls"})
    assert (links["mls_width"], links["mls_height"]) == (await fetched(links["mls"])).size == (1600, 1066)


@pytest.mark.parametrize("change", ["state = 'withdrawn'", "deleted_at = now()"])
async def test_no_file_is_made_of_a_picture_that_is_gone_by_then(service, ada, change):
    platform = service.platform
    [staging] = await ada.stage(await ada.photo(await ada.project()))
    await made_ready(platform, staging)
    result_key = f"results/{staging['id']}/made"
    await platform.storage.put(f"{result_key}/mls.jpg", picture(), "image/jpeg")
    await platform.database.execute(f"update stagings set {change}")
    with pytest.raises(NoSuchFile):
        await renditions.for_mls(platform, result_key, mls_profiles.chosen("nwmls"))
    assert [key for key in await platform.storage.list(result_key) if "/mls-" in key] == []
