from msgspec.structs import replace

from realstaging.engines import catalog
from realstaging.engines.brief import RoomType
from realstaging.fidelity.report import Operation


class Declared:
    def __init__(self, name, **more):
        self.can = replace(catalog.abilities(name), **more)


def told():
    described = catalog.describe({"local": Declared("local"), "replicate": Declared("replicate", simulated=True)})
    return {engine["name"]: engine for engine in described["engines"]}


def test_engines_that_compute_add_furniture_by_plans_and_do_nothing_else():
    local = told()["local"]
    assert local["operations"] == (Operation.STAGE,)
    assert local["plans"] is True
    assert local["instructions"] is False


def test_engines_that_understand_words_remove_things_as_well():
    replicate = told()["replicate"]
    assert set(replicate["operations"]) == set(Operation)
    assert replicate["instructions"] is True
    assert replicate["plans"] is False
    assert set(replicate["room_types"]) == set(RoomType)
    assert replicate["label"] == "Replicate (simulation)"
