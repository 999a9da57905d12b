"""Errors that a person can act on.

Bottom floor: imports nothing of nbreview. A fault of ours stays an ordinary exception and becomes a report;
what the user or the environment can mend is a `UserError` and becomes one sentence in place.
"""


class UserError(Exception):
    """One sentence for the person: what is wrong, with what, and what to do next.

    Parameters
    ----------
    message:
        The sentence. It names the file or the setting that it is about and ends with the next step.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[type["UserError"], tuple[str]]:
        return (type(self), (self.message,))
