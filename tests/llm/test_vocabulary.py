"""Tokens are counted as the loaded model counts them, without its weights."""

import hashlib
import sys
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import LoadOptions
from nbreview.llm.vocabulary import open_vocabulary

TEXTS = ["", " ", "x = 1\n", "größe = df['größe'].mean()  # 😀\n", "a" * 5000, "<|im_end|>"]


def test_it_counts_what_the_loaded_model_counts(tiny_model: Path, tmp_path: Path) -> None:
    engine = LocalEngine(cache=tmp_path / "models.json")
    try:
        engine.load(LoadOptions(tiny_model, "0", 256, 1), lambda _: None, CancelToken())
        expected = [engine.count_tokens(text) for text in TEXTS]
    finally:
        engine.close()
    with open_vocabulary(tiny_model, cache=tmp_path / "models.json") as vocabulary:
        assert vocabulary.count(TEXTS) == expected
        assert vocabulary.count([]) == []
        assert vocabulary.sha256 == hashlib.sha256(tiny_model.read_bytes()).hexdigest()
        assert vocabulary.name
        assert vocabulary.size > 0
        assert vocabulary.context_tokens > 0


def test_many_long_texts_go_in_several_messages(tiny_model: Path, tmp_path: Path) -> None:
    texts = ["a b " * 100_000] * 4
    with open_vocabulary(tiny_model, cache=tmp_path / "models.json") as vocabulary:
        counts = vocabulary.count(texts)
        assert len(set(counts)) == 1
        assert len(counts) == 4
        cancel = CancelToken()
        cancel.cancel()
        with pytest.raises(Cancelled):
            vocabulary.count(texts, cancel)


def test_what_is_no_model_is_said_in_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp")
    path = tmp_path / "no.gguf"
    path.write_bytes(b"GGUF and nothing else")
    with pytest.raises(UserError, match=r"no\.gguf"):
        open_vocabulary(path, cache=tmp_path / "models.json")


def test_a_vocabulary_that_llama_does_not_know_is_said(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp")
    from tests.tiny_model import write_tiny_model

    path = write_tiny_model(tmp_path / "strange.gguf", architecture="perceptron")
    with pytest.raises(UserError, match=r"strange\.gguf cannot be read: .*; name another model file"):
        open_vocabulary(path, cache=tmp_path / "models.json")


def test_an_interpreter_without_the_program_is_said(tiny_model: Path, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\nraise SystemExit(3)\n")
    python.chmod(0o755)
    with pytest.raises(UserError, match="ended with code 3"):
        open_vocabulary(tiny_model, python=str(python), cache=tmp_path / "models.json")
