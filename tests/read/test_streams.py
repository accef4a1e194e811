import gzip
import io
import random

import pytest
import zstandard

from stemma.read.streams import Unpacked, compression_of, head

TEXT = " ".join(f"{n} drops of rain" for n in range(4000)).encode()
NOISE = random.Random(3).randbytes(300_000)  # packs to nothing less: damage in the middle stays in the middle


def unpacked(data, packed):
    return Unpacked(io.BytesIO(data), packed)


def all_of(stream):
    return stream.readall()


def test_plain_bytes_pass():
    stream = unpacked(TEXT, "none")
    assert (all_of(stream), stream.damage) == (TEXT, None)


@pytest.mark.parametrize(("pack", "packed"), [(gzip.compress, "gz"), (zstandard.compress, "zst")])
def test_members_are_read_one_after_another(pack, packed):
    stream = unpacked(pack(TEXT) + pack(NOISE) + pack(b"") + pack(b"end"), packed)
    assert (all_of(stream), stream.damage) == (TEXT + NOISE + b"end", None)


def test_padding_between_gzip_members_is_allowed():
    stream = unpacked(gzip.compress(b"a") + b"\0" * 700 + gzip.compress(b"b") + b"\0", "gz")
    assert (all_of(stream), stream.damage) == (b"ab", None)


@pytest.mark.parametrize(("pack", "packed"), [(gzip.compress, "gz"), (zstandard.compress, "zst")])
@pytest.mark.parametrize("cut", [1, 9, 200_000])
def test_an_early_end_is_told_and_what_came_before_it_kept(pack, packed, cut):
    data = pack(NOISE)[:-cut]
    stream = unpacked(data, packed)
    assert NOISE.startswith(all_of(stream))
    assert stream.damage == f"the compressed data ends early near byte {len(data):,}"
    assert not stream.resume()


def test_corrupt_gzip_says_where():
    good, bad = gzip.compress(b"sound"), bytearray(gzip.compress(NOISE, mtime=0))
    bad[-6] ^= 1  # its checksum
    stream = unpacked(good + bytes(bad), "gz")
    found = all_of(stream)
    assert found.startswith(b"sound")
    assert (b"sound" + NOISE).startswith(found)
    where = int(stream.damage.rpartition(" ")[2].replace(",", ""))
    assert stream.damage.startswith("damaged compressed data")
    assert len(good) < where <= len(good) + len(bad)


def test_corrupt_zstd_says_where():
    bad = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress(NOISE))
    bad[-1] ^= 1
    stream = unpacked(bytes(bad), "zst")
    all_of(stream)
    assert stream.damage.startswith("damaged compressed data")


def test_reading_goes_on_at_the_next_gzip_member():
    bad = bytearray(gzip.compress(NOISE))
    bad[150_000:150_100] = b"\xff" * 100
    stream = unpacked(gzip.compress(b"one") + bytes(bad) + gzip.compress(b"two") + gzip.compress(b"three"), "gz")
    assert all_of(stream).startswith(b"one")
    assert stream.damage
    assert stream.resume()
    assert stream.damage is None
    assert all_of(stream) == b"twothree"
    assert stream.damage is None
    assert not stream.resume()


def test_magic_bytes_inside_damaged_data_are_no_member():
    bad = bytearray(gzip.compress(NOISE))
    bad[1000:1100] = b"\xff" * 100
    bad[5000:5006] = b"\x1f\x8b\x08\xff\xff\xff"
    stream = unpacked(bytes(bad) + gzip.compress(b"two"), "gz")
    all_of(stream)
    assert stream.resume()
    assert all_of(stream) == b"two"


def test_a_member_is_found_across_the_border_of_two_reads():
    block = 1 << 18
    for shift in range(4):
        first = gzip.compress(b"one")
        filler = b"\xff" * (block - len(first) - shift)
        stream = unpacked(first + filler + gzip.compress(b"two"), "gz")
        all_of(stream)
        assert stream.resume(), shift
        assert all_of(stream) == b"two"


def test_rubbish_after_the_last_member_is_told():
    stream = unpacked(gzip.compress(TEXT) + b"rubbish", "gz")
    assert all_of(stream) == TEXT
    assert stream.damage.startswith("damaged compressed data")


def largest_piece(data, packed):
    stream = unpacked(data, packed)
    buffer = bytearray(1 << 16)
    held = 0
    while stream.readinto(buffer):
        held = max(held, len(stream._ready))
    return stream, held


@pytest.mark.parametrize(("pack", "packed"), [(gzip.compress, "gz"), (zstandard.compress, "zst")])
def test_a_decompression_bomb_is_never_held_whole(pack, packed):
    size = 64 << 20
    stream, held = largest_piece(pack(bytes(size)), packed)
    assert (stream.tell(), stream.damage) == (size, None)
    assert held < size // 2


def test_a_zstd_window_beyond_the_limit_is_damage_not_memory():
    wide = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(window_log=28, enable_ldm=False)
    ).compressobj()
    stream = unpacked(wide.compress(b"rain") + wide.flush(), "zst")
    assert all_of(stream) == b""
    assert "memory" in stream.damage


def test_head_reads_a_little_of_much_and_bears_damage(write):
    assert head(write("a.gz", gzip.compress(NOISE)), "gz", 100) == NOISE[:100]
    assert head(write("b.gz", gzip.compress(TEXT)[:20]), "gz", 100) == b""
    assert head(write("c", b"ab"), "none", 100) == b"ab"


@pytest.mark.parametrize(
    ("begin", "packed"),
    [(gzip.compress(b""), "gz"), (zstandard.compress(b""), "zst"), (b"", "none"), (b"\x1f\x8b", "none")],
)
def test_compression_of(begin, packed):
    assert compression_of(begin) == packed


def test_closing_the_stream_closes_the_file():
    file = io.BytesIO(b"a")
    with Unpacked(file, "none"):
        pass
    assert file.closed
