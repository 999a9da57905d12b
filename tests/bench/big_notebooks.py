"""Large notebooks for the benchmarks, the same at every run: many cells, pictures, and bytes of pictures."""

import base64
import random
import zlib
from typing import Any

from tests.builders import code, display, markdown, notebook, stream


def many_cells(count: int, *, edited: bool, ids: bool = True) -> bytes:
    """A notebook of `count` cells; the edited copy has 10 % of its cells changed, some moved, some new, some
    gone.
    """
    rng = random.Random(7)
    cells: list[dict[str, Any]] = []
    for number in range(count):
        identity = f"cell-{number}" if ids else None
        if number % 5 == 0:
            cells.append(
                markdown(
                    f"## Step {number}\n\nWhat follows prepares part {rng.randrange(10**6)}.", id=identity
                )
            )
            continue
        lines = [f"value_{number}_{line} = compute({rng.randrange(10**6)}, axis={line})" for line in range(6)]
        outputs = [stream(f"step {number}: loss {rng.random():.4f}\n")] if number % 3 == 0 else []
        cells.append(code("\n".join(lines), outputs=outputs, count=number + 1, id=identity))
    if edited:
        _edit(cells, random.Random(11))
    return notebook(*cells, minor=5 if ids else 4)


def many_bytes(megabytes: int, *, edited: bool) -> bytes:
    """A notebook of 200 cells whose pictures take about `megabytes` MB; the edited copy has 20 other
    pictures.
    """
    rng = random.Random(7)
    cells = []
    size = megabytes * 10**6 // 100
    for number in range(200):
        identity = f"cell-{number}"
        if number % 2:
            other = edited and number % 10 == 1
            picture = _picture(size * 3 // 4, rng.randrange(10**9) + other)
            outputs = [display(image_png=picture, text_plain="<Figure size 640x480 with 1 Axes>")]
            cells.append(code(f"plot(history[{number}])", outputs=outputs, count=number, id=identity))
        else:
            cells.append(
                code(f"history[{number}] = train(seed={rng.randrange(10**6)})", count=number, id=identity)
            )
    return notebook(*cells)


def many_pictures(count: int, *, edited: bool) -> bytes:
    """A notebook of `count` cells, each with a plot of 640 × 480 pixels; the edited copy has every tenth plot
    drawn anew.
    """
    rng = random.Random(7)
    cells = []
    for number in range(count):
        other = edited and number % 10 == 1
        picture = _plot(rng.randrange(10**9) + other)
        outputs = [display(image_png=picture, text_plain="<Figure size 640x480 with 1 Axes>")]
        cells.append(code(f"plot(history[{number}])", outputs=outputs, count=number, id=f"cell-{number}"))
    return notebook(*cells)


def _edit(cells: list[dict[str, Any]], rng: random.Random) -> None:
    count = len(cells)
    for index in rng.sample(range(count), count // 10):
        source = "".join(cells[index]["source"])
        cells[index]["source"] = source.replace("compute(", "compute_fast(", 1).splitlines(keepends=True)
    for number in range(count // 200):
        cells.insert(rng.randrange(len(cells)), code(f"check_{number}(value)", id=f"new-{number}"))
        del cells[rng.randrange(len(cells))]
        cells.insert(rng.randrange(len(cells)), cells.pop(rng.randrange(len(cells))))


def _picture(size: int, seed: int) -> str:
    """A true PNG of about `size` bytes, as base64: grey noise, which does not compress."""
    side = max(8, int(size**0.5))
    return _png(side, random.Random(seed).randbytes(side * side))


def _plot(seed: int, width: int = 640, height: int = 480) -> str:
    """A true PNG as plots are, as base64: a dark line that wanders over white."""
    rng = random.Random(seed)
    pixels = bytearray(b"\xff" * (width * height))
    row = height // 2
    for column in range(width):
        row = min(max(row + rng.randrange(-9, 10), 4), height - 5)
        for near in range(-4, 5):
            pixels[(row + near) * width + column] = 40 * abs(near)
    return _png(width, bytes(pixels))


def _png(width: int, pixels: bytes) -> str:
    """Grey pixels, row after row, as base64 of a PNG."""
    height = len(pixels) // width
    rows = b"".join(b"\0" + pixels[row * width : (row + 1) * width] for row in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )
    return base64.b64encode(data).decode()
