"""Which of Stripe's APIs we speak."""

from __future__ import annotations

from typing import Final

API_VERSION: Final = "2026-10-28.endive"
"""Of the SDK that uv.lock holds; a test says where the two part. Webhook endpoints are made with it, and events of others are refused."""
