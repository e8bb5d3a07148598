"""A process that completes an upload, or removes what a deleted photo leaves, and dies at a named step as by ``kill -9``."""

import asyncio
import os
from uuid import UUID

import msgspec

from harness import doomed
from realstaging import wiring
from realstaging.domains.accounts.schemas import Account, Member
from realstaging.domains.photos import originals, uploads
from realstaging.settings import Settings

ORIGINALS, STORE = "domains/photos/originals.py", "domains/photos/originals_store.py"
FILES = "storage/local.py"
# name of the step: file that holds the function, its qualified name, which call or return, and whether it has returned
COMPLETING = {
    "named, nothing stored": (STORE, "announce_files", 1, True),
    "one file stored": (FILES, "LocalStorage.put", 1, True),
    "all stored, not claimed": (FILES, "LocalStorage.put", 3, True),
    "claimed, not committed": (STORE, "claim_files", 1, True),
    "a photo, upload still there": (ORIGINALS, "free_unclaimed", 1, False),
}
REMOVING = {
    "freed, not committed": (STORE, "free_unused", 1, True),
    "freed, files still there": (ORIGINALS, "free_unclaimed", 1, False),
    "files gone, still named": (FILES, "LocalStorage.delete", 1, True),
}


class Errand(msgspec.Struct):
    """What is to be done: complete the upload where one is named, else remove the photo's files."""

    settings: Settings
    step: str
    account: UUID
    project: UUID
    upload: UUID | None = None
    photo: UUID | None = None


async def do(platform, errand):
    if errand.upload:
        member = Member(errand.account, "", "", Account(errand.account, ""))
        return await uploads.complete(platform, member, errand.project, [errand.upload])
    return await originals.free_originals(platform, [errand.photo])


async def main(errand):
    async with wiring.platform(errand.settings, engines={}) as platform:
        doomed.STEPS.update(COMPLETING | REMOVING)
        doomed.die_at(errand.step)
        await do(platform, errand)


def run(written):
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    asyncio.run(main(msgspec.json.decode(written, type=Errand)))
