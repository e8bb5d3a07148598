"""Photos are read when they have come, so that what will become of them can be told before anything is asked for (decision 85)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import UUID

import structlog

from realstaging.domains.photos import names, originals_store, store
from realstaging.domains.photos.events import PhotoPredicted
from realstaging.domains.photos.payloads import Predict
from realstaging.domains.photos.service import photo_of, predicting
from realstaging.engines.brief import Prediction
from realstaging.kit.errors import AppError
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

log = structlog.get_logger()


async def predict(platform: Platform, job: Claim[Predict]) -> None:
    """1 find the photo · 2 fetch it · 3 read its room · 4 keep what was found with its original, tell the browsers.

    The same photo elsewhere in the account may have been read meanwhile: then nothing is computed again. A photo that nobody can
    read now stays without a prediction, which keeps nobody from staging it.
    """
    photo_id, account_id = job.payload.photo_id, job.payload.account_id
    engine, row = predicting(platform), await store.find(platform.database, account_id, photo_id)
    if row is None or engine is None:
        return
    prediction = row.prediction
    if prediction is None:
        with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
            path = Path(folder) / "photo"
            await platform.storage.download(row.key, path)
            try:
                prediction = await engine.predict(path, names.room_type_in(row.name))
            except AppError as error:
                if error.retry_after is not None and not job.last:
                    raise
                log.info("photo.not_predicted", photo_id=str(photo_id), error=repr(error))
                return
    await _keep(platform, account_id, photo_id, prediction)


async def _keep(platform: Platform, account_id: UUID, photo_id: UUID, prediction: Prediction) -> None:
    async with transaction(platform) as work:
        row = await store.find(work.connection, account_id, photo_id)
        if row is None:
            return
        await originals_store.set_prediction(work.connection, row.key, prediction)
        kept = await store.find(work.connection, account_id, photo_id)
        if kept:
            work.publish(account_id, PhotoPredicted(photo_of(platform.signer(), kept)))


HANDLERS = by_kind(Handler(Predict, predict))
