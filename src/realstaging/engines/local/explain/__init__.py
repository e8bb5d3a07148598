"""Why a plan came out as it did: the reading over the photo, plans from above, scores term by term, refusals by rule."""

from realstaging.engines.local.explain.page import explained, picture_of

__all__ = ["explained", "picture_of"]
