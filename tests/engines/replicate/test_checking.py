from realstaging.engines.replicate import models
from realstaging.engines.replicate.checking import compare

KONTEXT, QWEN = models.find("black-forest-labs/flux-kontext-pro"), models.find("qwen/qwen-image-edit")


async def test_what_replicate_publishes_is_held_against_the_catalogue(wire):
    changed = models.openapi(KONTEXT)
    properties = changed["components"]["schemas"]["Input"]["properties"]
    changed["components"]["schemas"]["Input"]["properties"] = {**properties, "seed": {"type": "string"}}
    wire.sandbox._models = {QWEN.id: models.openapi(QWEN), KONTEXT.id: changed}
    assert await compare(wire.client, QWEN) == []
    assert await compare(wire.client, KONTEXT) == [
        "seed: type is string, we say integer",
        "seed: minimum is None, we say 0",
        "seed: maximum is None, we say 2147483647",
    ]
    assert await compare(wire.client, models.find("google/nano-banana")) == ["Replicate does not know it (status 404)"]
