"""Environments beside a notebook: found by their files, run only when they are asked."""

import sys
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.kernel.environments import asked, interpreters
from nbreview.kernel.specs import choice_for, choice_named, environments, kernel_choices
from tests.kernel.live import write_spec

pytest.importorskip("jupyter_client", reason="the kernel extra is not installed")


def make_environment(prefix: Path, program: str, *, ipykernel: bool = True, settings: str = "") -> Path:
    """The files of a virtual environment whose interpreter is this shell script."""
    (prefix / "bin").mkdir(parents=True)
    (prefix / "pyvenv.cfg").write_text(settings or "home = /usr/bin\nversion = 3.12.4\n")
    (prefix / "lib/python3.12/site-packages").mkdir(parents=True)
    if ipykernel:
        (prefix / "lib/python3.12/site-packages/ipykernel").mkdir()
    python = prefix / "bin/python"
    python.write_text(f"#!/bin/sh\n{program}\n")
    python.chmod(0o755)
    return python


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a folder of notebooks in it, and no active environment."""
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    (tmp_path / "project" / ".git").mkdir(parents=True)
    (tmp_path / "project" / "notebooks").mkdir()
    return tmp_path / "project"


def test_environments_beside_the_notebook_are_found_by_their_files_and_nothing_runs(project: Path) -> None:
    ran = project / "ran"
    near = make_environment(project / "notebooks" / "venv", f"touch {ran}")
    far = make_environment(project / ".venv", f"touch {ran}", ipykernel=False)
    make_environment(project.parent / ".venv", f"touch {ran}")  # above the repository
    (project / "env").mkdir()  # no environment
    found = environments(project / "notebooks")
    assert [Path(choice.argv[0]) for choice in found] == [near, far, Path(sys.executable)]
    assert found[0].title == "Python 3.12 (notebooks/venv)"
    assert found[0].problem == ""
    assert (
        found[1].problem
        == f"{far}: this environment has no ipykernel; install it ({far} -m pip install ipykernel)."
    )
    assert found[2].title.endswith("which nbreview runs in")
    assert not ran.exists()


def test_a_conda_environment_and_the_active_one_are_found(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conda = make_environment(project / "env", "exit 0")
    (project / "env" / "pyvenv.cfg").unlink()
    (project / "env" / "conda-meta").mkdir()
    active = make_environment(tmp_path / "active", "exit 0")
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path / "active"))
    assert [choice.argv[0] for choice in interpreters(project)[:2]] == [str(conda), str(active)]


def test_an_interpreter_is_asked_when_it_was_chosen(project: Path) -> None:
    ours = interpreters(project)[-1]
    assert asked(ours).version == ".".join(map(str, sys.version_info[:3]))
    for name, program, words in (
        (".venv", "exit 1", "did not say which version it is"),
        ("venv", 'echo \'{"python": "3.12.4", "ipykernel": ""}\'', "has no ipykernel"),
        ("env", "while true; do echo flood; done", "did not say"),
        (".env", "exec sleep 60", "did not say"),
    ):
        make_environment(project / name, program)
        [choice] = [one for one in interpreters(project) if one.prefix == project / name]
        with pytest.raises(UserError, match=words):
            asked(choice, 0.5)
    (project / ".venv/bin/python").write_text("#!/nowhere\n")
    with pytest.raises(UserError, match="does not start"):
        asked(next(one for one in interpreters(project) if one.prefix == project / ".venv"))


def test_python3_means_the_environment_beside_the_notebook(project: Path) -> None:
    metadata = {"kernelspec": {"name": "python3", "language": "python"}}
    assert choice_for(metadata, project).why == "the notebook names it"
    make_environment(project / ".venv", "exit 0")
    chosen = choice_for(metadata, project)
    assert chosen.prefix == project / ".venv"
    assert "environment beside the notebook" in chosen.why
    assert chosen.programs == project / ".venv/bin"


def test_a_named_kernel_is_taken_and_a_missing_one_replaced_by_its_language(
    project: Path, tmp_path: Path
) -> None:
    write_spec(tmp_path / "jupyter", "torch-env", [sys.executable, "-m", "x"], env={"A": "1"})
    write_spec(
        tmp_path / "jupyter", "julia-1.9", [sys.executable], language="Julia", interrupt_mode="message"
    )
    write_spec(tmp_path / "jupyter", "broken-r", ["/nowhere/R"], language="R")
    named = choice_for({"kernelspec": {"name": "torch-env"}}, project)
    assert (named.name, named.environment) == ("torch-env", {"A": "1"})
    other = choice_for({"kernelspec": {"name": "gone"}}, project)
    assert other.language == "python"
    assert other.why == "the notebook asks for gone, which is not installed here; this one runs python too"
    julia = choice_for({"kernelspec": {"name": "julia-1.10", "language": "julia"}}, project)
    assert (julia.name, julia.interrupt_by_message) == ("julia-1.9", True)
    with pytest.raises(UserError, match="No kernel for r is installed here; install one"):
        choice_for({"kernelspec": {"name": "broken-r"}, "language_info": {"name": "R"}}, project)
    assert "of this kernel is missing" in choice_named("broken-r").problem
    assert {"torch-env", "julia-1.9", "broken-r"} <= {choice.name for choice in kernel_choices(project)}


def test_descriptions_that_are_none_are_refused(project: Path, tmp_path: Path) -> None:
    for name, argv in (("empty", []), ("odd", [1]), ("text", "python")):
        write_spec(tmp_path / "jupyter", name, argv)  # type: ignore[arg-type]
        with pytest.raises(UserError, match=r"kernel.json: this description .* names no program"):
            choice_named(name)
    assert choice_for({"kernelspec": 3, "language_info": ["x"]}, project).language == "python"
