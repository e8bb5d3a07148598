"""The API's changes are found, and those that break programs told apart."""

import copy
import importlib.machinery
import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
loader = importlib.machinery.SourceFileLoader("api_changes", str(ROOT / "scripts/api_changes"))
api_changes = importlib.util.module_from_spec(importlib.util.spec_from_loader("api_changes", loader))
loader.exec_module(api_changes)
RELEASED = json.loads((ROOT / "sdk/api/released.json").read_text())
STAGE = "/api/v1/stagings"


def changed(change):
    """(breaking lines, others) of a copy of the released description that was changed."""
    after = copy.deepcopy(RELEASED)
    change(after["components"]["schemas"], after["paths"])
    found = api_changes.found(RELEASED, after)
    return [one.line for one in found if one.breaking], [one.line for one in found if not one.breaking]


def test_nothing_changed_is_nothing_told():
    assert changed(lambda schemas, paths: None) == ([], [])


def setting(name, key, value):
    def change(schemas, paths):
        schemas[name]["properties"][key] = value

    return change


BREAKING = {
    "GET /api/v1/usage: is gone": lambda schemas, paths: paths.pop("/api/v1/usage"),
    "Staging: `seed` is gone": lambda schemas, paths: schemas["Staging"]["properties"].pop("seed"),
    "NewStaging (asked): `seed` is gone": lambda schemas, paths: schemas["NewStaging"]["properties"].pop("seed"),
    "NewProject (asked): `address` is new and required": lambda schemas, paths: (
        schemas["NewProject"]["properties"].update(address={"type": "string"}),
        schemas["NewProject"]["required"].append("address"),
    ),
    "Staging `seed`: is string, was integer": setting("Staging", "seed", {"type": "string"}),
    "Staging `seed`: is integer or null, was integer": setting(
        "Staging", "seed", {"anyOf": [{"type": "integer"}, {"type": "null"}]}
    ),
    "NewProject (asked) `name`: maxLength is 60, was 120": lambda schemas, paths: schemas["NewProject"]["properties"][
        "name"
    ].update(maxLength=60),
    "RoomType (asked): the value `kitchen` is gone": lambda schemas, paths: schemas["RoomType"]["enum"].remove(
        "kitchen"
    ),
    f"GET {STAGE}/{{staging_id}} 200: is not answered any more": lambda schemas, paths: paths[STAGE + "/{staging_id}"][
        "get"
    ]["responses"].pop("200"),
    "GET /api/v1/projects: the query parameter `year` is new and required": lambda schemas, paths: paths[
        "/api/v1/projects"
    ]["get"]["parameters"].append({"in": "query", "name": "year", "required": True, "schema": {"type": "integer"}}),
    "GET /api/v1/projects ?limit: maximum is 10, was 100": lambda schemas, paths: next(
        one for one in paths["/api/v1/projects"]["get"]["parameters"] if one["name"] == "limit"
    )["schema"].update(maximum=10),
}
HARMLESS = {
    "GET /api/v1/sofas: is new": lambda schemas, paths: paths.update({"/api/v1/sofas": paths["/api/v1/usage"]}),
    "Staging: `sofa` is new": setting("Staging", "sofa", {"type": "string"}),
    "NewStaging (asked): `sofa` is new": setting("NewStaging", "sofa", {"type": "string", "default": ""}),
    "RoomType (asked): the value `attic` is new": lambda schemas, paths: schemas["RoomType"]["enum"].append("attic"),
    "NewProject (asked) `name`: maxLength is 200, was 120": lambda schemas, paths: schemas["NewProject"]["properties"][
        "name"
    ].update(maxLength=200),
    "GET /api/v1/usage: is deprecated": lambda schemas, paths: paths["/api/v1/usage"]["get"].update(deprecated=True),
}


@pytest.mark.parametrize("line", BREAKING)
def test_what_breaks_programs_is_told_as_that(line):
    assert line in changed(BREAKING[line])[0]


@pytest.mark.parametrize("line", HARMLESS)
def test_what_breaks_none_is_told_too(line):
    breaking, others = changed(HARMLESS[line])
    assert breaking == []
    assert line in others
