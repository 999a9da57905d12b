"""What `nbreview store show` prints: one thing of the store as plain data, and as text."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from nbreview.cli.options import harmless
from nbreview.store.database import Store
from nbreview.store.search import in_words

_TIMES = ("created", "time", "started", "ended")


def record(store: Store, start: str, prompt: bool) -> dict[str, Any]:
    """All that is kept of what an id, or the start of one, names.

    Raises
    ------
    UserError
        Nothing has that id, or several things have one that starts so.
    """
    kind, id = store.identify(start)
    if kind == "decision":
        kind, id = "suggestion", store.decided(id)
    if kind == "suggestion":
        found = asdict(store.suggestion(id))
        _cut_prompt(found["origin"], prompt)
        diff = difflib.unified_diff(
            found["base_source"].splitlines(),
            found["proposed_source"].splitlines(),
            "base",
            "proposed",
            lineterm="",
        )
        decisions = [asdict(decision) for decision in store.decisions(id)]
        return {
            "kind": kind,
            **found,
            "parts": list(store.parts(id)),
            "diff": "\n".join(diff),
            "decisions": decisions,
        }
    if kind == "comment":
        events = [asdict(event) for event in store.comment_events(id)]
        return {"kind": kind, **asdict(store.comment(id)), "events": events}
    if kind == "finding":
        found = asdict(store.finding(id))
        _cut_prompt(found["origin"] or {}, prompt)
        return {"kind": kind, **found, "outcomes": [asdict(outcome) for outcome in store.outcomes(id)]}
    if kind == "review":
        return {"kind": kind, **asdict(store.review(id))}
    snapshot = store.snapshot(id)
    return {"kind": kind, **asdict(snapshot), "digest": snapshot.snapshot.digest}


def _cut_prompt(origin: dict[str, Any], prompt: bool) -> None:
    if not prompt:
        origin.pop("messages", None)
        origin.pop("reply", None)


def text(shown: Mapping[str, Any]) -> str:
    """The same for people: short values first, long ones under a heading; nothing that moves a terminal."""
    lines = [f"{shown['kind']} {shown['id']}"]
    long: list[tuple[str, Any]] = []
    for name, value in _flat(shown):
        if name in ("kind", "id") or value in ("", None, [], {}, ()):
            continue
        if isinstance(value, (list, tuple)) or "\n" in str(value):
            long.append((name, value))
        else:
            lines.append(f"  {name:<22} {_value(name, value)}")
    for name, value in long:
        lines += ["", f"{name}:", *_long(value)]
    return "\n".join(harmless(line) for line in lines)


def _flat(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, each in value.items():
        if isinstance(each, Mapping) and name in ("place", "origin", "finding", "cause", "snapshot"):
            yield from _flat(each)
        else:
            yield name, each


def _value(name: str, value: Any) -> str:
    if name in _TIMES and isinstance(value, float):
        return f"{in_words(value)} UTC"
    if name == "cell_index":
        return f"{value} (cell {value + 1})"
    return str(value)


def _long(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (f"    {line}" for line in value.splitlines())
        return
    for each in value:
        if not isinstance(each, Mapping):
            yield f"    {each}"
            continue
        short = {
            name: part for name, part in each.items() if part not in ("", None) and "\n" not in str(part)
        }
        yield "    " + "  ".join(f"{name} {_value(name, part)}" for name, part in short.items())
        for name, part in each.items():
            if "\n" in str(part):
                yield f"      {name}:"
                yield from (f"        {line}" for line in str(part).splitlines())
