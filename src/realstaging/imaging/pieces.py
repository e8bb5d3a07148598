"""A file put together of pieces, for a decoder that may see only some parts of a photo's file."""

from __future__ import annotations

import io
from collections.abc import Sequence


class Pieces(io.RawIOBase):
    """Reads never cross from one piece to the next, so that ``reached`` tells how far a decoder has read."""

    def __init__(self, pieces: Sequence[bytes | memoryview]) -> None:
        self._pieces = [memoryview(piece) for piece in pieces]
        self._starts = [0]
        for piece in self._pieces:
            self._starts.append(self._starts[-1] + len(piece))
        self._place = 0
        self.reached = 0
        """The furthest piece of which anything was read; the number of pieces where all of them were read and more was asked for."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._starts[-1]}[whence]
        self._place = max(0, base + offset)
        return self._place

    def read(self, size: int = -1) -> bytes:
        for index, piece in enumerate(self._pieces):
            inside = self._place - self._starts[index]
            if inside < len(piece):
                self.reached = max(self.reached, index)
                data = bytes(piece[inside:] if size < 0 else piece[inside : inside + size])
                self._place += len(data)
                return data
        self.reached = len(self._pieces)
        return b""
