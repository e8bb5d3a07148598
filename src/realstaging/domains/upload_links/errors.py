"""Why a link takes nothing."""

from __future__ import annotations

from realstaging.kit.errors import Conflict, NotFound


class NoSuchLink(NotFound):
    """This link leads nowhere: it was mistyped, has expired or was taken back. Ask whoever sent it to you for a new one."""

    code = "no_such_link"


class LinkSuspended(Conflict):
    """Photos cannot be sent to this account at the moment. Ask whoever sent you the link."""

    code = "link_suspended"


class LinkFull(Conflict):
    """This link takes no more files. Ask whoever sent it to you for a new one."""

    code = "link_full"


class TooManyLinks(Conflict):
    """A project has at most 20 upload links that are valid. Take back those that nobody uses."""

    code = "too_many_links"
