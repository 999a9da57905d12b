"""Fixtures that the tests of several commands use."""

from pathlib import Path

import pytest

from nbreview.store.database import Store
from tests.store.samples import decision, suggestion


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A store that holds one accepted suggestion."""
    path = tmp_path / "store.sqlite3"
    with Store.open(path) as opened:
        opened.add_suggestion(suggestion())
        opened.decide(decision())
    return path
