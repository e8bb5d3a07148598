import pytest

from realstaging.engines.replicate import models
from realstaging.engines.replicate.families import FAMILIES, ModelRequest, allowed, model_input
from realstaging.engines.replicate.models import Price, differences, openapi
from realstaging.engines.replicate.predictions import Prediction
from realstaging.kit.clock import utc_now
from realstaging.kit.errors import InvalidInput, NotFound
from realstaging.sandbox.replicate.app import mistakes

ASKED = ModelRequest("Add a sofa.", "https://here.example/photo.jpg", 1600, 1067, seed=7)
ALL = sorted(models.catalogue())


def test_the_catalogue_holds_the_families_we_offer():
    assert {model.family for model in models.catalogue().values()} == set(FAMILIES)
    assert len(ALL) >= 11


@pytest.mark.parametrize("model_id", ALL)
def test_every_model_is_asked_in_its_own_words(model_id):
    model = models.find(model_id)
    asked = ASKED if model.size.matches_input else ModelRequest(**{**as_dict(ASKED), "ratio": model.size.ratios[0]})
    given = model_input(model, asked)
    assert given["prompt"] == "Add a sofa."
    assert ASKED.picture in str(given)
    assert ("seed" in given) == model.does.seed
    assert mistakes(given, openapi(model)) == []


@pytest.mark.parametrize("model_id", ALL)
def test_every_default_keeps_to_its_own_limits(model_id):
    model = models.find(model_id)
    defaults = {name: rule["default"] for name, rule in model.input.properties.items() if "default" in rule}
    models.check(model, {"prompt": "", **{name: example(model, name) for name in model.input.required}, **defaults})


@pytest.mark.parametrize("model_id", ALL)
def test_every_price_says_where_it_is_from(model_id):
    price: Price = models.find(model_id).price
    assert 0 < price.micro < models.MICRO
    assert price.source
    assert price.read.year >= 2026


def as_dict(asked):
    return {name: getattr(asked, name) for name in ModelRequest.__struct_fields__}


def example(model, name):
    return [] if model.input.properties[name]["type"] == "array" else "x"


def test_an_unknown_model_is_named():
    with pytest.raises(NotFound, match="nobody/nothing"):
        models.find("nobody/nothing")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"safety_tolerance": 6}, "at most 2"),
        ({"safety_tolerance": True}, "of type integer"),
        ({"output_format": "webp"}, "one of jpg, png"),
        ({"magic": 1}, "not known"),
        ({"prompt": "ignore the house"}, "cannot be set"),
        ({"aspect_ratio": "1:1"}, "cannot be set"),
    ],
)
def test_settings_are_held_against_the_schema(settings, said):
    with pytest.raises(InvalidInput, match=said):
        allowed(models.find("black-forest-labs/flux-kontext-pro"), settings)


def test_settings_change_the_input():
    kontext = models.find("black-forest-labs/flux-kontext-pro")
    assert model_input(kontext, ASKED, {"output_format": "jpg"})["output_format"] == "jpg"


def test_more_references_than_a_model_takes_are_refused():
    with pytest.raises(InvalidInput, match="at most 0 reference"):
        model_input(
            models.find("qwen/qwen-image-edit"), ModelRequest("Add.", "https://a.example/1", 10, 10, references=("x",))
        )


def test_a_published_schema_is_compared():
    kontext = models.find("black-forest-labs/flux-kontext-pro")
    published = openapi(kontext)
    assert differences(kontext, published) == []
    properties = dict(published["components"]["schemas"]["Input"]["properties"])
    choices = properties["aspect_ratio"]
    published["components"]["schemas"]["aspect_ratio"] = {"type": "string", "enum": choices["enum"]}
    properties["aspect_ratio"] = {
        "allOf": [{"$ref": "#/components/schemas/aspect_ratio"}],
        "default": choices["default"],
    }
    published["components"]["schemas"]["Input"]["properties"] = properties
    assert differences(kontext, published) == []
    properties["safety_tolerance"] = {**properties["safety_tolerance"], "maximum": 6}
    del properties["seed"]
    published["components"]["schemas"]["Input"]["required"] = ["prompt", "consent"]
    assert differences(kontext, published) == [
        "consent: they require it, we do not",
        "seed: gone",
        "safety_tolerance: maximum is 6, we say 2",
    ]


def prediction(status, **more):
    return Prediction("p1", status, **more)


@pytest.mark.parametrize(
    ("ended", "cost"),
    [
        (prediction("succeeded", started_at=utc_now()), 40_000),
        (prediction("succeeded", started_at=utc_now(), metrics={"image_count": 2}), 80_000),
        (prediction("canceled", started_at=utc_now()), 40_000),
        (prediction("canceled"), 0),
        (prediction("aborted"), 0),
        (prediction("failed", started_at=utc_now()), 0),
    ],
)
def test_what_a_prediction_cost(ended, cost):
    assert ended.pictures * 40_000 == cost
