"""Offices: projects are searched, ordered and put away; photos are moved and deleted together."""

import asyncio

import pytest

from realstaging.sandbox.oidc import PEOPLE


async def names(ada, **asked):
    return [project["name"] for project in (await ada.ask("GET", "projects", params=asked))["items"]]


async def test_projects_are_found_by_a_part_of_their_name_and_ordered(ada):
    for name in ("oak lane 3", "12 Elm Street", "Elm Court", "100 % Loft_A"):
        await ada.project(name)
    assert await names(ada) == ["100 % Loft_A", "Elm Court", "12 Elm Street", "oak lane 3"]
    assert await names(ada, order="name") == ["100 % Loft_A", "12 Elm Street", "Elm Court", "oak lane 3"]
    assert await names(ada, search=" eLM ", order="name") == ["12 Elm Street", "Elm Court"]
    assert await names(ada, search="%") == ["100 % Loft_A"]
    assert await names(ada, search="t_A") == ["100 % Loft_A"]
    assert await names(ada, search="xyz") == []
    await ada.ask("GET", "projects", 422, params={"search": "x" * 121})
    await ada.ask("GET", "projects", 422, params={"order": "colour"})


@pytest.mark.parametrize("order", ["newest", "name"])
async def test_every_project_is_on_one_page_of_the_list(ada, order):
    """Names that are alike come one after the other, none twice."""
    for name in ("b", "A", "a", "a", "C"):
        await ada.project(name)
    seen, cursor = [], None
    while True:
        asked = {"limit": 2, "order": order, **({"cursor": cursor} if cursor else {})}
        page = await ada.ask("GET", "projects", params=asked)
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len({project["id"] for project in seen}) == len(seen) == 5
    if order == "name":
        assert [project["name"].lower() for project in seen] == ["a", "a", "a", "b", "c"]


async def test_a_project_is_put_away_and_brought_back_and_keeps_its_name(ada):
    project = await ada.project("Elm")
    away = await ada.ask("PATCH", f"projects/{project['id']}", json={"archived": True})
    assert (away["name"], away["archived"]) == ("Elm", True)
    assert await names(ada) == []
    assert await names(ada, archived="true") == ["Elm"]
    assert (await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "Elm 2"}))["archived"] is True
    await ada.photo(project)
    assert (await ada.ask("PATCH", f"projects/{project['id']}", json={"archived": False}))["archived"] is False
    assert await names(ada) == ["Elm 2"]
    for body in ({"archived": None}, {"name": None}, {"archived": "yes"}):
        await ada.ask("PATCH", f"projects/{project['id']}", 422, json=body)


async def figures(ada, project):
    shown = await ada.ask("GET", f"projects/{project['id']}")
    return shown["photo_count"], shown["ready_count"], bool(shown["cover_url"])


async def test_photos_move_with_everything_that_was_made_of_them(service, ada):
    one, other = await ada.project("one"), await ada.project("other")
    photo, stays = await ada.photo(one), await ada.photo(one)
    async with service.working():
        [staging] = await ada.stage(photo)
        await ada.until(staging, "ready")
        await service.jobs_done()
    body = {"photo_ids": [photo["id"], photo["id"]], "project_id": other["id"]}
    await ada.ask("POST", "photos/moves", 204, json=body)
    await ada.ask("POST", "photos/moves", 204, json=body)
    assert await figures(ada, one) == (1, 0, True)
    assert await figures(ada, other) == (1, 1, True)
    left = await ada.ask("GET", f"projects/{one['id']}/gallery")
    assert [shown["id"] for shown in left["photos"]] == [stays["id"]]
    gallery = await ada.ask("GET", f"projects/{other['id']}/gallery")
    [shown] = gallery["photos"]
    assert [item["id"] for item in shown["stagings"]] == [staging["id"]]
    assert shown["project_id"] == shown["stagings"][0]["project_id"] == other["id"]
    told = await service.platform.database.fetch("select data from events where kind = 'photo.moved'")
    assert [(row["data"]["from_project_id"], row["data"]["photo"]["project_id"]) for row in told] == [
        (one["id"], other["id"])
    ]


async def test_photos_move_all_or_none_and_only_ones_own(service, ada):
    one, other = await ada.project(), await ada.project()
    photo, gone = await ada.photo(one), await ada.photo(one)
    await ada.ask("DELETE", f"photos/{gone['id']}", 204)
    async with service.signed_in(PEOPLE[1]) as stranger:
        theirs = await stranger.project()
        await stranger.ask("POST", "photos/moves", 404, json={"photo_ids": [photo["id"]], "project_id": theirs["id"]})
        await stranger.ask("POST", "photos/deletions", 404, json={"photo_ids": [photo["id"]]})
        refused = {"photo_ids": [photo["id"]], "project_id": theirs["id"]}
        await ada.ask("POST", "photos/moves", 404, json=refused)
    both = [photo["id"], gone["id"]]
    answer = await ada.ask("POST", "photos/moves", 404, json={"photo_ids": both, "project_id": other["id"]})
    assert answer["detail"] == "1 of these photos are not there any more."
    await ada.ask("POST", "photos/deletions", 404, json={"photo_ids": both})
    assert await figures(ada, one) == (1, 0, True)
    await ada.ask("POST", "photos/moves", 422, json={"photo_ids": [], "project_id": other["id"]})
    await ada.ask("POST", "photos/moves", 422, json={"photo_ids": [photo["id"]] * 501, "project_id": other["id"]})


async def test_photos_are_deleted_together(service, ada):
    project = await ada.project()
    several = [await ada.photo(project) for _ in range(3)]
    async with service.working():
        [staging] = await ada.stage(several[0])
        await ada.until(staging, "ready")
        await ada.ask("POST", "photos/deletions", 204, json={"photo_ids": [photo["id"] for photo in several[:2]]})
        await service.jobs_done()
    assert await figures(ada, project) == (1, 0, True)
    assert not await service.platform.storage.list(f"results/{staging['id']}/")


async def test_five_hundred_photos_are_moved_and_deleted_in_one_request_each(service, ada):
    one, other = await ada.project(), await ada.project()
    photo = await ada.photo(one)
    await service.platform.database.execute(
        """insert into photos (id, project_id, original_id, name)
           select gen_random_uuid(), project_id, original_id, 'photo ' || number from photos, generate_series(1, 499) as number
           where id = $1""",
        photo["id"],
    )
    rows = await service.platform.database.fetch("select id::text from photos")
    ids = [row["id"] for row in rows]
    assert len(ids) == 500
    await ada.ask("POST", "photos/moves", 204, json={"photo_ids": ids, "project_id": other["id"]})
    assert [(await figures(ada, project))[0] for project in (one, other)] == [0, 500]
    await ada.ask("POST", "photos/deletions", 204, json={"photo_ids": ids})
    assert (await figures(ada, other))[0] == 0


async def test_moves_in_opposite_directions_and_new_stagings_end(service, ada):
    """Photos of two projects change places while more is asked of them: nobody waits for ever, nothing is counted wrongly."""
    one, other = await ada.project(), await ada.project()
    first, second = await ada.photo(one), await ada.photo(other)
    for _ in range(5):
        await asyncio.gather(
            ada.ask("POST", "photos/moves", 204, json={"photo_ids": [first["id"]], "project_id": other["id"]}),
            ada.ask("POST", "photos/moves", 204, json={"photo_ids": [second["id"]], "project_id": one["id"]}),
            ada.stage(first, ["modern"]),
            ada.stage(second, ["coastal"]),
        )
        one, other = other, one
    apart = await service.platform.database.fetchval(
        "select count(*) from stagings join photos on photos.id = photo_id where stagings.project_id <> photos.project_id"
    )
    assert apart == 0
    assert {(await figures(ada, project))[0] for project in (one, other)} == {1}
