"""The commands about paid models, each in a process of its own, against Replicate's stand-in."""

import json
import os
import pwd

import pytest
from PIL import Image

from harness.paid import stand_in
from realstaging.domains.billing.invariants_store import INVARIANTS
from realstaging.kit.ids import new_id
from realstaging.runtime.database import open_pool
from realstaging.sandbox.replicate.faults import Fault, Order
from tests.commands import command
from tests.engines.replicate.conftest import photo  # noqa: F401 - a fixture


@pytest.fixture
async def replicate():
    """The stand-in, and the environment that points to it."""
    async with stand_in() as (sandbox, origin):
        named = {"TOKEN": "r8_sandbox", "URL": f"{origin}/v1"}
        environment = {f"REPLICATE_API_{name}": value for name, value in named.items()}
        yield sandbox, environment | {"REPLICATE_OUTPUT_HOSTS": origin}


@pytest.mark.slow  # a process each, and a gate that computes
@pytest.mark.long
async def test_one_command_stages_by_a_paid_model(replicate, photo, tmp_path):  # noqa: F811
    sandbox, environment = replicate
    source, result = tmp_path / "room.jpg", tmp_path / "staged.png"
    source.write_bytes(photo)
    asked = ("stage", source, "--room", "living_room", "--style", "modern", "-o", result, "--engine", "replicate")
    code, said, _ = await command(*asked, "--json", **environment)
    assert code == 0
    assert json.loads(said)["engine"] == "replicate"
    with Image.open(result) as picture:
        assert picture.size == (450, 300)
    [prediction] = sandbox.predictions.values()
    assert prediction.input["input_image"].startswith("data:image/jpeg;base64,")

    sandbox.faults.order(Order(Fault.MODERATED, times=None))
    code, _, complained = await command(*asked, **environment)
    assert code == 1
    assert "sensitive" in complained


async def test_without_a_token_it_says_what_is_missing(tmp_path):
    asked = ("stage", tmp_path / "a.jpg", "--room", "kitchen", "--style", "modern", "-o", tmp_path / "b.jpg")
    code, _, complained = await command(*asked, "--engine", "replicate", REPLICATE_API_TOKEN="")
    assert code == 1
    assert "REPLICATE_API_TOKEN" in complained


async def test_models_are_listed_and_checked(replicate):
    _, environment = replicate
    code, said, _ = await command("admin", "models", "list")
    assert code == 0
    assert "US$" in said
    code, said, _ = await command("admin", "models", "check", **environment)
    assert code == 0, said
    assert "openai/gpt-image-1.5: as we know it" in said


async def test_an_operator_gives_credit_once_and_chooses_models(database_url, redis_url, tmp_path):
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "STORAGE_URL": (tmp_path / "files").as_uri(),
        "OIDC_ISSUER": "http://localhost:1",
    }
    database, account = await open_pool(database_url), new_id()
    await database.execute("insert into accounts (id, name) values ($1, 'Ada')", account)
    said = [
        (await command("admin", "grant", account, "7.50", "--reference", "apology", **environment))[1] for _ in range(2)
    ]
    assert [line.partition(" ")[0].strip() for line in said] == ["Given.", "This"]
    assert await database.fetchval("select available from ledger_accounts") == 7_500_000
    code, said, _ = await command("operate", "ledger", "check", **environment)
    assert (code, said.count(": holds\n")) == (0, len(INVARIANTS))
    await database.execute("update ledger_accounts set held = 5")
    code, said, _ = await command("operate", "ledger", "check", **environment)
    assert code == 1
    assert f"balances_are_their_entries: violated 1 times\n  {account}: available 7500000 and held 5" in said
    await database.execute("update ledger_accounts set held = 0")
    assert (await command("admin", "plan", account, "pro", **environment))[0] == 0
    assert await database.fetchval("select plan from ledger_accounts") == "pro"
    code, _, complained = await command("admin", "plan", new_id(), "pro", **environment)
    assert (code, "There is no account" in complained) == (1, True)
    code, _, complained = await command(
        "admin", "models", "default", "nobody/nothing", "--author", "ada", **environment
    )
    assert code == 1
    assert "There is no model nobody/nothing" in complained
    await command("admin", "models", "default", "google/nano-banana", "--author", "ada", **environment)
    row = await database.fetchrow("select chain, author from model_configurations")
    assert (row["chain"]["models"][0]["model"], row["author"]) == ("google/nano-banana", "ada")
    kontext = ("operate", "models", "set", "black-forest-labs/flux-kontext-pro", "--author", "ada")
    code, _, complained = await command(*kontext, "safety_tolerance=9", **environment)
    assert (code, "safety_tolerance must be at most" in complained) == (1, True)
    assert (await command(*kontext, "safety_tolerance=1", "output_format=png", **environment))[0] == 0
    code, shown, _ = await command("admin", "models", "show", **environment)
    assert json.loads(shown)["chain"]["models"] == ["google/nano-banana"]
    configured = {model["id"]: model["configuration"] for model in json.loads(shown)["models"]}
    assert configured == {
        "black-forest-labs/flux-kontext-pro": {"safety_tolerance": 1, "output_format": "png"},
        "google/nano-banana": {},
    }
    gpt = ("operate", "models", "set", "openai/gpt-image-1.5", "--author", "ada")
    code, _, complained = await command(*gpt, "openai_api_key=sk-1", **environment)
    assert (code, "use --secret openai_api_key" in complained) == (1, True)
    # Who did it is who is logged in, whatever they say of themselves.
    rows = await database.fetch("select * from audit_entries order by id")
    assert {(row["actor_kind"], row["actor_name"], row["device"]) for row in rows} == {
        ("operator", pwd.getpwuid(os.getuid()).pw_name, "command line")
    }
    assert [row["action"] for row in rows] == ["credit.granted", "plan.changed", "models.changed", "models.changed"]
    assert rows[0]["account_id"] == account
    await database.close()
