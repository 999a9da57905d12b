"""The ways in which the model's process fails, and the sentences for them.

Pure; imports no engine and no llama_cpp.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.llm.model import LoadOptions
from nbreview.llm.protocol import ProtocolError
from nbreview.words import Said, said


class DeathError(Exception):
    """The child ended or hung; `how` says how ("was ended by SIGKILL")."""

    def __init__(self, how: Said, code: int | None) -> None:
        super().__init__(how)
        self.how = how
        self.code = code


class RefusedError(Exception):
    """The child answered with an error."""

    def __init__(self, message: dict[str, Any]) -> None:
        super().__init__(message["message"])
        self.kind: str = message["kind"]
        self.facts = message


def request_error(name: str, refusal: RefusedError) -> Exception:
    """Why the model called `name` did not answer a request, for the person, or as a fault of ours."""
    if refusal.kind == "context":
        tokens, limit = refusal.facts["tokens"], refusal.facts["limit"]
        return UserError(
            said(
                "The prompt is {tokens} tokens and the context of {name} holds {limit}; load the model with "
                "a larger context or ask about less.",
                tokens=f"{tokens:,}",
                name=name,
                limit=f"{limit:,}",
            )
        )
    if refusal.kind == "template":
        return UserError(
            said(
                "The chat template of {name} refuses the messages ({reason}); choose another model file.",
                name=name,
                reason=str(refusal),
            )
        )
    if refusal.kind == "decode":
        return UserError(
            said(
                "{name} could not evaluate the prompt ({reason}); ask again.", name=name, reason=str(refusal)
            )
        )
    return RuntimeError(f"{refusal.kind}: {refusal}")


def load_error(options: LoadOptions, refusal: RefusedError) -> Exception:
    """Why a model could not be loaded, and what to do."""
    if refusal.kind == "memory":
        return UserError(
            said(
                "{path} needs more memory than there is at a context of {tokens} tokens ({reason}); choose "
                "a smaller context or model.",
                path=options.path,
                tokens=f"{options.context_tokens:,}",
                reason=str(refusal),
            )
        )
    if refusal.kind == "fault":
        return RuntimeError(str(refusal))
    return UserError(
        said(
            "{path} cannot be loaded: {reason}; choose another model file.",
            path=options.path,
            reason=str(refusal),
        )
    )


def no_start(python: str, error: OSError) -> UserError:
    """The interpreter of the child does not start."""
    return UserError(
        said(
            "{python} cannot be started ({reason}); mend the Python that runs nbreview.",
            python=python,
            reason=error.strerror,
        )
    )


def too_large(error: ProtocolError) -> UserError:
    """What is asked does not go through the pipe."""
    return UserError(
        said("The request is too large for the model ({reason}); choose less context.", reason=str(error))
    )


def import_error(refusal: RefusedError) -> UserError:
    """Why llama-cpp-python could not be imported in the child."""
    return UserError(
        said(
            "llama-cpp-python cannot be loaded ({reason}); install it again with pip install "
            "--force-reinstall 'nbreview[llama]'.",
            reason=str(refusal),
        )
    )


def early_death(death: DeathError, log: Sequence[str]) -> UserError:
    """The child ended before it said hello; `log` is its standard error."""
    lines = [line for line in log if line.strip()]
    words = lines[-1] if lines else said("it said nothing")
    return UserError(
        said(
            "The model's process {how} before it was ready ({words}); install llama-cpp-python again with "
            "pip install --force-reinstall 'nbreview[llama]'.",
            how=death.how,
            words=words,
        )
    )


def hopeless(path: Path, build: str, death: DeathError) -> UserError:
    """The child died with every setting that there is."""
    return UserError(
        said(
            "{path} ends llama.cpp {build} with every setting (it {how}); choose another model file or "
            "download it again.",
            path=path,
            build=build,
            how=death.how,
        )
    )


def died_answering(name: str, death: DeathError) -> Said:
    """The child ended before its answer did."""
    return said(
        "The process of {name} {how} in the middle of an answer; it starts again with the next request.",
        name=name,
        how=death.how,
    )


def died_counting(name: str, death: DeathError) -> Said:
    """The child ended while it counted tokens."""
    return said(
        "The process of {name} {how} while it counted tokens; it starts again with the next request.",
        name=name,
        how=death.how,
    )
