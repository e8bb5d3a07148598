"""Why a plan came out as it did: the reading over the photo, plans from above, scores term by term, refusals by rule."""

from realstaging.engines.local.explain.page import explained, is_ours, picture_of

__all__ = ["explained", "is_ours", "picture_of"]
