"""An engine that gives a plan of a room, as the one that computes does, without the time it takes."""

from contextlib import asynccontextmanager

import msgspec

from harness.service import RectangleEngine, service
from tests.journeys.conftest import DIST


def placed(piece, x, y, z=0.0):
    return {"piece": piece, "style": "modern", "seed": 1, "x": x, "y": y, "z": z, "rotation": 0.0}


def size(label, mount, width, depth, height):
    return {"label": label, "mount": mount, "width": width, "depth": depth, "height": height}


PLAN = {
    "room_type": "living_room",
    "style": "modern",
    "seed": 1,
    "score": 1.0,
    "pieces": [placed("sofa", 0.0, 3.2), placed("table", 0.0, 1.6), placed("lamp", 0.2, 1.6, 0.4)],
    "furniture": {
        "sofa": size("Sofa", "floor", 2.0, 0.9, 0.8),
        "table": size("Coffee table", "floor", 1.2, 0.6, 0.4),
        "lamp": size("Table lamp", "surface", 0.2, 0.2, 0.4),
    },
    "room": {
        "x_min": -2.0,
        "x_max": 2.0,
        "y_min": -1.0,
        "y_max": 4.0,
        "ceiling": 2.6,
        "openings": [{"kind": "window", "from": [-1.0, 4.0], "to": [0.5, 4.0]}],
        "camera": {
            "rotation": [[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]],
            "height": 1.4,
            "focal": 300.0,
            "cx": 225.0,
            "cy": 150.0,
            "width": 450,
            "height_px": 300,
        },
        "seen": [[-1.5, 1.5], [-2.0, 2.5], [-2.0, 4.0], [2.0, 4.0], [2.0, 2.5], [1.5, 1.5]],
        "outline": [[0.0, 1.0], [0.0, 0.8], [0.25, 0.6], [0.75, 0.6], [1.0, 0.8], [1.0, 1.0]],
    },
    "corrections": None,
}


class PlanningEngine(RectangleEngine):
    """Gives a plan of a room, as the engine that computes does."""

    async def stage(self, photo, brief, accept, on_progress):
        staged = await super().stage(photo, brief, accept, on_progress)
        return msgspec.structs.replace(staged, plan=brief.plan or PLAN)


@asynccontextmanager
async def planning_service(folder, database_url, redis_url, **others):
    """The service with an engine that plans, and ``others`` by name."""
    engine = PlanningEngine()

    def build(*_parts):
        return {"local": engine, **others}

    async with service(folder, database_url, redis_url, build_engines=build, web_folder=DIST) as running:
        running.engine = engine
        yield running
