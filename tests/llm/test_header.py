"""Headers are read whole or refused with a sentence, and never at the price of their vocabulary."""

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nbreview.errors import UserError
from nbreview.llm.header import TENSOR_TYPES, read_header, read_model
from tests.tiny_model import CHAT_TEMPLATE, LAYERS

gguf = pytest.importorskip("gguf")


def test_the_header_agrees_with_the_gguf_package(tiny_model: Path) -> None:
    ours, theirs = read_header(tiny_model), gguf.GGUFReader(tiny_model)
    assert [(tensor.name, tensor.shape, tensor.offset + ours.data_offset) for tensor in ours.tensors] == [
        (tensor.name, tuple(tensor.shape.tolist()), tensor.data_offset) for tensor in theirs.tensors
    ]
    assert [tensor.size for tensor in ours.tensors] == [int(tensor.n_bytes) for tensor in theirs.tensors]
    for key, value in ours.metadata.items():
        if isinstance(value, str):
            assert value == theirs.fields[key].contents()
        elif not isinstance(value, tuple):
            assert value == pytest.approx(theirs.fields[key].contents())


def test_sizes_of_tensor_types_agree_with_the_gguf_package() -> None:
    for kind, (name, block, size) in TENSOR_TYPES.items():
        theirs = gguf.GGMLQuantizationType(kind)
        assert theirs.name == name
        assert gguf.GGML_QUANT_SIZES[theirs] == (block, size)


def test_what_a_person_asks_of_a_model(tiny_model: Path, tiny_model_q8: Path) -> None:
    header = read_header(tiny_model)
    assert (header.architecture, header.quantisation) == ("llama", "F16")
    assert (header.layers, header.context_tokens) == (LAYERS, 131_072)
    assert header.chat_template == CHAT_TEMPLATE
    assert header.parameters == 264_064
    assert header.lengths["tokenizer.ggml.tokens"] == 261
    assert read_header(tiny_model_q8).quantisation == "Q8_0"


def test_a_large_vocabulary_is_stepped_over(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.gguf"
    words = b"".join(struct.pack("<Q", 6) + b"%06d" % index for index in range(150_000))
    entry = struct.pack("<Q", 21) + b"tokenizer.ggml.tokens" + struct.pack("<IIQ", 9, 8, 150_000) + words
    after = struct.pack("<Q", 4) + b"last" + struct.pack("<II", 4, 7)
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 2) + entry + after)
    header = read_header(path)
    assert header.lengths == {"tokenizer.ggml.tokens": 150_000}
    assert dict(header.metadata) == {"last": 7}


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(UserError) as raised:
        read_header(path)
    assert str(path) in raised.value.message
    return raised.value.message


def test_versions_and_byte_orders_that_are_not_read_are_named(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    assert "GGUF version 9" in refused(path, b"GGUF" + struct.pack("<IQQ", 9, 0, 0))
    assert "big-endian" in refused(path, b"GGUF" + struct.pack(">IQQ", 3, 0, 0))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (struct.pack("<QQ", 2**40, 0), "it announces 1099511627776 tensors"),
        (struct.pack("<QQQ", 0, 1, 2**60), "a text of"),
        (struct.pack("<QQQ", 0, 1, 1) + b"k" + struct.pack("<I", 99), "unknown type 99"),
        (struct.pack("<QQQ", 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 4, 2**60), "an array of"),
        (struct.pack("<QQQ", 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 42, 1), "array of the unknown type"),
        (struct.pack("<QQQ", 0, 1, 1) + b"k" + struct.pack("<IIQQ", 9, 8, 1, 2**40), "longer than a header"),
        (struct.pack("<QQQ", 1, 0, 1) + b"t" + struct.pack("<I", 100), "a tensor of 100 dimensions"),
        (
            struct.pack("<QQQ", 0, 1, 17) + b"general.alignment" + struct.pack("<II", 4, 3),
            "an alignment of 3",
        ),
    ],
)
def test_damage_is_named(tmp_path: Path, body: bytes, reason: str) -> None:
    message = refused(tmp_path / "model.gguf", b"GGUF" + struct.pack("<I", 3) + body)
    assert reason in message
    assert "download it again" in message


def test_a_file_shorter_than_its_table_is_named(tmp_path: Path, tiny_model: Path) -> None:
    data = tiny_model.read_bytes()
    assert "is cut short: its table needs" in refused(tmp_path / "model.gguf", data[:-1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_gives_anything_but_a_header_or_a_sentence(
    tmp_path: Path, tiny_model: Path, data: st.DataObject
) -> None:
    content = bytearray(tiny_model.read_bytes()[:7000])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, 6500))] = data.draw(st.integers(0, 255))
    path = tmp_path / "model.gguf"
    path.write_bytes(bytes(content) if data.draw(st.booleans()) else bytes(content) + bytes(530_000))
    try:
        header = read_header(path)
    except UserError as error:
        assert str(path) in error.message
    else:
        assert isinstance(header.parameters, int)
        assert isinstance(header.quantisation, str)


def test_folders_and_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        read_header(tmp_path)
    with pytest.raises(UserError, match="does not exist"):
        read_header(tmp_path / "none.gguf")


def split(folder: Path, parts: int) -> list[Path]:
    """A model of two tensors a part."""
    paths = []
    for part in range(1, parts + 1):
        path = folder / f"model-{part:05}-of-{parts:05}.gguf"
        writer = gguf.GGUFWriter(path, "llama")
        writer.add_block_count(1)
        writer.add_uint16("split.no", part - 1)
        writer.add_uint16("split.count", parts)
        import numpy as np

        writer.add_tensor(f"blk.0.weight{part}", np.zeros((4, 8), np.float32))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        paths.append(path)
    return paths


def test_the_parts_of_a_split_model_are_one(tmp_path: Path) -> None:
    paths = split(tmp_path, 3)
    header, files = read_model(paths[0])
    assert files == tuple(paths)
    assert header.parameters == 3 * 32


def test_a_part_that_is_missing_or_not_the_first_is_named(tmp_path: Path) -> None:
    paths = split(tmp_path, 3)
    with pytest.raises(UserError, match="choose the first part, which ends in -00001-of-00003"):
        read_model(paths[1])
    paths[2].unlink()
    with pytest.raises(UserError, match=r"lacks its other parts \(model-00003-of-00003\.gguf\)"):
        read_model(paths[0])
