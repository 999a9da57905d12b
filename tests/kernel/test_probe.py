"""The source that is sent: for every Python that kernels run, and without anything of nbreview."""

import ast
import importlib.util
import marshal

import pytest

from nbreview.errors import UserError
from nbreview.kernel.probe import GREETING, PARTS, joined, probe_source

ASKED = {"all": False, "roots": [], "attributes": [], "limits": {}}


def test_it_parses_as_python_3_8() -> None:
    ast.parse(joined(), feature_version=(3, 8))
    ast.parse(GREETING, feature_version=(3, 8))


def test_it_imports_the_standard_library_only() -> None:
    names = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(joined()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= {
        "__future__", "collections", "contextlib", "dis", "errno", "functools", "json", "os", "re",
        "resource", "select", "signal", "stat", "sys", "time", "types", "typing", "warnings",
    }  # fmt: skip


def test_a_kernel_of_our_version_gets_bytecode_and_another_the_source_that_its_libraries_need() -> None:
    ours = probe_source(ASKED, [importlib.util.MAGIC_NUMBER.hex(), []])
    assert "marshal.loads(zlib.decompress(" in ours
    other = probe_source(ASKED, ["00000000", ["pandas"]])
    assert "describe_frame" in other
    assert "describe_tensor" not in other
    assert "sample_loaders(look, told)" in other
    assert marshal.loads(marshal.dumps(compile(joined(PARTS[:3] + PARTS[-1:]), "probe", "exec")))


@pytest.mark.parametrize("greeting", [None, "3.11", [1, []], ["magic"], {"a": 1}])
def test_a_kernel_that_does_not_greet_is_said(greeting: object) -> None:
    with pytest.raises(UserError, match="did not say which Python"):
        probe_source(ASKED, greeting)
