import gzip
from pathlib import Path

import httpx
import pytest

from mukana.lib.http import FetchError
from mukana.lib.streams import StreamError, StreamLimits, open_source

MEGABYTE = 1024 * 1024


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"a":1}\n' * 100_000)
    with open_source(path) as stream:
        assert stream.readline() == b'{"a":1}\n'
        assert len(stream.read()) == 8 * 99_999
    with open_source(str(path)) as stream:
        assert stream.peek(1)[:1] == b"{"  # type: ignore[attr-defined]


def test_gzip_is_unpacked_whatever_the_name(tmp_path: Path) -> None:
    path = tmp_path / "rows.bin"
    path.write_bytes(gzip.compress(b"rivi\n" * 10))
    with open_source(path) as stream:
        assert list(stream) == [b"rivi\n"] * 10


def test_an_address_is_read_like_a_file() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=gzip.compress(b"a\nb\n")))
    with open_source("https://a.test/rows.gz", transport=transport) as stream:
        assert list(stream) == [b"a\n", b"b\n"]
    missing = httpx.MockTransport(lambda _: httpx.Response(404))
    with pytest.raises(FetchError), open_source("https://a.test/rows", transport=missing) as stream:
        stream.read()


def test_an_empty_file_is_an_empty_stream(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with open_source(tmp_path / "empty") as stream:
        assert stream.read() == b""


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(StreamError, match=r"missing: .*nothing") as refused, open_source(tmp_path / "nothing"):
        pass
    assert refused.value.code == "missing"


def test_a_source_over_its_limit_is_refused_while_reading(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(b"x" * MEGABYTE)
    with pytest.raises(StreamError, match="too_large"), open_source(path, limits=StreamLimits(max_bytes=1000)) as stream:
        stream.read(2000)


def test_a_gzip_bomb_is_noticed_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"\0" * 64 * MEGABYTE))
    with open_source(path) as stream, pytest.raises(StreamError, match="bomb"):
        list(iter(lambda: stream.read(MEGABYTE), b""))
    path.write_bytes(gzip.compress(b"x" * 1000))
    with pytest.raises(StreamError, match="too_large"), open_source(path, limits=StreamLimits(max_unpacked_bytes=500)) as stream:
        stream.read()


def test_a_broken_gzip_is_told_after_its_sound_beginning(tmp_path: Path) -> None:
    path = tmp_path / "broken.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 100)[:-9])
    with open_source(path) as stream, pytest.raises(StreamError, match="broken_gzip"):
        stream.read()
