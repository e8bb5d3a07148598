"""Furnishing a room on paper: candidates by the rules of interior design, the best ones kept."""

from realstaging.engines.local.layout.plan import plan_room
from realstaging.engines.local.planned import Plan

__all__ = ["Plan", "plan_room"]
