"""The header of a GGUF file: metadata and tensor table, without the weights. No llama_cpp, no numpy.

The `gguf` package has a reader, but it makes several numpy views for every entry of the vocabulary: on a
header with 150,000 tokens and as many merges it takes 15.7 s where this one takes 0.06 s, and a folder may
hold many. Here arrays are stepped over unless they are short and numeric. Format: the GGUF specification in
ggml's `docs/gguf.md`.
"""

import os
import re
import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from nbreview.errors import UserError
from nbreview.words import Said, said

MAX_HEADER_BYTES = 256 * 2**20
"""More than this before the weights is not a model that anybody has made."""

_PART = re.compile(r"(.+)-(\d{5})-of-(\d{5})\.gguf")
_MAX_ENTRIES = 1 << 20
_MAX_KEPT_ARRAY = 4096
_CHUNK = 1 << 20
_STRING, _ARRAY = 8, 9
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}

# ggml's tensor types that files hold: id -> (name, values in a block, bytes of a block)
TENSOR_TYPES: Mapping[int, tuple[str, int, int]] = {
    0: ("F32", 1, 4),
    1: ("F16", 1, 2),
    2: ("Q4_0", 32, 18),
    3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24),
    8: ("Q8_0", 32, 34),
    10: ("Q2_K", 256, 84),
    11: ("Q3_K", 256, 110),
    12: ("Q4_K", 256, 144),
    13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210),
    16: ("IQ2_XXS", 256, 66),
    17: ("IQ2_XS", 256, 74),
    18: ("IQ3_XXS", 256, 98),
    19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18),
    21: ("IQ3_S", 256, 110),
    22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136),
    24: ("I8", 1, 1),
    25: ("I16", 1, 2),
    26: ("I32", 1, 4),
    27: ("I64", 1, 8),
    28: ("F64", 1, 8),
    29: ("IQ1_M", 256, 56),
    30: ("BF16", 1, 2),
    34: ("TQ1_0", 256, 54),
    35: ("TQ2_0", 256, 66),
    39: ("MXFP4", 32, 17),
}

# llama.cpp's `general.file_type` -> the name that files carry
_FILE_TYPES = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4",
}

Value = int | float | bool | str | tuple[int | float | bool, ...]


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """One row of the tensor table. `offset` counts from `Header.data_offset`; `size` is 0 for an unknown
    type."""

    name: str
    shape: tuple[int, ...]
    type: str
    offset: int
    size: int

    @property
    def values(self) -> int:
        """How many numbers the tensor holds."""
        count = 1
        for dimension in self.shape:
            count *= dimension
        return count


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says. `lengths` has the length of every array, also of those that were stepped over."""

    path: Path
    version: int
    metadata: Mapping[str, Value]
    lengths: Mapping[str, int]
    tensors: tuple[TensorEntry, ...]
    data_offset: int
    file_size: int

    @property
    def architecture(self) -> str:
        """As llama.cpp names it: llama, qwen2, gemma3."""
        return self.text("general.architecture")

    @property
    def quantisation(self) -> str:
        """Name of the file type, else the type that most weights have."""
        named = _FILE_TYPES.get(self.integer("general.file_type", -1))
        if named:
            return named
        counts: Counter[str] = Counter()
        for tensor in self.tensors:
            counts[tensor.type] += tensor.values
        return counts.most_common(1)[0][0] if counts else ""

    @property
    def parameters(self) -> int:
        """Numbers in all tensors of this file."""
        return sum(tensor.values for tensor in self.tensors)

    @property
    def layers(self) -> int:
        """Blocks of the model."""
        return self.integer(f"{self.architecture}.block_count")

    @property
    def context_tokens(self) -> int:
        """Context that the model was trained for, tokens."""
        return self.integer(f"{self.architecture}.context_length")

    @property
    def chat_template(self) -> str:
        """The Jinja source of the chat template, or nothing."""
        return self.text("tokenizer.chat_template")

    @property
    def parts(self) -> int:
        """Files that the model is split into."""
        return max(1, self.integer("split.count"))

    def text(self, key: str) -> str:
        """A text in the metadata, or nothing."""
        value = self.metadata.get(key)
        return value if isinstance(value, str) else ""

    def integer(self, key: str, default: int = 0) -> int:
        """A whole number in the metadata; of an array (a value a layer) the largest."""
        value = self.metadata.get(key)
        if isinstance(value, tuple) and value:
            value = max(value)
        return int(value) if isinstance(value, int | float) and value == value else default


def read_header(path: Path) -> Header:
    """Read the header of a GGUF file.

    Raises
    ------
    UserError
        The file is missing, unreadable, not GGUF, of a version not known here, damaged, or shorter than its
        table says.
    """
    try:
        if path.is_dir():
            raise UserError(said("{path} is a folder; choose a GGUF file in it.", path=path))
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            header = _Cursor(stream, path, size).header()
    except FileNotFoundError as error:
        raise UserError(said("{path} does not exist; choose another model file.", path=path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            said(
                "{path} cannot be read ({reason}); mend that or choose another model file.",
                path=path,
                reason=reason,
            )
        ) from error
    _check_length(header)
    return header


def read_model(path: Path) -> tuple[Header, tuple[Path, ...]]:
    """The header of a whole model and its files in order: of one that is split, all parts' tensors together.

    Raises
    ------
    UserError
        As `read_header`; a part is missing, or `path` is not the first one.
    """
    header = read_header(path)
    if header.parts == 1:
        return header, (path,)
    named = _PART.fullmatch(path.name)
    if named is None or int(named[2]) != 1:
        raise UserError(
            said(
                "{path} is one part of a model split into {parts}; choose the first part, which ends in "
                "{ending}.",
                path=path,
                parts=header.parts,
                ending=f"-00001-of-{header.parts:05}.gguf",
            )
        )
    paths = tuple(
        path.with_name(f"{named[1]}-{part:05}-of-{header.parts:05}.gguf")
        for part in range(1, header.parts + 1)
    )
    missing = [part.name for part in paths if not part.exists()]
    if missing:
        raise UserError(
            said(
                "{path} lacks its other parts ({names}); put them into the same folder.",
                path=path,
                names=", ".join(missing),
            )
        )
    tensors = [tensor for part in paths for tensor in read_header(part).tensors]
    return replace(header, tensors=tuple(tensors)), paths


def _check_length(header: Header) -> None:
    needed = max((header.data_offset + tensor.offset + tensor.size for tensor in header.tensors), default=0)
    if needed > header.file_size:
        raise UserError(
            said(
                "{path} is cut short: its table needs {needed} bytes and it has {size}; download it again.",
                path=header.path,
                needed=f"{needed:,}",
                size=f"{header.file_size:,}",
            )
        )


class _Damaged(Exception):
    """The bytes are not a header; `how` says in what way."""

    def __init__(self, how: Said) -> None:
        super().__init__(how)
        self.how = how


class _Cursor:
    """Reads forward through a file in chunks, never past the bound."""

    def __init__(self, stream: BinaryIO, path: Path, size: int) -> None:
        self._stream = stream
        self._path = path
        self._size = size
        self._data = bytearray()
        self._at = 0

    def header(self) -> Header:
        if self._size < 4 or bytes(self._take(4)) != b"GGUF":
            raise UserError(
                said("{path} is not a GGUF file; choose a model file that ends in .gguf.", path=self._path)
            )
        try:
            return self._header()
        except EOFError as error:
            raise UserError(
                said("{path} is cut short inside its header; download it again.", path=self._path)
            ) from error
        except (_Damaged, UnicodeDecodeError) as error:
            how = error.how if isinstance(error, _Damaged) else str(error)
            raise UserError(
                said("{path} has a damaged header ({how}); download it again.", path=self._path, how=how)
            ) from error

    def _header(self) -> Header:
        version = self._number("I")
        if version & 0xFFFF == 0:
            raise UserError(
                said(
                    "{path} was written for big-endian machines; choose a little-endian GGUF file.",
                    path=self._path,
                )
            )
        if version not in (2, 3):
            raise UserError(
                said(
                    "{path} is GGUF version {version} and this program reads 2 and 3; choose a newer "
                    "conversion of the model.",
                    path=self._path,
                    version=version,
                )
            )
        tensor_count, entry_count = self._number("Q"), self._number("Q")
        if tensor_count > _MAX_ENTRIES or entry_count > _MAX_ENTRIES:
            raise _Damaged(
                said(
                    "it announces {tensors} tensors and {entries} entries",
                    tensors=tensor_count,
                    entries=entry_count,
                )
            )
        metadata: dict[str, Value] = {}
        lengths: dict[str, int] = {}
        for _ in range(entry_count):
            key = self._text()
            kind = self._number("I")
            if kind == _ARRAY:
                lengths[key], kept = self._array()
                if kept is not None:
                    metadata[key] = kept
            else:
                metadata[key] = self._scalar(kind)
        tensors = tuple(self._tensor() for _ in range(tensor_count))
        alignment = metadata.get("general.alignment", 32)
        if not isinstance(alignment, int) or alignment <= 0 or alignment & (alignment - 1):
            raise _Damaged(said("an alignment of {alignment}", alignment=alignment))
        data_offset = -(-self._at // alignment) * alignment
        return Header(self._path, version, metadata, lengths, tensors, data_offset, self._size)

    def _tensor(self) -> TensorEntry:
        name = self._text()
        dimensions = self._number("I")
        if dimensions > 8:
            raise _Damaged(said("a tensor of {count} dimensions", count=dimensions))
        shape = struct.unpack(f"<{dimensions}Q", self._take(8 * dimensions))
        kind, offset = self._number("I"), self._number("Q")
        label, block, size = TENSOR_TYPES.get(kind, (f"type {kind}", 1, 0))
        count = 1
        for dimension in shape:
            count *= dimension
        return TensorEntry(name, shape, label, offset, count // block * size)

    def _scalar(self, kind: int) -> int | float | bool | str:
        if kind == _STRING:
            return self._text()
        code = _SCALARS.get(kind)
        if code is None:
            raise _Damaged(said("a value of the unknown type {kind}", kind=kind))
        value: int | float | bool = struct.unpack("<" + code, self._take(struct.calcsize(code)))[0]
        return value

    def _array(self) -> tuple[int, tuple[int | float | bool, ...] | None]:
        kind, length = self._number("I"), self._number("Q")
        if length > MAX_HEADER_BYTES:
            raise _Damaged(said("an array of {count} values", count=length))
        if kind == _STRING:
            self._skip_texts(length)
            return length, None
        if kind == _ARRAY:
            for _ in range(length):
                self._array()
            return length, None
        code = _SCALARS.get(kind)
        if code is None:
            raise _Damaged(said("an array of the unknown type {kind}", kind=kind))
        data = self._take(length * struct.calcsize(code))
        if length > _MAX_KEPT_ARRAY:
            return length, None
        return length, struct.unpack(f"<{length}{code}", data)

    def _skip_texts(self, count: int) -> None:
        """Step over `count` texts: the hot loop, on local names."""
        unpack, at, data, have = struct.Struct("<Q").unpack_from, self._at, self._data, len(self._data)
        for _ in range(count):
            if at + 8 > have:
                self._fill(at + 8)
                have = len(data)
            at += 8 + unpack(data, at)[0]
            if at > MAX_HEADER_BYTES:
                raise _Damaged(said("a text longer than a header may be"))
        self._fill(at)
        self._at = at

    def _text(self) -> str:
        length = self._number("Q")
        if length > MAX_HEADER_BYTES:
            raise _Damaged(said("a text of {count} bytes", count=length))
        return bytes(self._take(length)).decode("utf-8", "replace")

    def _number(self, code: str) -> int:
        value: int = struct.unpack("<" + code, self._take(struct.calcsize(code)))[0]
        return value

    def _take(self, count: int) -> bytearray:
        end = self._at + count
        self._fill(end)
        part = self._data[self._at : end]
        self._at = end
        return part

    def _fill(self, end: int) -> None:
        """Have at least `end` bytes of the file."""
        if end > MAX_HEADER_BYTES:
            raise _Damaged(said("more than {count} bytes", count=MAX_HEADER_BYTES))
        while len(self._data) < end:
            part = self._stream.read(max(_CHUNK, end - len(self._data)))
            if not part:
                raise EOFError
            self._data += part
