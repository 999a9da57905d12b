"""Fixtures that more than one room's tests use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from nbreview.store.database import Store

# The same examples in every run, and no limit of time: the machine that a test runs on is no property of it.
settings.register_profile("nbreview", derandomize=True, deadline=None, database=None)
settings.load_profile("nbreview")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new store, open."""
    with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny GGUF in F16 with random weights and a chat template in the file."""
    pytest.importorskip("llama_cpp", reason="the llama extra is not installed")
    from tests.tiny_model import write_tiny_model

    return write_tiny_model(tmp_path_factory.mktemp("model") / "tiny-f16.gguf")


@pytest.fixture(scope="session")
def tiny_model_q8(tiny_model: Path) -> Path:
    """The same model quantised to Q8_0 by llama.cpp."""
    from tests.tiny_model import quantise

    return quantise(tiny_model, tiny_model.with_name("tiny-q8_0.gguf"))
