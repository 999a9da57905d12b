"""Pictures are compared by what they show."""

import io
from typing import Any

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from nbreview.diff import images
from nbreview.diff.images import diff_images, thumbnail


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> Image.Image:
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((5, 5, 20, 20), fill="#1f77b4")
    draw.line((0, 29, 39, 0), fill="#ff7f0e", width=2)
    return image.convert(mode)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


BASE = encoded(picture())


def test_a_picture_that_was_only_encoded_again_is_the_same() -> None:
    note = PngImagePlugin.PngInfo()
    note.add_text("Software", "another version")
    again = encoded(picture(), compress_level=1, pnginfo=note)
    assert again != BASE
    found = diff_images(BASE, again)
    assert (found.ratio, found.mask, found.base_size, found.head_size) == (0.0, b"", (40, 30), (40, 30))


@pytest.mark.parametrize("mode", ["P", "RGBA"])
def test_how_pixels_are_stored_makes_no_difference(mode: str) -> None:
    palette = picture().quantize(16)
    assert diff_images(encoded(palette.convert("RGB")), encoded(palette.convert(mode))).ratio == 0.0


def test_one_pixel_is_found_and_marked() -> None:
    other = picture()
    other.putpixel((3, 4), (254, 255, 255))
    found = diff_images(BASE, encoded(other))
    assert found.ratio == 1 / 1200
    mask = Image.open(io.BytesIO(found.mask))
    assert (mask.mode, mask.size, mask.getpixel((3, 4)), mask.histogram()[255]) == ("1", (40, 30), 255, 1)


def test_what_one_picture_is_larger_by_differs() -> None:
    found = diff_images(BASE, encoded(picture().crop((0, 0, 20, 15))))
    assert found.ratio == 1 - 300 / 1200
    wide, high = encoded(Image.new("L", (4, 2))), encoded(Image.new("L", (2, 4)))
    found = diff_images(wide, high)
    assert found.ratio == 8 / 12
    mask = Image.open(io.BytesIO(found.mask))
    assert (mask.size, mask.getpixel((3, 3)), mask.getpixel((0, 0)), mask.getpixel((3, 0))) == (
        (4, 4),
        0,
        0,
        255,
    )


def test_swapped_sides_differ_by_as_much() -> None:
    other = encoded(picture(size=(50, 20)))
    there, back = diff_images(BASE, other), diff_images(other, BASE)
    assert (there.ratio, there.base_size) == (back.ratio, back.head_size)


def test_what_nobody_sees_is_no_difference() -> None:
    red, blue = Image.new("RGBA", (5, 5), (255, 0, 0, 0)), Image.new("RGBA", (5, 5), (0, 0, 255, 0))
    assert diff_images(encoded(red), encoded(blue)).ratio == 0.0
    assert diff_images(encoded(red), encoded(Image.new("RGBA", (5, 5), (255, 0, 0, 255)))).ratio == 1.0


def test_sixteen_bits_are_compared_too() -> None:
    deep = Image.new("I;16", (8, 8), 40_000)
    other = deep.copy()
    other.putpixel((2, 2), 50_000)
    assert diff_images(encoded(deep), encoded(deep, compress_level=1)).ratio == 0.0
    assert diff_images(encoded(deep), encoded(other)).ratio == 1 / 64
    assert diff_images(encoded(deep), encoded(Image.new("L", (8, 8), 40_000 // 256))).ratio == 0.0


@pytest.mark.parametrize("quality", [60, 75, 95])
def test_saving_a_jpeg_once_more_is_no_difference_but_another_mark_is(quality: int) -> None:
    image = picture(size=(200, 150))
    base = encoded(image, "JPEG", quality=90)
    again = Image.open(io.BytesIO(base))
    assert diff_images(base, encoded(again, "JPEG", quality=quality)).ratio == 0.0
    ImageDraw.Draw(image).text((120, 100), "new", fill="black")
    found = diff_images(base, encoded(image, "JPEG", quality=quality))
    assert 0 < found.ratio < 0.1
    assert found.mask


def test_a_camera_held_sideways_is_turned_upright() -> None:
    sideways = picture().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    assert diff_images(BASE, encoded(sideways, exif=exif)).ratio == 0.0


def test_a_jpeg_for_print_is_decoded() -> None:
    base = encoded(picture("CMYK"), "JPEG", quality=95)
    assert diff_images(base, encoded(picture(), "JPEG", quality=95)).base_size == (40, 30)


def test_an_animation_is_compared_frame_by_frame() -> None:
    frames = [Image.new("L", (6, 6), shade) for shade in (0, 100, 200)]
    base = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    last = encoded(frames[0], "GIF", save_all=True, append_images=[frames[1], Image.new("L", (6, 6), 250)])
    short = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:2])
    assert diff_images(base, base).ratio == 0.0
    assert diff_images(base, last).ratio == 1.0
    assert diff_images(base, short).ratio == 1.0


@pytest.mark.parametrize(
    "data", [b"", b"no picture", BASE[:60], BASE[:-30], b"GIF89a", b"\x89PNG\r\n\x1a\n" * 9]
)
def test_what_cannot_be_decoded_differs_as_a_whole(data: bytes) -> None:
    found = diff_images(BASE, data)
    assert (found.ratio, found.mask, found.head_size) == (1.0, b"", None)
    assert diff_images(data, data).ratio == 0.0
    assert thumbnail(data) == b""


def test_a_picture_beyond_the_budget_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 100)
    found = diff_images(BASE, encoded(Image.new("L", (5, 5))))
    assert (found.ratio, found.base_size, found.head_size, found.coarse) == (1.0, (40, 30), None, True)
    bomb = BASE[:16] + (60_000).to_bytes(4) + (60_000).to_bytes(4) + BASE[24:]
    assert diff_images(BASE, bomb).coarse


def test_alike_pictures_have_alike_thumbnails() -> None:
    assert len(thumbnail(BASE)) == 64
    assert thumbnail(BASE) == thumbnail(encoded(picture("RGBA")))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA"])
def test_what_is_opaque_is_equal_in_any_mode_and_what_is_not_differs(mode: str) -> None:
    grey = Image.new("RGB", (20, 10), (90, 90, 90))
    same = grey.quantize(4) if mode == "P" else grey.convert(mode)
    assert diff_images(encoded(grey), encoded(same)).ratio == 0
    veiled = grey.convert("RGBA")
    veiled.putpixel((3, 4), (90, 90, 90, 128))
    for one, other in ((same, veiled), (veiled, same)):
        assert diff_images(encoded(one), encoded(other)).ratio == 1 / 200
