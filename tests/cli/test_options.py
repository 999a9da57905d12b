"""What several commands take is taken in the same way."""

import click

from nbreview.cli.main import cli


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
