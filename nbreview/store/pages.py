"""Reading the rows of a SQLite file page by page, without SQLite: what is left when its own way in is broken.

After the description of the file format (sqlite.org/fileformat2.html) and of the log beside it (section 4
there). Pure functions over bytes; a page that makes no sense yields nothing. Imports nothing of nbreview.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAGIC = b"SQLite format 3\0"

_WAL_MAGICS = (0x377F0682, 0x377F0683)
_WAL_HEADER, _FRAME_HEADER = 32, 24
_SIZES = frozenset(2**power for power in range(9, 17))
_LEAF = 0x0D
_MOST_FIELDS = 2000

Value = None | int | float | bytes | str
"""A field; TEXT is decoded as UTF-8 with surrogates passed."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One page in the log. `commit` is the size of the database in pages after a transaction, 0 inside it."""

    page: int
    commit: int
    data: bytes


@dataclass(frozen=True, slots=True)
class LeafRow:
    """One row of a table's leaf page: the key, and the fields in the order of the columns."""

    page: int
    rowid: int
    fields: tuple[Value, ...]


def page_size(data: bytes, wal: bytes = b"") -> int:
    """The size of a page: from the header, else from the log, else SQLite's default."""
    candidates = []
    if len(data) >= 18:
        size = struct.unpack(">H", data[16:18])[0]
        candidates.append(65536 if size == 1 else size)
    if len(wal) >= _WAL_HEADER and struct.unpack(">I", wal[:4])[0] in _WAL_MAGICS:
        candidates.insert(0, struct.unpack(">I", wal[8:12])[0])
    return next((size for size in candidates if size in _SIZES), 4096)


def frames(wal: bytes) -> Iterator[Frame]:
    """The frames of a log's present generation, told by its salts, whether their checksums hold or not."""
    if len(wal) < _WAL_HEADER or struct.unpack(">I", wal[:4])[0] not in _WAL_MAGICS:
        return
    size = struct.unpack(">I", wal[8:12])[0]
    if size not in _SIZES:
        return
    salts = wal[16:24]
    for start in range(_WAL_HEADER, len(wal) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        page, commit = struct.unpack(">II", wal[start : start + 8])
        if wal[start + 8 : start + 16] == salts and page:
            body = start + _FRAME_HEADER
            yield Frame(page, commit, wal[body : body + size])


def read_pages(data: bytes, wal: bytes) -> dict[int, bytes]:
    """Pages by number (from 1): the file's, and over them those of the log's transactions that were ended."""
    size = page_size(data, wal)
    pages = {number + 1: data[start : start + size] for number, start in enumerate(range(0, len(data), size))}
    if pages and len(last := pages[len(pages)]) < size:
        pages[len(pages)] = last + bytes(size - len(last))
    waiting: dict[int, bytes] = {}
    for frame in frames(wal):
        waiting[frame.page] = frame.data
        if frame.commit:
            pages.update(waiting)
            waiting.clear()
    return pages


def mended(pages: Mapping[int, bytes], size: int) -> bytes:
    """The pages as one file whose header can be read, with no log: for SQLite to try what it can."""
    count = max(pages, default=0)
    first = bytearray(pages.get(1, bytes(size)))
    first[0:24] = MAGIC + struct.pack(">HBBBBBB", 1 if size == 65536 else size, 1, 1, 0, 64, 32, 32)
    first[28:32] = struct.pack(">I", count)
    first[44:48] = struct.pack(">I", 4)  # schema format
    first[56:60] = struct.pack(">I", 1)  # UTF-8
    first[92:96] = first[24:28]  # so that the count of pages is believed
    return bytes(first) + b"".join(pages.get(number, bytes(size)) for number in range(2, count + 1))


def leaf_rows(pages: Mapping[int, bytes], size: int) -> Iterator[LeafRow]:
    """Every row in every leaf page of a table, wherever it is; those whose fields cannot be read are left
    out.
    """
    for number in sorted(pages):
        page = pages[number]
        start = 100 if number == 1 else 0
        if len(page) != size or page[start] != _LEAF:
            continue
        count = struct.unpack(">H", page[start + 3 : start + 5])[0]
        first = start + 8
        if first + 2 * count > size:
            continue
        for (offset,) in struct.iter_unpack(">H", page[first : first + 2 * count]):
            row = _row(pages, number, offset, size)
            if row is not None:
                yield row


def _row(pages: Mapping[int, bytes], number: int, offset: int, size: int) -> LeafRow | None:
    page = pages[number]
    try:
        length, at = _varint(page, offset)
        rowid, at = _varint(page, at)
        payload = _payload(pages, page, at, length, size)
        if payload is None:
            return None
        return LeafRow(number, rowid - (1 << 64) if rowid >> 63 else rowid, _fields(payload))
    except (IndexError, struct.error, ValueError):
        return None


def _payload(pages: Mapping[int, bytes], page: bytes, at: int, length: int, size: int) -> bytes | None:
    most = size - 35
    if length <= most:
        return page[at : at + length] if at + length <= size else None
    if length > size * len(pages):
        return None
    least = (size - 12) * 32 // 255 - 23
    local = least + (length - least) % (size - 4)
    local = local if local <= most else least
    found = bytearray(page[at : at + local])
    following = struct.unpack(">I", page[at + local : at + local + 4])[0]
    seen = set[int]()
    while len(found) < length:
        if following in seen or following not in pages:
            return None
        seen.add(following)
        overflow = pages[following]
        following = struct.unpack(">I", overflow[:4])[0]
        found += overflow[4 : 4 + length - len(found)]
    return bytes(found)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9


def _fields(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    if end > len(payload):
        raise ValueError("the header is longer than the row")
    body = end
    fields: list[Value] = []
    while at < end:
        kind, at = _varint(payload, at)
        value, body = _field(payload, kind, body)
        fields.append(value)
        if len(fields) > _MOST_FIELDS:
            raise ValueError("more fields than a table can have")
    if at != end or body != len(payload):
        raise ValueError("the fields do not fill the row")
    return tuple(fields)


def _field(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind >= 12:
        length = (kind - 12) // 2
        if at + length > len(payload):
            raise ValueError("a field is longer than the row")
        data = payload[at : at + length]
        return (data.decode("utf-8", "surrogatepass") if kind % 2 else data), at + length
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), at
    if kind == 7:
        return struct.unpack(">d", payload[at : at + 8])[0], at + 8
    if kind > 9:
        raise ValueError("a kind of field that files never have")
    length = (0, 1, 2, 3, 4, 6, 8)[kind]
    if at + length > len(payload):
        raise ValueError("a number is longer than the row")
    return int.from_bytes(payload[at : at + length], "big", signed=True), at + length
