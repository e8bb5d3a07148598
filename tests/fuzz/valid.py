"""Valid requests: a body for each operation that takes one, and what the API's description has no operation for.

What is there is named by its id (``{photo_id}`` and the like stand for them).
"""

NOTHING = "0190f8a0-0000-7000-8000-000000000000"
"""An id that nothing has."""
PLACED = {"piece": "sofa", "style": "modern", "seed": 0, "x": 0.5, "y": 2, "z": 0, "rotation": 0}
PLAN = {"room_type": "living_room", "style": "modern", "seed": 0, "score": 1.0, "pieces": [PLACED], "warnings": ["a"]}
CORRECTIONS = {
    "floor_corners": [[0.1, 0.9]],
    "metres_per_unit": 1,
    "keep_clear": [[[0, 0], [1, 0], [1, 1]]],
    "ceiling_height": 2.5,
}
ITEM = {
    "photo_id": "{photo_id}",
    "room_type": "living_room",
    "styles": ["modern"],
    "operation": "stage",
    "instructions": "",
    "seed": 1,
    "engine": "local",
    "corrections": CORRECTIONS,
    "plan": PLAN,
    "insist": True,
}
FILE = {"name": "a.jpg", "type": "image/jpeg", "size": 10, "sha256": "0" * 64}
BODIES = {
    ("POST", "/api/v1/me/accounts"): {"name": "Elm Estates", "kind": "office"},
    ("POST", "/api/v1/invitations"): {"email": "ben@example.com", "role": "viewer"},
    ("POST", "/api/v1/invitations/look"): {"token": "x" * 43},
    ("POST", "/api/v1/invitations/accept"): {"token": "x" * 43, "confirm_other_address": True},
    ("PATCH", "/api/v1/account"): {"name": "Elm and Oak", "kind": "office"},
    ("POST", "/api/v1/account/transfer"): {"member_id": "{member_id}"},
    ("PATCH", "/api/v1/members/{member_id}"): {"role": "viewer", "suspended": False, "monthly_limit_usd": "12.50"},
    ("PUT", "/api/v1/operator/accounts/{account_id}/state"): {"suspended": False},
    ("POST", "/api/v1/projects"): {"name": "12 Elm Street"},
    ("PATCH", "/api/v1/projects/{project_id}"): {"name": "14 Elm Street"},
    ("POST", "/api/v1/uploads"): {"project_id": "{project_id}", "files": [FILE, FILE]},
    ("POST", "/api/v1/photos"): {"project_id": "{project_id}", "upload_ids": ["{upload_id}"]},
    ("POST", "/api/v1/stagings"): {"items": [ITEM]},
    ("POST", "/api/v1/projects/{project_id}/archives"): {"files": "jpg", "staging_ids": ["{staging_id}"]},
    ("POST", "/api/v1/keys"): {
        "name": "a",
        "scopes": ["read", "stage"],
        "mode": "live",
        "days": 30,
        "addresses": ["203.0.113.7", "2001:db8::/48"],
    },
    ("POST", "/api/v1/keys/{key_id}/rotate"): {"overlap_hours": 1},
    ("POST", "/api/v1/projects/{project_id}/upload-links"): {"name": "Paul", "days": 7, "files": 5},
    ("POST", "/api/v1/upload-links/{token}/uploads"): {"files": [FILE, FILE], "sender": "Paul"},
    ("POST", "/api/v1/upload-links/{token}/photos"): {"upload_ids": ["{upload_id}"]},
    ("PUT", "/api/v1/usage/budget"): {"monthly_usd": "12.50"},
    ("PUT", "/api/v1/operator/switches/{switch}"): {"on": True, "words": "We move house."},
    ("POST", "/api/v1/operator/incidents"): {"title": "Slow", "text": "We look into it."},
    ("POST", "/api/v1/operator/incidents/{incident_id}/reports"): {"text": "It is over.", "ends": True},
    ("PUT", "/api/v1/operator/models"): {
        "chain": ["a/b"],
        "configurations": {"a/b": {"go_fast": True, "strength": 0.5}},
    },
    ("POST", "/api/v1/webhook-endpoints"): {"url": "https://hooks.example.com/a", "events": ["photo.ready"]},
    ("PATCH", "/api/v1/webhook-endpoints/{endpoint_id}"): {"description": "ours", "enabled": True},
    ("POST", "/api/v1/webhook-endpoints/{endpoint_id}/test"): {"type": "photo.ready"},
    ("POST", "/api/v1/webhook-endpoints/{endpoint_id}/replay"): {"since": "2026-01-01T00:00:00Z", "states": ["failed"]},
    ("POST", "/api/v1/webhooks/replicate"): {"id": "a", "status": "succeeded", "output": ["x"]},
}
OTHERS = (
    ("GET", "/api/v1/events"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
    ("GET", "/docs"),
    ("GET", "/files/originals/a?expires=1&signature=a"),
    ("PUT", "/files/uploads/a?expires=1&signature=a&size=1&type=image%2Fjpeg"),
    ("GET", "/"),
    ("GET", "/projects/x"),
)
