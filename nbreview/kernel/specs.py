"""Which Jupyter kernels this machine has, and what the status bar says about them. Starts nothing.

Imports `notebook` and below. `jupyter_client` belongs to the `kernel` extra and is imported only when asked.
"""

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MISSING = "Kernels need the kernel extra; install it with: pip install 'nbreview[kernel]'"


@dataclass(frozen=True, slots=True)
class KernelName:
    """An installed kernel: its name ("python3"), what it calls itself, its language, and its folder."""

    name: str
    display_name: str
    language: str
    folder: Path


def missing_reason() -> str:
    """Why kernels cannot be used, with what to do about it; "" when they can."""
    return "" if importlib.util.find_spec("jupyter_client") is not None else MISSING


def kernel_names() -> tuple[KernelName, ...]:
    """The kernels installed for this user, by name; empty without the `kernel` extra.

    A kernel whose description cannot be read is left out.
    """
    if missing_reason():
        return ()
    from jupyter_client.kernelspec import KernelSpecManager

    found: list[KernelName] = []
    for name, folder in sorted(KernelSpecManager().find_kernel_specs().items()):
        spec = _description(Path(folder))
        if spec is not None:
            display = spec.get("display_name")
            language = spec.get("language")
            found.append(
                KernelName(
                    name,
                    display if isinstance(display, str) else name,
                    language if isinstance(language, str) else "",
                    Path(folder),
                )
            )
    return tuple(found)


def wanted_kernel(metadata: Mapping[str, Any]) -> str:
    """The name of the kernel that a notebook asks for, or ""."""
    spec = metadata.get("kernelspec")
    name = spec.get("name") if isinstance(spec, Mapping) else None
    return name if isinstance(name, str) else ""


def status_line(metadata: Mapping[str, Any]) -> str:
    """What the status bar says for a notebook with this metadata."""
    wanted = wanted_kernel(metadata)
    if missing_reason():
        return "kernel: none (pip install 'nbreview[kernel]')"
    installed = {kernel.name for kernel in kernel_names()}
    if not installed:
        return "kernel: none found (python -m ipykernel install --user)"
    if not wanted:
        return "kernel: none named by the notebook"
    if wanted not in installed:
        return f"kernel: {wanted} is not installed here (there is {', '.join(sorted(installed))})"
    return f"kernel: {wanted} (not started)"


def _description(folder: Path) -> Mapping[str, Any] | None:
    try:
        spec = json.loads((folder / "kernel.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return spec if isinstance(spec, Mapping) else None
