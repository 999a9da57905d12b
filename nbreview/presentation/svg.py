"""A drawing of a notebook made safe to draw: nothing in it refers outside itself, runs, or grows without end.

Imports nothing of nbreview. SVG 1.1; what may be embedded are raster pictures, judged by their first bytes.
"""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

MAX_CHARACTERS = 16_000_000
"""A drawing with more text than this is not drawn."""

MAX_ELEMENTS = 200_000
"""Elements drawn, each copy that a `use` makes counted."""

_URL = re.compile(r"""url\(\s*['"]?\s*(?!#)[^)]*\)""", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[\w=-]+)*),(.*)", re.IGNORECASE | re.DOTALL)
_RASTER = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_DROPPED = frozenset({"script", "foreignObject", "animate", "animateTransform", "animateMotion", "set"})


def closed_svg(text: str) -> str:
    """An SVG without scripts, motion, entities and whatever it refers to outside itself.

    "" where the text is no XML, or would take too much to draw.
    """
    if len(text) > MAX_CHARACTERS:
        return ""
    try:
        root = ElementTree.fromstring(_DOCTYPE.sub("", text))
    except (ElementTree.ParseError, ValueError, RecursionError):
        return ""
    for parent in root.iter():
        for child in list(parent):
            if _local(child.tag) in _DROPPED or any(_leaves(*each) for each in child.attrib.items()):
                parent.remove(child)
        for name, value in list(parent.attrib.items()):
            if _local(name).lower().startswith("on"):
                del parent.attrib[name]
            else:
                parent.set(name, _URL.sub("none", value))
        if _local(parent.tag) == "style":
            parent.text = _URL.sub("none", parent.text or "").replace("@import", "")
    if _drawn(root) > MAX_ELEMENTS:
        return ""
    return ElementTree.tostring(root, encoding="unicode")


def _local(name: object) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _leaves(name: str, value: str) -> bool:
    """Whether an attribute refers to something outside of its document, or to what is no plain picture."""
    if _local(name).lower() != "href":
        return False
    value = value.strip()
    return not value.startswith("#") and not _is_raster(value)


def _is_raster(value: str) -> bool:
    found = _DATA.fullmatch(value)
    if found is None:
        return False
    if "base64" not in found[1].lower():
        return unquote_to_bytes(found[2][:64]).startswith(_RASTER)
    head = "".join(found[2][:200].split())
    try:
        return base64.b64decode(head[: len(head) // 4 * 4]).startswith(_RASTER)
    except (binascii.Error, ValueError):
        return False


def _drawn(root: ElementTree.Element) -> int:
    """Elements that drawing goes through: a `use` counts as often as what it copies. Cycles count without
    end.
    """
    uses = [element for element in root.iter() if _local(element.tag) == "use"]
    if not uses:
        return sum(1 for _ in root.iter())
    named = {element.get("id", ""): element for element in root.iter()}
    known: dict[int, int] = {}

    def count(element: ElementTree.Element, depth: int) -> int:
        if depth > 60:
            return MAX_ELEMENTS + 1
        found = known.get(id(element))
        if found is None:
            found = 1 + sum(count(child, depth + 1) for child in element)
            if _local(element.tag) == "use":
                href = next((value for name, value in element.attrib.items() if _local(name) == "href"), "")
                target = named.get(href.strip().removeprefix("#"))
                found += count(target, depth + 1) if target is not None else 0
            known[id(element)] = min(found, MAX_ELEMENTS + 1)
        return found

    return count(root, 0)
