"""Notebooks for tests, as the bytes that Jupyter would have written."""

import json
from typing import Any


def code(
    source: str,
    *,
    outputs: list[dict[str, Any]] | None = None,
    count: int | None = None,
    id: str | None = None,
    **metadata: Any,
) -> dict[str, Any]:
    """A code cell as JSON."""
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": count,
        "metadata": metadata,
        "outputs": outputs or [],
        "source": source.splitlines(keepends=True),
    }
    return {"id": id, **cell} if id is not None else cell


def markdown(source: str, *, id: str | None = None, **metadata: Any) -> dict[str, Any]:
    """A Markdown cell as JSON."""
    cell: dict[str, Any] = {
        "cell_type": "markdown",
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
    }
    return {"id": id, **cell} if id is not None else cell


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """A stream output as JSON."""
    return {"output_type": "stream", "name": name, "text": text.splitlines(keepends=True)}


def display(**data: Any) -> dict[str, Any]:
    """A display_data output as JSON; `text_plain="…"` becomes the MIME type text/plain."""
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {key.replace("_", "/", 1): value for key, value in data.items()},
    }


def error(ename: str, evalue: str, traceback: list[str] | None = None) -> dict[str, Any]:
    """An error output as JSON."""
    return {"output_type": "error", "ename": ename, "evalue": evalue, "traceback": traceback or []}


def notebook(*cells: dict[str, Any], minor: int = 5, **metadata: Any) -> bytes:
    """A notebook as Jupyter writes it: indent 1, sorted keys, no ASCII escapes, one newline at the end."""
    value = {
        "cells": list(cells),
        "metadata": metadata or {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": minor,
    }
    return (json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
