"""Routes that will be gone say so: in every answer, in the description, and early enough."""

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from realstaging.runtime.deprecation import LEAST_NOTICE, deprecated

OLD, NEW = "admin/models", "operator/models"


@pytest.mark.parametrize("signed_in", [True, False])
async def test_an_address_that_will_be_gone_says_so_in_every_answer(service, ada, signed_in):
    """In a refusal (Ada is no operator, nobody else is signed in), and not for the address that stays."""
    told = {}
    for path in (OLD, NEW):
        headers = {} if signed_in else {"Authorization": ""}
        async with ada.session.get(path, headers=headers) as answer:
            assert answer.status == (403 if signed_in else 401)
            told[path] = answer.headers
    since, sunset = told[OLD]["Deprecation"], parsedate_to_datetime(told[OLD]["Sunset"])
    assert since.startswith("@")
    assert sunset - datetime.fromtimestamp(int(since[1:]), UTC) >= LEAST_NOTICE
    assert told[OLD]["Sunset"].endswith(" GMT")
    assert 'rel="deprecation"' in told[OLD]["Link"]
    assert {"Deprecation", "Sunset", "Link"} & set(told[NEW]) == set()


async def test_the_description_marks_what_will_be_gone(ada):
    async with ada.session.get("/docs/openapi.json") as answer:
        paths = (await answer.json(content_type=None))["paths"]
    marked = {path for path, item in paths.items() for operation in item.values() if operation.get("deprecated")}
    assert marked == {f"/api/v1/{OLD}"}


def test_too_little_notice_is_no_notice():
    since = date(2026, 11, 26)
    with pytest.raises(ValueError, match="six months"):
        deprecated(since=since, sunset=since + LEAST_NOTICE - timedelta(days=1))
