"""Which kernels there are, and what the status bar says; nothing is started."""

import json
from pathlib import Path

import pytest

from nbreview.kernel import specs


@pytest.fixture
def kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of Jupyter's data with two kernels, one of them with a broken description."""
    pytest.importorskip("jupyter_client", reason="the kernel extra is not installed")
    folder = tmp_path / "kernels"
    for name, text in (
        ("mine", json.dumps({"argv": ["x"], "display_name": "My Python", "language": "python"})),
        ("broken", "{"),
    ):
        (folder / name).mkdir(parents=True)
        (folder / name / "kernel.json").write_text(text, encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    return folder


def test_kernels_that_can_be_read_are_listed(kernels: Path) -> None:
    found = specs.kernel_names()
    assert "mine" in found
    assert "broken" not in found


def test_the_status_names_the_kernel_that_the_notebook_asks_for(kernels: Path) -> None:
    assert specs.status_line({"kernelspec": {"name": "mine"}}) == "kernel: mine (not started)"
    assert specs.status_line({"kernelspec": {"name": "gone"}}).startswith(
        "kernel: gone is not installed here (there is "
    )
    assert specs.status_line({}) == "kernel: none named by the notebook"
    assert specs.status_line({"kernelspec": "odd"}) == "kernel: none named by the notebook"


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(specs.importlib.util, "find_spec", lambda name: None)
    assert not specs.available()
    assert specs.kernel_names() == ()
    assert specs.status_line({}) == "kernel: none (pip install 'nbreview[kernel]')"
