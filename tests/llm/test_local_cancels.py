"""Stop at any stage leaves one healthy worker and no stray process."""

import sys
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.llm.local import states_folder
from nbreview.llm.model import LoadOptions
from tests.llm.conftest import Listener, MakeEngine
from tests.llm.random_cancels import cancel_at_random, children, healthy

COUNT = 40


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are counted in /proc")
def test_forty_random_cancels_leave_one_healthy_worker(
    make_engine: MakeEngine, tiny_model: Path, tmp_path: Path
) -> None:
    engine = make_engine()
    options = LoadOptions(tiny_model, context_tokens=8192, threads=1)
    engine.load(options, Listener(), CancelToken())
    expected = healthy(engine)
    found = cancel_at_random(engine, options, COUNT, seed=11, prompt=700)
    assert found.count == COUNT and len(found.seconds) >= COUNT // 2
    assert found.processes <= 1
    engine.load(options, Listener(), CancelToken())
    assert healthy(engine).text == expected.text
    assert len(children()) == 1
    engine.close()
    assert children() == []
    folder = states_folder(tmp_path)
    assert not folder.exists() or not [path for path in folder.iterdir() if path.suffix != ".state"]
