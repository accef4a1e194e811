"""Lines of a stream, each of bounded length."""

import io
from collections.abc import Iterator

_SKIP_BYTES = 1 << 20


def lines(stream: io.BufferedReader, most_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield (line number from 1, line with its end); None for a line longer than `most_bytes`, which is passed over."""
    number = 0
    while line := stream.readline(most_bytes + 1):
        number += 1
        if len(line) > most_bytes and not line.endswith(b"\n"):
            while (rest := stream.readline(_SKIP_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line
