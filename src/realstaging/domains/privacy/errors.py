"""What keeps an export or an erasure from beginning."""

from __future__ import annotations

from realstaging.kit.errors import Conflict, InvalidInput


class ExportUnderWay(Conflict):
    """An export is being made already. Wait until it is ready; you are written to."""

    code = "export_under_way"


class NotTheName(InvalidInput):
    """This is not the account's name. Type it as it is shown, so that nothing is erased by mistake."""

    code = "not_the_name"


class TestAccountsGoAlong(Conflict):
    """A test account is erased with the account it belongs to. Leave the header Real-Staging-Account out, or name that account."""

    code = "test_accounts_go_along"
