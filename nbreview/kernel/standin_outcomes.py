"""What the child of a stand-in run answered, as an outcome.

Imports `model`, `child_words` and below. An answer comes from where the notebook's own code ran: nothing in
it need be what it should be.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nbreview.kernel.child_words import recognised
from nbreview.kernel.model import (
    Frame,
    Outcome,
    OutcomeStatus,
    Program,
    beyond_no_crash,
    no_crash,
    no_verdict,
)
from nbreview.words import Said, joined, said

_ABOUT_ITEMS = frozenset(("TypeError", "ValueError", "UFuncTypeError", "UnimplementedError"))


def same(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether two worlds raised the same. Of a part of a table each world misses another label, unless it is
    one label that was asked for.
    """
    labels = first.get("label"), second.get("label")
    if None not in labels:
        return labels[0] != labels[1] and all(
            first.get(key) == second.get(key) for key in ("exception", "line")
        )
    # A table of objects holds texts in the one world and numbers in the other: what neither can do, in the
    # same statement, no such table can.
    if first.get("mixed") and second.get("mixed") and first.get("line") == second.get("line"):
        return {first.get("exception"), second.get("exception")} <= _ABOUT_ITEMS
    keys = ("exception", "line", "comparable")
    return all(first.get(key) == second.get(key) for key in keys)


def unconfirmed(found: Mapping[str, Any], seconds: float) -> Outcome:
    """One world raised and another did not."""
    return Outcome(
        OutcomeStatus.FINISHED,
        reason=no_crash(
            said(
                "{exception} was raised on one set of invented values only.",
                exception=found.get("exception"),
            )
        ),
        output=str(found.get("output", "")),
        seconds=seconds,
    )


def unraised(answer: Mapping[str, Any], turns: int | None, seconds: float) -> Outcome:
    """A run that ended in another way than by an exception; `turns` is where loops were cut."""
    match answer["status"]:
        case "finished" if turns is not None and answer.get("whiles_cut"):
            why = said(
                "The target did not end in the time that it was given; no crash was found in the first "
                "turns of its loops."
            )
            return no_verdict(why, seconds)
        case "finished" if answer.get("starved"):
            return no_verdict(said("The target wants more memory than a stand-in run may take."), seconds)
        case "finished":
            ran, passed = _number(answer.get("statements")), _number(answer.get("passed_over"))
            output = str(answer.get("output", ""))
            nothing = no_crash(_nothing_found(ran, passed, cut=turns is not None))
            return Outcome(OutcomeStatus.FINISHED, reason=nothing, output=output, seconds=seconds)
        case "timeout":
            return no_verdict(said("The target did not end in the time that it was given."), seconds)
        case "died":
            reason = f": {answer['reason']}" if answer.get("reason") else ""
            return no_verdict(
                said("The process of the stand-in run ended before the target did{reason}.", reason=reason),
                seconds,
            )
        case "withheld":
            why = said(
                "The target was refused what a stand-in run does not have ({reason}).",
                reason=answer.get("reason", ""),
            )
            return no_verdict(why, seconds)
        case "refused":
            notes = answer.get("notes")
            why = said("Nothing can hold a stand-in run on this system, so none was made.")
            told = [recognised(str(note)) for note in notes] if isinstance(notes, list) else []
            return no_verdict(joined((why, *told), " "), seconds)
        case _:
            return no_verdict(
                said("The stand-in run failed: {reason}", reason=answer.get("reason", "")), seconds
            )


def _nothing_found(ran: int, passed: int, *, cut: bool) -> Said:
    if passed and cut:
        return said(
            "{ran} statements ran, {passed} inside them were passed over for want of known values, loops "
            "were cut short.",
            ran=ran,
            passed=passed,
        )
    if passed:
        return said(
            "{ran} statements ran, {passed} inside them were passed over for want of known values.",
            ran=ran,
            passed=passed,
        )
    if cut:
        return said("{ran} statements ran, loops were cut short.", ran=ran)
    return said("{ran} statements ran.", ran=ran)


def naming_outputs(outcome: Outcome, program: Program, told: Mapping[str, Any]) -> Outcome:
    """The outcome with the names said that were rebuilt from saved outputs, and the cells of those."""
    names: list[str] = []
    for name, steps in told.items():
        cells = [
            program.executed[step].cell_index
            for step in (steps if isinstance(steps, list) else ())
            if isinstance(step, int) and 0 <= step < len(program.executed)
        ]
        numbers = ", ".join(str(index + 1) for index in cells if index is not None)
        if "," in numbers:
            names.append(said("{name} (cells {numbers})", name=name, numbers=numbers))
        else:
            names.append(said("{name} (cell {numbers})", name=name, numbers=numbers) if numbers else name)
    if not names:
        return outcome
    rebuilt = said("Rebuilt from saved outputs: {names}.", names=joined(names))
    known = beyond_no_crash(outcome.reason)
    reason = joined((known, rebuilt), " ") if known else rebuilt
    return replace(outcome, reason=reason if known == outcome.reason else no_crash(reason))


def raised(answer: Mapping[str, Any], turns: int | None, seconds: float) -> Outcome:
    """All worlds raised this."""
    frames = answer.get("frames")
    line, origin = answer.get("line"), answer.get("origin")
    return Outcome(
        OutcomeStatus.RAISED,
        exception=str(answer.get("exception", "")),
        message=str(answer.get("message", "")),
        reason=said("Loops were cut short.") if turns is not None else "",
        line=line if isinstance(line, int) else None,
        library=str(answer.get("library", "")),
        origin=origin if isinstance(origin, int) else None,
        frames=tuple(
            Frame(
                str(frame.get("file", "")),
                _number(frame.get("line")),
                str(frame.get("function", "")),
                str(frame.get("text", "")),
            )
            for frame in (frames if isinstance(frames, list) else ())
            if isinstance(frame, dict)
        ),
        output=str(answer.get("output", "")),
        seconds=seconds,
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
