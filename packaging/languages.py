"""Gather the window's texts for translators and compile what they wrote: `python packaging/languages.py`.

Qt Linguist opens `resources/languages/*.ts`. lupdate and lrelease come with PySide6. The texts of tables
(acts, settings) and the sentences from below the window (`said`) are gathered through a file written for the
purpose, as lupdate sees only calls of `tr`.
`--check` changes nothing and exits with 1 where a text is missing or a compiled file is old.
"""

import argparse
import ast
import dataclasses
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ROOT / "resources" / "languages"
TOOLS = Path(PySide6.__file__).parent
NAMES = ("en", "de")


def main() -> int:
    """Update the files, or say what is wrong with them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 where work is left")
    check = parser.parse_args().check
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            written = LANGUAGES / f"nbreview_{name}.ts"
            fresh = Path(folder) / written.name
            if written.exists():
                fresh.write_bytes(written.read_bytes())
            gather(fresh, Path(folder))
            compiled = Path(folder) / f"nbreview_{name}.qm"
            release(fresh, compiled)
            problems += [f"{written.name}: no translation of {text!r}" for text in untranslated(fresh, name)]
            for made, kept in ((fresh, written), (compiled, written.with_suffix(".qm"))):
                if check and (not kept.exists() or kept.read_bytes() != made.read_bytes()):
                    problems.append(f"{kept.name} is not up to date; run python packaging/languages.py")
                if not check:
                    kept.write_bytes(made.read_bytes())
    for problem in problems:
        print(problem)
    return int(bool(problems))


def gather(path: Path, folder: Path) -> None:
    """Bring a file of translations up to date with the texts of the source."""
    tables = folder / "tables.py"
    texts = dict.fromkeys((*table_texts(), *said_texts()))
    tables.write_text("".join(f"tr({json.dumps(text)})\n" for text in texts))
    sources = sorted(
        str(source.relative_to(ROOT))
        for room in ("gui", "presentation")
        for source in (ROOT / "nbreview" / room).rglob("*.py")
    )
    listing = folder / "sources.txt"
    listing.write_text("\n".join([*sources, str(tables)]))
    plural = ["-pluralonly"] if path.stem.endswith("_en") else []
    command = [
        str(TOOLS / "lupdate"),
        f"@{listing}",
        "-locations",
        "none",
        "-no-obsolete",
        "-silent",
        *plural,
    ]
    language = path.stem.rsplit("_", 1)[-1]
    subprocess.run(
        [*command, "-source-language", "en", "-target-language", language, "-ts", str(path)],
        cwd=ROOT,
        check=True,
    )


def table_texts() -> Iterator[str]:
    """The texts that stand in tables: acts with their menus and tips, settings with their choices, and what
    the listed models are good for.
    """
    sys.path.insert(0, str(ROOT))
    from nbreview.gui.act_table import ACTS
    from nbreview.llm.curated import curated_models
    from nbreview.settings import SECTIONS, Settings

    yield from (model.purpose for model in curated_models())
    for act in ACTS:
        yield act.text
        yield from filter(None, (act.tip, *act.menu.split("/")))
    yield from SECTIONS
    for item in dataclasses.fields(Settings):
        yield item.metadata["label"]
        choices = item.metadata.get("choices", {})
        yield from filter(None, (item.metadata["help"], item.metadata.get("unit", ""), *choices.values()))


def said_texts() -> Iterator[str]:
    """The templates of `said`, which stand in it as literals."""
    for source in sorted((ROOT / "nbreview").rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said":
                yield ast.literal_eval(node.args[0])


def release(path: Path, compiled: Path) -> None:
    """Compile a file of translations into what Qt loads."""
    subprocess.run([str(TOOLS / "lrelease"), "-silent", str(path), "-qm", str(compiled)], check=True)


def untranslated(path: Path, name: str) -> list[str]:
    """The source texts that have no finished translation."""
    return [
        message.findtext("source", "")
        for message in ElementTree.parse(path).iter("message")
        if (found := message.find("translation")) is None or found.get("type") == "unfinished"
    ]


if __name__ == "__main__":
    sys.exit(main())
