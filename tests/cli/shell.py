"""The command line run as it is from a shell, in this process."""

import sys

import pytest

from nbreview.cli.main import main


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Run `nbreview` with these arguments and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["nbreview", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    code = ended.value.code
    assert isinstance(code, int)
    return code
