"""Fixtures that the tests of several commands use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.store.database import Store
from tests.store.samples import decision, suggestion


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What can be made again (indexes, calibrations, what libraries say) is kept for the tests alone, also by
    the programs that they start.
    """
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(folder))  # Linux and, with platformdirs, macOS
        patch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(folder))
        yield folder


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A store that holds one accepted suggestion."""
    path = tmp_path / "store.sqlite3"
    with Store.open(path) as opened:
        opened.add_suggestion(suggestion())
        opened.decide(decision())
    return path
