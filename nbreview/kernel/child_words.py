"""The sentences of our children in kernels and forks, known again: they come as plain text over a pipe.

Imports `words` only. The children import nothing of nbreview; a test holds these against their sources.
"""

import re
from functools import cache

from nbreview.words import Said, said

_SOME = "…"

KNOWN = (
    # fork_child
    said("The kernel has no IPython."),
    said("The cell asks the person for input."),
    said("The cell asks the kernel to exit."),
    said("The cell wants more memory, or more threads, than a dry run may take."),
    said("The cell waits for what the kernel's event loop does, which no fork carries on."),
    said("The cell uses a graphics processor that the kernel has started, which no fork can."),
    said("The cell asks for the network, which a dry run does not have."),
    said("A command of the cell was refused what a dry run does not have."),
    said("The kernel shares memory with others that cannot be made private to a fork."),
    said("The kernel has started a graphics processor ({name}), which no fork can use.", name=_SOME),
    said("`{name}` holds {held}, which no fork can use.", name=_SOME, held=_SOME),
    said("The cell may use a connection that no fork carries ({reason}).", reason=_SOME),
    said("The dry run refuses {what} ({reason}).", what=_SOME, reason=_SOME),
    said("writing there"),
    said("more space"),
    said("larger files"),
    said("a file of another user"),
    said("moving between folders"),
    said("more processes"),
    said("more files"),
    # handles
    said("a database connection"),
    said("a network connection"),
    said("another process"),
    said("a pool of threads or processes"),
    said("a cluster"),
    said("a thread"),
    said("a lock that another thread holds"),
    # supervision, containment, landlock
    said("No {level}: {reason}.", level=_SOME, reason=_SOME),
    said("{place} can only be read ({reason}).", place=_SOME, reason=_SOME),
    said("this system has no namespaces"),
    said("this system has no Landlock"),
    said("UDP and UNIX sockets"),
    said("rights, owner and times of files"),
    said("signals to other programs"),
    said("truncating files"),
    # dryrun, in the kernel
    said("its system cannot fork"),
    said("it ended without a report"),
)


def recognised(text: str) -> str:
    """A child's text as a `Said`, its parts too, where it is one of `KNOWN`; any other text as it is."""
    plain, patterns = _forms()
    if text in plain:
        return plain[text]
    for template, pattern in patterns:
        if found := pattern.fullmatch(text):
            return Said(template, {name: recognised(value) for name, value in found.groupdict().items()})
    return text


@cache
def _forms() -> tuple[dict[str, Said], list[tuple[str, re.Pattern[str]]]]:
    patterns = []
    for one in KNOWN:
        if one.values:
            parts = re.split(r"\{(\w+)\}", one.template)
            named = (f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
            patterns.append((one.template, re.compile("".join(named), re.DOTALL)))
    return {str(one): one for one in KNOWN if not one.values}, patterns
