"""A link is the same for a window, whoever asks and however often; what is remembered of them has an end."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from realstaging.kit.keyring import KeyRing
from realstaging.storage import BadKey
from realstaging.storage.links import REMEMBERED, Mac, WindowLinks
from realstaging.storage.local import LocalStorage
from realstaging.storage.s3 import S3Storage

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
STORAGES = {
    "local": lambda: LocalStorage.from_url("file:///tmp/x", public_url="http://here", keys=KeyRing("test")),
    "s3": lambda: S3Storage.from_url("s3://bucket?endpoint=http://there&access_key=a&secret_key=b"),
}


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 64, b"longer than a block" * 9])
@pytest.mark.parametrize("text", [b"", b"a", b"text" * 100])
def test_the_code_is_hmac_with_sha256(key, text):
    wanted = hmac.new(key, b"begin" + text, hashlib.sha256).hexdigest()
    mac = Mac(key, b"begin")
    assert mac.hex(text) == mac.hex(text) == wanted


@pytest.mark.parametrize("kind", STORAGES)
def test_links_made_together_are_those_made_alone(kind):
    storage, another = STORAGES[kind](), STORAGES[kind]()
    sign = storage.signer(NOON)
    assert sign("a/b.jpg") == another.sign_get("a/b.jpg", now=NOON + timedelta(hours=5))
    assert sign("a/b.jpg") != sign("a/c.jpg")
    assert sign("a/b.jpg") != another.sign_get("a/b.jpg", now=NOON, download_name="b.jpg")
    with pytest.raises(BadKey):
        sign("../b.jpg")


@pytest.mark.parametrize("kind", STORAGES)
def test_a_window_that_has_ended_is_not_spoken_for(kind):
    """What signs in one window is kept over its end by nobody but who holds it."""
    storage = STORAGES[kind]()
    before, after = storage.signer(NOON)("a/b.jpg"), storage.signer(NOON + timedelta(hours=6))("a/b.jpg")
    assert before != after
    assert storage.signer(NOON)("a/b.jpg") == before


def test_a_link_is_made_once_and_not_kept_for_ever():
    made = []

    def begin(start):
        return lambda key: made.append(key) or f"{start:%H}/{key}"

    sign = WindowLinks(begin).at(NOON)
    assert sign("a") == sign("a") == "12/a"
    assert made == ["a"]
    for number in range(REMEMBERED):
        sign(str(number))
    assert sign("a") == "12/a"
    assert made.count("a") == 2
