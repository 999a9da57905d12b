"""What several commands take is taken in the same way."""

import click
import pytest

from nbreview.cli.main import cli
from nbreview.diff.options import NOISE, Aspect
from tests.cli.shell import run


def test_what_reads_a_path_says_what_is_wrong_with_it() -> None:
    context = click.Context(cli)
    names = cli.list_commands(context)
    todo = [command for name in names if (command := cli.get_command(context, name)) is not None]
    kinds: list[click.Path] = []
    while todo:
        command = todo.pop()
        kinds += [parameter.type for parameter in command.params if isinstance(parameter.type, click.Path)]
        if isinstance(command, click.Group):
            todo += command.commands.values()
    assert len(kinds) > len(names)
    assert not [kind for kind in kinds if kind.exists or kind.readable]


def test_the_help_of_diff_names_every_part_and_those_that_are_ignored(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff", "--help") == 0
    text = " ".join(capsys.readouterr().out.split())
    ignored = ", ".join(part for part in Aspect if part in NOISE)
    assert f"Ignored unless they are shown: {ignored}." in text
    assert f"for --ignore and --show: {', '.join(Aspect)}; all." in text
