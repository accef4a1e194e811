"""Byte streams over files that may be compressed: bounded memory, and damage is noticed, told and skipped."""

import io
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from stemma.read.inputs import Source

Compression = Literal["none", "gz", "zst"]

_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_BLOCK = 1 << 18
# zstd packs a run of one byte 30,000 to 1: fed in slices this small, one call yields at most some 30 MB.
_ZSTD_SLICE = 1 << 10


def compression_of(begin: bytes) -> Compression:
    """Return how data that begins so is compressed."""
    if begin.startswith(_GZIP):
        return "gz"
    return "zst" if begin.startswith(_ZSTD) else "none"


def head(path: Path, packed: Compression, size: int) -> bytes:
    """Return the first `size` bytes of the unpacked content, fewer where it ends or is damaged."""
    with path.open("rb") as file:
        return io.BufferedReader(Unpacked(file, packed)).read(size)


class Unpacked(io.RawIOBase):
    """The unpacked content of a file as a raw stream.

    At damage the stream ends and `damage` says what was found at which byte of the file. `resume` then moves on to
    the next gzip member that can be read, where there is one.
    """

    def __init__(self, file: IO[bytes], packed: Compression) -> None:
        super().__init__()
        self.damage: str | None = None
        self._file = file
        self._packed = packed
        self._ready = memoryview(b"")
        self._position = 0
        self._blocks = self._from(0)

    def readable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return how many unpacked bytes were read."""
        return self._position

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill the buffer as far as one block allows; 0 at the end or at damage."""
        if not self._ready:
            try:
                self._ready = memoryview(next(self._blocks, b""))
            except _Damage as damage:
                self.damage = str(damage)
                self._damaged_at = damage.member
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        self._position += size
        return size

    def resume(self) -> bool:
        """Go on behind the damage; False where nothing readable follows."""
        if self.damage is None or self._packed != "gz" or not self._file.seekable():
            return False
        self.damage = None
        start = _next_member(self._file, self._damaged_at + 1)
        if start is None:
            return False
        self._blocks = self._from(start)
        return True

    def close(self) -> None:
        """Close the file below too."""
        if not self.closed:
            self._file.close()
        super().close()

    def _from(self, start: int) -> Iterator[bytes]:
        if start:
            self._file.seek(start)
        if self._packed == "none":
            return iter(lambda: self._file.read(_BLOCK), b"")
        return _members(self._file, start, _Gzip if self._packed == "gz" else _Zstd)


class Window:
    """The bytes ahead in a stream, in view before they are dropped; `position` is where they begin."""

    def __init__(self, stream: io.RawIOBase) -> None:
        self.ahead = bytearray()
        self.position = stream.tell()
        self._stream = stream

    def fill(self, size: int) -> bool:
        """Bring `size` bytes into view; False where the stream has fewer."""
        while len(self.ahead) < size:
            block = self._stream.read(_BLOCK)
            if not block:
                return False
            self.ahead += block
        return True

    def drop(self, size: int) -> int:
        """Pass `size` bytes, in view or not; return how many of them the stream doesn't have."""
        while size and (self.ahead or self.fill(1)):
            passed = min(size, len(self.ahead))
            del self.ahead[:passed]
            self.position += passed
            size -= passed
        return size


class _Damage(Exception):
    def __init__(self, what: str, at: int, member: int) -> None:
        super().__init__(f"{what} near byte {at:,}")
        self.member = member


class _Unpacker(Protocol):
    """One compressed member; `unpack` yields bounded pieces, `rest` is what follows the member."""

    ended: bool
    rest: bytes

    def unpack(self, data: bytes) -> Iterator[bytes]: ...


class _Gzip:
    def __init__(self) -> None:
        self._z = zlib.decompressobj(31)
        self.ended = False
        self.rest = b""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        piece = b"begin"
        while (piece or data) and not self._z.eof:  # without input left, zlib may still hold output
            piece = self._z.decompress(data, _BLOCK)
            data = self._z.unconsumed_tail
            yield piece
        self.ended, self.rest = self._z.eof, self._z.unused_data


class _Zstd:
    def __init__(self) -> None:
        import zstandard

        self._z = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        self.ended = False
        self.rest = b""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        import zstandard

        for start in range(0, len(data), _ZSTD_SLICE):
            try:
                yield self._z.decompress(data[start : start + _ZSTD_SLICE])
            except zstandard.ZstdError as fault:
                raise zlib.error(str(fault)) from fault
            if self._z.eof:
                self.ended, self.rest = True, self._z.unused_data + data[start + _ZSTD_SLICE :]
                return


def _members(file: IO[bytes], start: int, unpacker: type[_Gzip] | type[_Zstd]) -> Iterator[bytes]:
    """Yield the unpacked bytes of all members from byte `start`; raise _Damage with the member's first byte."""
    read, member = start, start
    current: _Unpacker | None = None
    while block := file.read(_BLOCK):
        read += len(block)
        while block:
            if current is None:
                block = block.lstrip(b"\0")  # padding between members is allowed
                if not block:
                    break
                member, current = read - len(block), unpacker()
            try:
                yield from filter(None, current.unpack(block))
            except zlib.error as fault:
                raise _Damage(f"damaged compressed data ({fault})", read - len(block), member) from None
            block, current = (current.rest, None) if current.ended else (b"", current)
    if current is not None:
        raise _Damage("the compressed data ends early", read, member)


def _next_member(file: IO[bytes], start: int) -> int | None:
    """Return where the next gzip member that can be unpacked begins, at or after byte `start`."""
    file.seek(start)
    held = b""
    while block := file.read(_BLOCK):
        held += block
        at = held.find(_GZIP)
        while at >= 0:
            if _begins_member(file, start + at):
                return start + at
            at = held.find(_GZIP, at + 1)
        start += len(held) - 2
        held = held[-2:]
        file.seek(start + len(held))
    return None


def _begins_member(file: IO[bytes], at: int) -> bool:
    here = file.tell()
    file.seek(at)
    begin = file.read(1024)
    file.seek(here)
    try:
        return len(zlib.decompressobj(31).decompress(begin, 64)) > 0
    except zlib.error:
        return False


def opened(source: "Source") -> Unpacked:
    """Open a source for reading; standard input's and a pipe's compression is seen from their first bytes."""
    if source.path is not None and source.bytes is not None:
        return Unpacked(source.path.open("rb"), source.compression)
    file = sys.stdin.buffer if source.path is None else source.path.open("rb")
    begin = file.peek(4) if isinstance(file, io.BufferedReader) else b""
    return Unpacked(file, compression_of(begin))
