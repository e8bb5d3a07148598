"""A sealed file opens whole, under its name and with its key, or not at all."""

import os

import pytest

from realstaging.kit.stream_sealing import PIECE, TAG, SealedFileBroken, opened, sealed

KEY = bytes(range(32))
HEAD = 60


async def pieces(data, size):
    for at in range(0, len(data), size):
        yield data[at : at + size]


async def joined(found):
    return b"".join([piece async for piece in found])


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
async def test_it_opens_as_it_was_however_it_is_cut(length):
    data = os.urandom(length)
    file = await joined(sealed(pieces(data, 70_001), KEY, "a"))
    assert await joined(opened(pieces(file, 65_537), KEY, "a")) == data
    # A single byte may be there by chance.
    if length > 64:
        assert data[:64] not in file


async def test_what_was_changed_cut_off_or_exchanged_is_refused():
    data = os.urandom(2 * PIECE + 100)
    file = await joined(sealed(pieces(data, 2**18), KEY, "a"))
    other = await joined(sealed(pieces(data, 2**18), KEY, "a"))
    sealed_piece = PIECE + TAG
    first, second = file[HEAD : HEAD + sealed_piece], file[HEAD + sealed_piece : HEAD + 2 * sealed_piece]
    assert len(file) == HEAD + 2 * sealed_piece + 100 + TAG
    bad = {
        "an octet": file[: HEAD + 5] + bytes([file[HEAD + 5] ^ 1]) + file[HEAD + 6 :],
        "its end": file[:-1],
        "its last piece": file[: HEAD + 2 * sealed_piece],
        "all but its head": file[:HEAD],
        "its head": file[:10],
        "nothing there": b"",
        "pieces exchanged": file[:HEAD] + second + first + file[HEAD + 2 * sealed_piece :],
        "another's piece": file[:HEAD] + other[HEAD : HEAD + sealed_piece] + file[HEAD + sealed_piece :],
        "more at its end": file + b"x",
    }
    for what, changed in bad.items():
        with pytest.raises(SealedFileBroken):
            await joined(opened(pieces(changed, 2**18), KEY, "a"))
            pytest.fail(what)
    for key, name in ((KEY[::-1], "a"), (KEY, "b")):
        with pytest.raises(SealedFileBroken):
            await joined(opened(pieces(file, 2**18), key, name))
