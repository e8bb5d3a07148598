"""What keeps a webhook from being set up or sent."""

from __future__ import annotations

from realstaging.kit.errors import Conflict


class TooManyEndpoints(Conflict):
    """An account has at most 10 webhook endpoints. Delete one, or have one endpoint told more events."""

    code = "too_many_endpoints"


class EndpointDisabled(Conflict):
    """This endpoint is disabled. Enable it first."""

    code = "endpoint_disabled"
