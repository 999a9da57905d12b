"""The two ways in which the model's process fails, and the sentences for them.

Pure; imports no engine and no llama_cpp.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.llm.model import LoadOptions


class DeathError(Exception):
    """The child ended or hung; the text says how ("was ended by SIGKILL")."""

    def __init__(self, how: str, code: int | None) -> None:
        super().__init__(how)
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
            f"The prompt is {tokens:,} tokens and the context of {name} holds {limit:,}; "
            "load the model with a larger context or ask about less."
        )
    if refusal.kind == "template":
        return UserError(
            f"The chat template of {name} refuses the messages ({refusal}); choose another model file."
        )
    if refusal.kind == "decode":
        return UserError(f"{name} could not evaluate the prompt ({refusal}); ask again.")
    return RuntimeError(f"{refusal.kind}: {refusal}")


def load_error(options: LoadOptions, refusal: RefusedError) -> Exception:
    """Why a model could not be loaded, and what to do."""
    if refusal.kind == "memory":
        return UserError(
            f"{options.path} needs more memory than there is at a context of {options.context_tokens:,} "
            f"tokens ({refusal}); choose a smaller context or model."
        )
    if refusal.kind == "fault":
        return RuntimeError(str(refusal))
    return UserError(f"{options.path} cannot be loaded: {refusal}; choose another model file.")


def import_error(refusal: RefusedError) -> UserError:
    """Why llama-cpp-python could not be imported in the child."""
    return UserError(
        f"llama-cpp-python cannot be loaded ({refusal}); install it again with "
        "pip install --force-reinstall 'nbreview[llama]'."
    )


def early_death(death: DeathError, log: Sequence[str]) -> UserError:
    """The child ended before it said hello; `log` is its standard error."""
    lines = [line for line in log if line.strip()]
    return UserError(
        f"The model's process {death} before it was ready ({lines[-1] if lines else 'it said nothing'}); "
        "install llama-cpp-python again with pip install --force-reinstall 'nbreview[llama]'."
    )


def hopeless(path: Path, build: str, death: DeathError) -> UserError:
    """The child died with every setting that there is."""
    return UserError(
        f"{path} ends llama.cpp {build} with every setting (it {death}); choose another model file or "
        "download it again."
    )
