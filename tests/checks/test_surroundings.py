"""What a notebook does, anywhere, that changes what its names, attributes and modules may be."""

import pytest

from nbreview.checks.surroundings import Installed, Surroundings, look_around
from tests.checks.libraries import book


def around(*cells: str) -> Surroundings:
    return look_around(book(*cells).cells)


@pytest.mark.parametrize(
    ("line", "installed"),
    [
        ("!pip install numpy", Installed(True, False)),
        ("%pip install -q 'numpy==1.2'", Installed(True, True)),
        ("!pip3 install -U numpy", Installed(True, True)),
        ("!conda install -y numpy", Installed(True, False)),
        ("!pip install -r requirements.txt", Installed(True, True)),
        ("!pip install git+https://example.com/a", Installed(True, True)),
        ("!git clone https://example.com/a", Installed(True, True)),
        ("%tensorflow_version 1.x", Installed(True, True)),
        ("subprocess.run(['pip', 'install', 'a'])", Installed(True, False)),
        ("!pip list", Installed(False, False)),
        ("x = 1", Installed(False, False)),
    ],
)
def test_an_installation_counts_from_its_line_on(line: str, installed: Installed) -> None:
    seen = around("x = 1", f"y = 1\n{line}")
    assert seen.installs_before(1, 1) == Installed()
    assert seen.installs_before(1, 2) == seen.installs_before(2, 0) == installed


def test_attributes_that_are_stored_anywhere_are_patched() -> None:
    seen = around("def f():\n    a.b.c = 1", "setattr(x, 'd', 1)", "del x.e", "print(x.f)")
    assert [seen.is_patched(name) for name in "cdef"] == [True, True, True, False]
    assert around("setattr(x, name, 1)").is_patched("anything")


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("import numpy as np\nfrom sklearn import svm\nimport os.path", True),
        ("import swifter", False),
        ("def f():\n    import swifter", False),
        ("from tqdm import tqdm", False),
        ("from . import helpers", False),
    ],
)
def test_packages_that_may_patch_others_are_noticed(cell: str, plain: bool) -> None:
    assert around(cell).are_classes_plain is plain


def test_a_changed_search_is_noticed() -> None:
    assert around("sys.path.insert(0, '..')").searches_elsewhere
    assert around("%cd ..").searches_elsewhere
    assert not around("x = path").searches_elsewhere
