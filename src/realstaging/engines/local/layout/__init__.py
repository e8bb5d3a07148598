"""Furnishing a room on paper: candidates by the rules of interior design, the best ones kept."""

from realstaging.engines.local.layout.plan import Plan, plan_room

__all__ = ["Plan", "plan_room"]
