"""Files that a cell reads and that are not there."""

from pathlib import Path

import pytest

from nbreview.checks.files import check_files
from tests.checks.libraries import book

START = "import pandas as pd\nimport numpy as np\nx = []"


def said(folder: Path | None, *cells: str) -> list[tuple[int, int | None]]:
    found = check_files(book(START, *cells), folder=folder)
    assert all(finding.exception == "FileNotFoundError" for finding in found)
    return [(finding.cell_index, finding.line) for finding in found]


@pytest.mark.parametrize(
    "cell",
    [
        "df = pd.read_csv('data/a.csv')",
        "df = pd.read_csv('data/a.csv', sep=';').dropna()",
        "open('a.txt').read()",
        "with open('a.txt', 'r') as f:\n    pass",
        "np.load('a.npy')",
        "for i in range(3):\n    np.loadtxt('a.txt')",
    ],
)
def test_a_literal_path_that_leads_nowhere_is_certain(tmp_path: Path, cell: str) -> None:
    assert len(said(tmp_path, cell)) == 1


def test_a_path_that_was_named_once_is_followed(tmp_path: Path) -> None:
    assert said(tmp_path, "path = 'a.csv'", "pd.read_csv(path)") == [(2, 0)]
    assert said(tmp_path, "path = 'a.csv'", "path = x", "pd.read_csv(path)") == []


def test_files_that_are_there_are_not_missed(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "a.csv").write_text("")
    (tmp_path / "work" / "b.csv").write_text("")
    assert said(tmp_path / "work", "pd.read_csv('b.csv')\npd.read_csv('a.csv')\npd.read_csv('./b.csv')") == []


@pytest.mark.parametrize(
    "before",
    [
        "df.to_csv('a.csv')",
        "!wget http://x/a.csv",
        "%%writefile a.csv\n1",
        "%cd data",
        "import os\nos.chdir('data')",
        "import urllib.request\nurllib.request.urlretrieve(u, 'a.csv')",
        "open('a.csv', 'w').write('1')",
        "with open('a.csv', mode='w') as f:\n    pass",
        "import helpers\nhelpers.prepare()",
        "np.save('a.npy', x)",
        "download(x)",
        "from m import *",
        "exec(x)",
        "b = = 1",
    ],
)
def test_what_something_before_may_have_made_is_not_missed(tmp_path: Path, before: str) -> None:
    assert said(tmp_path, before, "pd.read_csv('a.csv')") == []


@pytest.mark.parametrize(
    "cell",
    [
        "open('a.csv', 'w')",
        "open('a.csv', x)",
        "pd.read_csv('http://example.com/a.csv')",
        "pd.read_csv('s3://bucket/a.csv')",
        "pd.read_csv('/kaggle/input/a.csv')",
        "pd.read_csv('~/a.csv')",
        "pd.read_csv(f'{x}.csv')",
        "pd.read_csv(x)",
        "try:\n    pd.read_csv('a.csv')\nexcept OSError:\n    pass",
        "if x:\n    pd.read_csv('a.csv')",
        "def f():\n    return pd.read_csv('a.csv')",
        "x and pd.read_csv('a.csv')",
        "other.read_csv('a.csv')",
        "pd.read_csv('a\\0.csv')",
    ],
)
def test_paths_that_are_not_plain_or_not_certainly_read_are_not_judged(tmp_path: Path, cell: str) -> None:
    assert said(tmp_path, cell) == []


def test_what_is_made_further_down_is_missed_all_the_same(tmp_path: Path) -> None:
    assert said(tmp_path, "df = pd.read_csv('a.csv')\ndf.to_csv('b.csv')") == [(1, 0)]


def test_without_a_folder_nothing_is_said() -> None:
    assert said(None, "pd.read_csv('a.csv')") == []
