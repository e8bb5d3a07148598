"""Files that are made of a result when somebody first asks for them: what a listing service wants that is not what suits them all."""

from __future__ import annotations

import tempfile
from pathlib import Path

from realstaging.domains.staging import store
from realstaging.domains.staging.deliverables import MLS, fit_to, mime
from realstaging.imaging.mls_profiles import MlsProfile
from realstaging.runtime.platform import Platform
from realstaging.storage import NoSuchFile


async def for_mls(platform: Platform, result_key: str, profile: MlsProfile) -> str:
    """The key of a result's file for a listing service, which is there from now on for as long as the result. NoSuchFile where the result
    is gone. Asked for twice at once it is made twice, and the same.

    For whoever holds no transaction: files are read and written.
    """
    key = f"{result_key}/{profile.file}"
    if profile.file == MLS or await platform.storage.head(key) is not None:
        return key
    with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
        source, target = Path(folder) / "mls.jpg", Path(folder) / "fitted.jpg"
        await platform.storage.download(f"{result_key}/{MLS}", source)
        await platform.processes.run(fit_to, source, profile, target)
        await platform.storage.put(key, target, mime(key))
    if not await store.is_shown(platform.database, result_key):
        # Given back or deleted meanwhile; the job that removes its files may have looked before this one was there.
        await platform.storage.delete([key])
        raise NoSuchFile
    return key
