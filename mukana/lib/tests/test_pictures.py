"""Photographs are checked, turned upright, scaled, and lose what the camera wrote into them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mukana.lib.pictures import SIZES, PictureError, looks_like_one, scaled


def picture(width: int = 2000, height: int = 1500, kind: str = "JPEG", mode: str = "RGB", **facts: object) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, (width, height), None if mode == "P" else "red" if mode in ("RGB", "RGBA") else 3).save(kept, kind, **facts)
    return kept.getvalue()


def told(data: bytes) -> str:
    with pytest.raises(PictureError) as refused:
        scaled(data)
    assert refused.value.sentence.endswith(".")
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_made_in_two_sizes(kind: str) -> None:
    made = scaled(picture(kind=kind))
    assert {size: (one.width, one.height) for size, one in made.items()} == {"small": (800, 600), "large": (1600, 1200)}
    assert all(one.data.startswith(b"\xff\xd8\xff") for one in made.values())


def test_a_small_photograph_is_not_blown_up() -> None:
    assert {(one.width, one.height) for one in scaled(picture(500, 400)).values()} == {(500, 400)}


def test_the_place_and_the_camera_are_taken_out_and_the_picture_stands_upright() -> None:
    hidden = Image.Exif()
    hidden[0x0112], hidden[0x010F] = 6, "Kamera"  # lies on its side; the maker
    hidden.get_ifd(0x8825)[1] = "N"  # where it was taken
    comment = b"Koti, Kuopio"
    made = scaled(picture(exif=hidden, comment=comment))
    for one in made.values():
        with Image.open(io.BytesIO(one.data)) as opened:
            assert len(opened.getexif()) == 0
            assert "comment" not in opened.info
        assert b"Kamera" not in one.data
        assert comment not in one.data
        assert one.height > one.width


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "I;16"])
def test_any_colours_become_red_green_and_blue_and_the_clear_becomes_white(mode: str) -> None:
    data = picture(600, 500, "PNG", mode)
    with Image.open(io.BytesIO(scaled(data)["small"].data)) as opened:
        assert opened.mode == "RGB"


def test_what_was_clear_is_white() -> None:
    kept = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(kept, "PNG")
    with Image.open(io.BytesIO(scaled(kept.getvalue())["small"].data)) as opened:
        assert opened.getpixel((10, 10)) == (255, 255, 255)


def test_colours_of_a_wide_screen_keep_their_profile() -> None:
    assert b"a profile" in scaled(picture(icc_profile=b"a profile"))["small"].data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "kind"),
        (b"GIF89a" + b"\x00" * 40, "kind"),
        (b"\xff\xd8\xff" + b"\x00" * 400, "broken"),
        (picture(2000, 1500)[:4000], "broken"),
        (picture(200, 400), "small"),
        (picture(3000, 400), "strip"),
        (picture(9000, 7000, "PNG", "L"), "swollen"),
    ],
)
def test_what_cannot_be_shown_is_told(data: bytes, code: str) -> None:
    assert told(data) == code


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"]))
@settings(max_examples=60, deadline=None)
def test_no_bytes_break_the_worker(noise: bytes, start: bytes) -> None:
    assert told(start + noise) in ("kind", "broken", "swollen", "small", "strip")


@given(st.integers(320, 1200), st.integers(320, 1200))
@settings(max_examples=10, deadline=None)
def test_a_size_is_never_longer_than_promised_and_keeps_its_shape(width: int, height: int) -> None:
    for size, one in scaled(picture(width, height)).items():
        assert max(one.width, one.height) == min(max(width, height), SIZES[size])
        assert abs(one.width / one.height - width / height) < 0.02


def test_kinds_are_known_by_their_beginnings() -> None:
    assert looks_like_one(picture(400, 400, "WEBP")[:16])
    assert not looks_like_one(b"RIFF\x00\x00\x00\x00WAVE")
