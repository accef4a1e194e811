import gzip
import zlib

import brotli
import pytest
import zstandard

from stemma.read.http import BadBody, TooLarge, decoded_body, message

BODY = b"<html><p>Rain, and more rain. " + b"It rained. " * 50 + b"</p></html>"


def response(body, **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return message(b"HTTP/1.1 200 OK\r\n" + lines.encode("latin-1") + b"\r\n" + body)


def chunked(body, size=100, extension=b""):
    parts = [body[n : n + size] for n in range(0, len(body), size)]
    return b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts) + b"0\r\n\r\n"


def test_a_response_is_status_headers_and_body():
    found = message(b"HTTP/1.0 404 Gone\nContent-Type: Text/HTML;charset='cp1252'\nX: 1\nX: 2\n\nbody")
    assert (found.status, found.media_type, found.charset, found.body) == (404, "text/html", "cp1252", b"body")
    assert found.headers["x"] == "2"


@pytest.mark.parametrize(
    "block", [b"", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\nno end of head", b"HTTP/x 200\r\n\r\n"]
)
def test_what_is_no_response_is_none(block):
    assert message(block) is None


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "identity": bytes,
    "": bytes,
}


@pytest.mark.parametrize("coding", ENCODERS)
@pytest.mark.parametrize("chunks", [True, False])
def test_codings_and_chunks_are_undone(coding, chunks):
    body = ENCODERS[coding](BODY)
    headers = {"Content_Encoding": coding} | ({"Transfer_Encoding": "chunked"} if chunks else {})
    assert decoded_body(response(chunked(body) if chunks else body, **headers), 10_000) == BODY


def test_deflate_without_its_wrapper_is_read():
    raw = zlib.compress(BODY)[2:-4]
    assert decoded_body(response(raw, Content_Encoding="deflate"), 10_000) == BODY


def test_codings_are_undone_last_first():
    body = brotli.compress(gzip.compress(BODY))
    assert decoded_body(response(body, Content_Encoding="gzip, br"), 10_000) == BODY


@pytest.mark.parametrize("coding", ENCODERS)
def test_a_body_that_the_archive_decoded_already_is_taken_as_it_is(coding):
    assert decoded_body(response(BODY, Content_Encoding=coding, Transfer_Encoding="chunked"), 10_000) == BODY


def test_chunk_extensions_and_trailers_are_passed_over():
    body = chunked(BODY, extension=b";name=value")[:-2] + b"Trailer: x\r\n\r\n"
    assert decoded_body(response(body, Transfer_Encoding="chunked"), 10_000) == BODY


@pytest.mark.parametrize("cut", [3, 5, 60, 300])
def test_a_missing_chunk_is_told(cut):
    with pytest.raises(BadBody, match="cut short"):
        decoded_body(response(chunked(BODY)[:-cut][: -2 if cut == 3 else None], Transfer_Encoding="chunked"), 10_000)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("missing", [1, 9])
def test_a_cut_compressed_body_is_told(coding, missing):
    with pytest.raises(BadBody, match=r"cut short|damaged"):
        decoded_body(response(ENCODERS[coding](BODY)[:-missing], Content_Encoding=coding), 10_000)


def test_frames_of_zstd_may_follow_each_other():
    body = zstandard.compress(BODY[:200]) + zstandard.compress(BODY[200:])
    assert decoded_body(response(body, Content_Encoding="zstd"), 10_000) == BODY


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_damaged_compressed_body_is_told(coding):
    body = bytearray(ENCODERS[coding](BODY))
    body[10:30] = b"\xff" * 20
    with pytest.raises(BadBody, match=r"damaged|cut short"):
        decoded_body(response(bytes(body), Content_Encoding=coding), 10_000)


@pytest.mark.parametrize("coding", ENCODERS)
def test_a_body_beyond_the_limit_is_told_before_it_is_unpacked(coding):
    body = ENCODERS[coding](bytes(1 << 20))
    with pytest.raises(TooLarge, match="more than 10,000 bytes"):
        decoded_body(response(body, Content_Encoding=coding), 10_000)
