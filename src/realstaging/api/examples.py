"""What the reference shows beside the types: what each group of routes is for, in the order in which somebody needs them, and a body
for every route that takes one.

`tests/api/test_examples.py` sends each of them to the service, with ids of things that are there in the place of those below.
"""

from __future__ import annotations

from typing import Any, Final

GROUPS: Final = {
    "projects": "A listing is a project: make it, find it, put it away.",
    "photos": "Photos come into a project in three steps: announce files, send each to the address that comes back, complete them.",
    "stagings": "Have photos furnished: ask what it costs, ask for it, look how far it is, get the pictures and their proof.",
    "archives": "Many pictures in one ZIP, for a listing service or a customer.",
    "upload links": "Have a photographer send photos who has no account.",
    "billing": "What was spent and how much may be; plans, packs of credit, payments, invoices.",
    "accounts": "Who calls, in which account, and the people of an office.",
    "profile": "Who somebody is, and what they would rather have.",
    "invitations": "Ask colleagues in.",
    "sessions": "Where somebody is signed in, and ending that.",
    "mail": "Which letters somebody wants.",
    "keys": "Have programs work in an account, within scopes.",
    "webhooks": "Be told what happens; what an endpoint is sent is below *Webhooks*.",
    "audit": "Who did what to what, from where.",
    "privacy": "A copy of everything, how long things are kept, and the end of an account.",
    "system": "What the service can do, how it is, and which version it is.",
    "operator": "For who runs the service.",
}

ACCOUNT: Final = "01985b2e-4a10-7000-8000-00000000000a"
ENDPOINT: Final = "01985b2e-4a10-7000-8000-00000000000e"
MEMBER: Final = "01985b2e-4a10-7000-8000-00000000000d"
PHOTO: Final = "01985b2e-4a10-7000-8000-00000000000b"
PROJECT: Final = "01985b2e-4a10-7000-8000-000000000001"
STAGING: Final = "01985b2e-4a10-7000-8000-00000000000c"
UPLOAD: Final = "01985b2e-4a10-7000-8000-000000000002"
TOKEN: Final = "q3J0wqkQv0m5mZ0y3t9r8b7n6c5x4z3a2s1d0f9g8h7"  # noqa: S105 - opens nothing
CALLED: Final = "The account's name, typed"
FILE: Final = {
    "name": "living-room.jpg",
    "type": "image/jpeg",
    "size": 2481920,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
STAGED: Final = {"photo_id": PHOTO, "room_type": "living_room", "styles": ["modern", "scandinavian"]}

BODIES: Final[dict[tuple[str, str], Any]] = {
    ("post", "/api/v1/projects"): {"name": "12 Elm Street"},
    ("patch", "/api/v1/projects/{project_id}"): {"name": "12 Elm Street, second floor"},
    ("post", "/api/v1/uploads"): {"project_id": PROJECT, "files": [FILE]},
    ("post", "/api/v1/photos"): {"project_id": PROJECT, "upload_ids": [UPLOAD]},
    ("post", "/api/v1/stagings/quote"): {"items": [STAGED]},
    ("post", "/api/v1/stagings"): {"items": [STAGED]},
    ("post", "/api/v1/stagings/{staging_id}/credit-back"): {
        "reason": "wrong_style",
        "words": "The sofa hides the fireplace.",
    },
    ("post", "/api/v1/projects/{project_id}/archives"): {"staging_ids": [STAGING], "files": "jpg"},
    ("post", "/api/v1/projects/{project_id}/upload-links"): {"name": "Pat Photographer", "days": 14, "files": 100},
    ("post", "/api/v1/upload-links/{token}/uploads"): {"files": [FILE], "sender": "Pat Photographer"},
    ("post", "/api/v1/upload-links/{token}/photos"): {"upload_ids": [UPLOAD]},
    ("put", "/api/v1/usage/budget"): {"monthly_usd": "250"},
    ("post", "/api/v1/billing/checkout"): {"plan": "pro", "term": "month"},
    ("post", "/api/v1/billing/subscription/preview"): {"plan": "pro", "term": "year"},
    ("put", "/api/v1/billing/subscription"): {"plan": "pro", "term": "year"},
    ("post", "/api/v1/billing/subscription/pause"): {"months": 2},
    ("post", "/api/v1/billing/subscription/cancel"): {},
    ("patch", "/api/v1/me/profile"): {
        "company": "Elm Homes",
        "phone": "+49 30 123456",
        "preferences": {"default_styles": ["modern"], "time_zone": "America/New_York"},
    },
    ("patch", "/api/v1/me/mail"): {"batch_ready": False},
    ("post", "/api/v1/me/accounts"): {"name": "Elm Homes", "kind": "office"},
    ("patch", "/api/v1/account"): {"name": "Elm Homes"},
    ("patch", "/api/v1/account/retention"): {"uploads_days": 1},
    ("post", "/api/v1/invitations"): {"email": "colleague@elm-homes.example", "role": "member"},
    ("post", "/api/v1/invitations/look"): {"token": TOKEN},
    ("post", "/api/v1/invitations/accept"): {"token": TOKEN},
    ("patch", "/api/v1/members/{member_id}"): {"role": "admin", "monthly_limit_usd": "50"},
    ("post", "/api/v1/keys"): {"name": "Our website", "scopes": ["read", "upload", "stage", "download"], "days": 365},
    ("post", "/api/v1/keys/{key_id}/rotate"): {"overlap_hours": 24},
    ("post", "/api/v1/webhook-endpoints"): {
        "url": "https://hooks.example.com/real-staging",
        "events": ["staging.ready", "project.completed"],
    },
    ("patch", "/api/v1/webhook-endpoints/{endpoint_id}"): {"events": ["staging.ready", "staging.failed"]},
    ("post", "/api/v1/webhook-endpoints/{endpoint_id}/test"): {"type": "staging.ready"},
    ("post", "/api/v1/webhook-endpoints/{endpoint_id}/replay"): {"since": "2026-11-01T00:00:00Z", "states": ["failed"]},
    ("put", "/api/v1/admin/models"): {},
    ("put", "/api/v1/operator/models"): {},
    ("put", "/api/v1/operator/accounts/{account_id}/grants"): {
        "usd": "25",
        "reference": "ticket-4711",
        "note": "A lost batch.",
    },
    ("put", "/api/v1/operator/accounts/{account_id}/plan"): {"plan": "pro"},
    ("put", "/api/v1/operator/accounts/{account_id}/state"): {"suspended": False},
    ("post", "/api/v1/operator/stagings/{staging_id}/look"): {"reason": "The customer asked us to look at it."},
    ("put", "/api/v1/operator/switches/{switch}"): {"on": True},
    ("post", "/api/v1/operator/incidents"): {"title": "Uploads are slow", "text": "We look into it."},
    ("post", "/api/v1/operator/incidents/{incident_id}/reports"): {"text": "It works again.", "ends": True},
    ("post", "/api/v1/photos/moves"): {"photo_ids": [PHOTO], "project_id": PROJECT},
    ("post", "/api/v1/photos/deletions"): {"photo_ids": [PHOTO]},
    ("post", "/api/v1/account/transfer"): {"member_id": MEMBER},
    ("post", "/api/v1/account/erasure"): {"name": CALLED},
}
"""By method and path, in the order in which they can be sent one after the other."""
