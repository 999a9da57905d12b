"""What is sent to a kernel stands on its own there: standard library, old Python, no two names alike."""

import ast
import base64
import importlib.util
import marshal
import sys
import zlib

import pytest

from nbreview.kernel.bundle import DRY_RUN, bundle, compiled, module_source, packed

_ELSEWHERE = {"IPython"}  # the kernel's own


def test_nothing_of_nbreview_is_imported() -> None:
    for node in ast.walk(ast.parse(bundle(DRY_RUN))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or top in _ELSEWHERE, name


@pytest.mark.parametrize("name", DRY_RUN)
def test_each_part_is_syntax_of_python_3_8(name: str) -> None:
    ast.parse(module_source(name), feature_version=(3, 8))


def test_no_two_parts_define_the_same_name() -> None:
    seen: dict[str, str] = {}
    for name in DRY_RUN:
        for node in ast.parse(module_source(name)).body:
            targets = [node] if isinstance(node, ast.Assign) else []
            defined = [target.id for one in targets for target in one.targets if isinstance(target, ast.Name)]
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                defined.append(node.name)
            for one in defined:
                assert one not in seen, f"{one} is in {seen.get(one)} and in {name}"
                seen[one] = name


def test_the_compiled_bundle_is_the_bundle() -> None:
    magic, code = compiled(DRY_RUN)
    assert magic == importlib.util.MAGIC_NUMBER.hex()
    space: dict[str, object] = {"__name__": "there"}
    exec(marshal.loads(zlib.decompress(base64.b64decode(code))), space)
    assert callable(space["keep"])
    assert callable(space["run_target"])


def test_a_packed_text_needs_no_quoting() -> None:
    assert set("\\'\"\n").isdisjoint(packed(b"'\"\\\n" * 100))


def test_a_module_that_is_not_there_is_said() -> None:
    with pytest.raises(LookupError, match="no_such has no source"):
        module_source("no_such")
