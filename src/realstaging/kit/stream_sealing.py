"""Sealing what is too long to be held: encrypted piece by piece, so that neither a piece nor the end can be exchanged or left out.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015, https://eprint.iacr.org/2015/189; as in age and Tink) over
AES-256-GCM: a nonce is seven random octets of the file, the piece's number, and whether it is the last.

    MAGIC · salt (32) · prefix (7) · pieces of PIECE octets, each with its tag (16); the last one is shorter, perhaps empty
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from realstaging.kit.errors import AppError

MAGIC: Final = b"realstaging-sealed-1\n"
SALT: Final = 32
PREFIX: Final = 7
TAG: Final = 16
PIECE: Final = 2**20
"""Octets that are sealed at once."""
MOST_PIECES: Final = 2**32
"""Of one file, by the four octets of their number: 4 PiB."""
_HEAD: Final = len(MAGIC) + SALT + PREFIX


class SealedFileBroken(AppError):
    """This file was not sealed with this key and for this name, or was changed or cut off since. Nothing of it is to be used."""

    code = "sealed_file_broken"


async def sealed(pieces: AsyncIterator[bytes], key: bytes, name: str) -> AsyncIterator[bytes]:
    """What comes in pieces of any length, sealed with a key of 256 bits; it opens under the same ``name`` alone."""
    salt, prefix = os.urandom(SALT), os.urandom(PREFIX)
    cipher, number, held = _cipher(key, salt), 0, bytearray()
    yield MAGIC + salt + prefix
    async for piece in pieces:
        held += piece
        while len(held) > PIECE:
            yield cipher.encrypt(_nonce(prefix, number, last=False), bytes(held[:PIECE]), name.encode())
            del held[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(prefix, number, last=True), bytes(held), name.encode())


async def opened(pieces: AsyncIterator[bytes], key: bytes, name: str) -> AsyncIterator[bytes]:
    """What was sealed, piece by piece. SealedFileBroken as soon as something is wrong; the last piece comes only when all was well."""
    held, number = bytearray(), 0
    cipher, prefix = None, b""
    async for piece in pieces:
        held += piece
        if cipher is None and len(held) >= _HEAD:
            cipher, prefix = _begun(bytes(held[:_HEAD]), key)
            del held[:_HEAD]
        while cipher and len(held) > PIECE + TAG:
            yield _open(cipher, _nonce(prefix, number, last=False), bytes(held[: PIECE + TAG]), name)
            del held[: PIECE + TAG]
            number += 1
    if cipher is None:
        raise SealedFileBroken
    yield _open(cipher, _nonce(prefix, number, last=True), bytes(held), name)


def _begun(head: bytes, key: bytes) -> tuple[AESGCM, bytes]:
    if not head.startswith(MAGIC):
        raise SealedFileBroken
    return _cipher(key, head[len(MAGIC) : len(MAGIC) + SALT]), head[-PREFIX:]


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=MAGIC).derive(key))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    if number >= MOST_PIECES:
        raise OverflowError("A file of more than 4 PiB is not sealed.")
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _open(cipher: AESGCM, nonce: bytes, piece: bytes, name: str) -> bytes:
    try:
        return cipher.decrypt(nonce, piece, name.encode())
    except (InvalidTag, ValueError) as error:
        raise SealedFileBroken from error
