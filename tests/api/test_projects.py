async def test_a_project_is_made_renamed_and_deleted(ada):
    project = await ada.project("  12 Elm Street ")
    assert project["name"] == "12 Elm Street"
    renamed = await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "12 Elm St"})
    assert renamed["name"] == "12 Elm St"
    await ada.ask("DELETE", f"projects/{project['id']}", 204)
    await ada.ask("GET", f"projects/{project['id']}", 404)
    assert (await ada.ask("GET", "projects"))["items"] == []


async def test_a_list_is_read_page_by_page_newest_first(ada):
    for number in range(5):
        await ada.project(f"Listing {number}")
    names, cursor = [], None
    for _ in range(3):
        page = await ada.ask("GET", "projects", params={"limit": 2, **({"cursor": cursor} if cursor else {})})
        names += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert names == [f"Listing {number}" for number in (4, 3, 2, 1, 0)]
    assert cursor is None


async def test_bad_input_says_what_is_wrong(ada):
    for body in ({"name": ""}, {"name": "   "}, {"name": "x" * 121}, {}, {"name": 5}, {"name": "a", "colour": "red"}):
        answer = await ada.ask("POST", "projects", 422, json=body)
        assert answer["code"] == "invalid_input"
        assert answer["errors"]
    await ada.ask("GET", "projects", 422, params={"cursor": "not-one-of-ours"})
    await ada.ask("GET", "projects", 422, params={"limit": 1000})
