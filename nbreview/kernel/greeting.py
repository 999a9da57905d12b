"""The first words with a kernel: until it answers, and until what it publishes is heard.

Imports `life` and below.
"""

import time
from collections.abc import Mapping
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.life import Life
from nbreview.kernel.requests import Patience
from nbreview.words import said


def greet(life: Life, title: str, patience: Patience, cancel: CancelToken | None = None) -> Mapping[str, Any]:
    """A kernel's description of itself (`kernel_info_reply`), once it listens and is heard on all channels.

    Raises
    ------
    UserError
        It ended, or did not answer in time.
    Cancelled
        Stopped on request.
    """
    began = time.monotonic()
    # A kernel that is busy answers on its control channel; an old one knows only the shell. As long as the
    # shell has not answered, the greeting counts as what keeps it busy.
    by_control = life.ask("control", "kernel_info_request", {}, kind="ping")
    by_shell = life.ask("shell", "kernel_info_request", {}, kind="greeting")

    def told() -> bool:
        settled = by_shell.reply is not None or (by_control.reply is not None and not life.owned)
        return settled or bool(life.ended)

    life.wait(patience.start if life.owned else patience.answer, told, cancel)
    if cancel is not None:
        cancel.check()
    reply = by_shell.reply or by_control.reply
    if reply is None:
        raise _no_start(life, title, time.monotonic() - began)
    life.listen(patience.answer)
    life.wait(patience.last_output, lambda: by_shell.reply is not None or bool(life.ended), cancel)
    return reply


def _no_start(life: Life, title: str, seconds: float) -> UserError:
    if not life.owned:
        return UserError(
            said(
                "{file}: the kernel beats but does not answer; interrupt or restart it where it was started.",
                file=life.connection.file,
            )
        )
    how = life.ended or said("did not answer within {seconds} s", seconds=f"{seconds:.0f}")
    log = life.process.log if life.process is not None else ""
    if "ipykernel" in log:
        return UserError(
            said(
                "The kernel {title} {how} before it was ready{last_words}; install ipykernel in its "
                "environment, and start it again.",
                title=title,
                how=how,
                last_words=life.last_words,
            )
        )
    return UserError(
        said(
            "The kernel {title} {how} before it was ready{last_words}; choose another kernel, and start it "
            "again.",
            title=title,
            how=how,
            last_words=life.last_words,
        )
    )
