"""Which Jupyter kernels this machine has, and what the status bar says about them. Starts nothing.

Imports `notebook` and below. `jupyter_client` belongs to the `kernel` extra and is imported only when asked.
"""

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def available() -> bool:
    """Whether the `kernel` extra is installed."""
    return importlib.util.find_spec("jupyter_client") is not None


def kernel_names() -> tuple[str, ...]:
    """The names ("python3") of the kernels installed for this user; empty without the `kernel` extra.

    A kernel whose description cannot be read is left out.
    """
    if not available():
        return ()
    from jupyter_client.kernelspec import KernelSpecManager

    folders = KernelSpecManager().find_kernel_specs()
    return tuple(name for name in sorted(folders) if _description(Path(folders[name])) is not None)


def wanted_kernel(metadata: Mapping[str, Any]) -> str:
    """The name of the kernel that a notebook asks for, or ""."""
    spec = metadata.get("kernelspec")
    name = spec.get("name") if isinstance(spec, Mapping) else None
    return name if isinstance(name, str) else ""


def status_line(metadata: Mapping[str, Any]) -> str:
    """What the status bar says for a notebook with this metadata."""
    wanted = wanted_kernel(metadata)
    if not available():
        return "kernel: none (pip install 'nbreview[kernel]')"
    installed = kernel_names()
    if not installed:
        return "kernel: none found (python -m ipykernel install --user)"
    if not wanted:
        return "kernel: none named by the notebook"
    if wanted not in installed:
        return f"kernel: {wanted} is not installed here (there is {', '.join(installed)})"
    return f"kernel: {wanted} (not started)"


def _description(folder: Path) -> Mapping[str, Any] | None:
    try:
        spec = json.loads((folder / "kernel.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return spec if isinstance(spec, Mapping) else None
