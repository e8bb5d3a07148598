"""What schemathesis is told of our API that no description says: loaded by it (``hooks`` in its settings)."""

from uuid import uuid4

import schemathesis

from realstaging.kit.bounds import LONGEST_KEY

KEY = "Idempotency-Key"


@schemathesis.hook
def before_call(context, case, kwargs):
    """A key names one request, as clients use it: used again with another body it is refused, and that is no fault of the body. A case
    that leaves something out on purpose stays as it is: schemathesis would put it in again.
    """
    made_for = str(getattr(case.meta.phase.data, "description", "")) if case.meta else ""
    key = (case.headers or {}).get(KEY)
    if isinstance(key, str) and 0 < len(key) <= LONGEST_KEY and "Missing" not in made_for:
        case.headers[KEY] = uuid4().hex
