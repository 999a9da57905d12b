"""No text that a person reads in the window is left out of the translations: the source of `gui/` is looked
through for literals of several words that never go through `tr`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import nbreview.gui
from nbreview.paths import resource

ROOM = Path(nbreview.gui.__file__).parent
OUTSIDE = ("road.py", "requirements.py")
"""What speaks at the terminal, before or without a window."""

WORDS = re.compile(r"[A-Z][a-z]+[ :…]|.*[a-z]{3,} [a-z]{2,} [a-z]{2,}| ?[a-z]{3,} [a-z]{3,}", re.DOTALL)
NOT_READ = {
    "&View/&Pictures and tables",  # a menu's path: its parts are gathered each by itself
    "This plugin does not support",  # Qt's own words, looked for in its messages
    "Stale: made again.",  # stored with a decision
    "not answered",  # what the kernel says, looked for
    "does not stop",
    "take back",
    "left out ",
    "code font",
    "Python ",  # a crash report, for the makers
    "Parquet (*.parquet)",
    "Cascadia Code",
    "Liberation Mono",
    "Candidate | None",
    # Names of slots and keys:
    "Saving ",
    "comment drafts:",
    "undo asked ",
    "first frame",
    "draft edit",
    "draft list",
    "draft look",
    "draft insert",
    "cell history",
    "file counts",
    "viewed files",
    "export review",
}
SPOKEN = ("tr", "QT_TR_NOOP", "UserError", "TypeVar")
"""What comes from below the window, and its errors, stay English."""


def literals(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that are no documentation and not spoken through `tr`."""
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        docs = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        spoken = isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPOKEN
        if docs or spoken or isinstance(node, ast.Raise):
            passed.update(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in passed:
            yield node.value


def test_every_text_of_the_window_goes_through_its_translation() -> None:
    messages = ElementTree.parse(resource("languages", "nbreview_de.ts")).iter("message")
    gathered = {message.findtext("source", "") for message in messages}
    missed, unread = [], set()
    for path in sorted(ROOM.rglob("*.py")):
        if path.name in OUTSIDE:
            continue
        for text in literals(ast.parse(path.read_text(encoding="utf-8"))):
            if text in NOT_READ:
                unread.add(text)
            elif WORDS.match(text) and text not in gathered:
                missed.append(f"{path.relative_to(ROOM)}: {text!r}")
    assert not missed, "\n".join(missed)
    assert unread == NOT_READ  # none stays on the list that is gone from the source
