"""The one form in which every evaluation reports: figures as JSON, tables as Markdown, charts as SVG.

Imports `form`, `training.files` and the bottom floor. The SVG is written here: bars with whiskers need no
library, and a report stays the same text at every run.
"""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from nbreview import __version__
from nbreview.errors import UserError
from nbreview.evaluation.form import Form, form_value
from nbreview.training.files import aside, put

PICTURE = "report.svg"

_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")  # Okabe and Ito: told apart by every eye
_WIDTH, _LABEL, _VALUE, _BAR, _GAP = 760, 230, 70, 14, 10


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under named columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: None where there is no figure; `low` and `high` are the ends of its interval."""

    label: str
    series: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of values from 0 to `maximum`, grouped by label, coloured by series."""

    title: str
    bars: tuple[Bar, ...]
    maximum: float = 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    Parameters
    ----------
    name:
        The evaluation: `alignment`, say.
    values:
        Every figure, as JSON values.
    notes:
        Sentences: how it was measured, and what the reader must know to trust it.
    form:
        What all evaluations say alike; nothing of it may be named in `values`.
    """

    name: str
    title: str
    values: Mapping[str, Any]
    tables: tuple[Table, ...]
    chart: Chart
    notes: tuple[str, ...]
    form: Form | None = None


def json_text(report: Report) -> str:
    """The report for machines: one JSON object."""
    value = {
        "evaluation": report.name,
        "title": report.title,
        "nbreview": __version__,
        "machine": machine(),
        **(form_value(report.form) if report.form is not None else {}),
        **report.values,
        "notes": list(report.notes),
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def markdown(report: Report) -> str:
    """The report for people, without its chart."""
    parts = [f"# {report.title}", "\n".join(f"- {note}" for note in report.notes)]
    for table in report.tables:
        parts.append(f"## {table.title}")
        rows = [table.columns, tuple("---" for _ in table.columns), *table.rows]
        parts.append("\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in rows))
    if report.form is not None:
        if report.form.problems:
            parts.append("## Problems\n\n" + "\n".join(f"- {problem}" for problem in report.form.problems))
        parts.append(_source(report.form))
    parts.append(f"nbreview {__version__} on {machine()}.")
    return "\n\n".join(parts) + "\n"


def svg(chart: Chart) -> str:
    """The chart as a picture of its own: white ground, no script, no font of its own."""
    series = list(dict.fromkeys(bar.series for bar in chart.bars))
    labels = list(dict.fromkeys(bar.label for bar in chart.bars))
    body: list[str] = []
    legend: list[str] = []
    left, base = float(_LABEL), 45
    for number, name in enumerate(series):
        wide = 40 + 8 * len(name)
        if left > _LABEL and left + wide > _WIDTH:
            left, base = float(_LABEL), base + 18
        legend.append(_box(left, base - 9, 10, 10, _COLORS[number % len(_COLORS)]))
        legend.append(_text(left + 16, base, name))
        left += wide
    axis_top = base + 13
    top = axis_top + 6
    scale = (_WIDTH - _LABEL - _VALUE) / chart.maximum
    for label in labels:
        group = [bar for bar in chart.bars if bar.label == label]
        middle = top + len(group) * _BAR / 2 + 4
        body.append(_text(_LABEL - 8, middle, label, "end"))
        for bar in group:
            body.extend(_bar(bar, top, scale, _COLORS[series.index(bar.series) % len(_COLORS)]))
            top += _BAR
        top += _GAP
    axis = f'<line x1="{_LABEL}" y1="{axis_top}" x2="{_LABEL}" y2="{top}" stroke="#555555"/>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{top + 6}" '
        f'viewBox="0 0 {_WIDTH} {top + 6}" role="img" font-family="sans-serif" font-size="12">'
    )
    title = f"<title>{escape(chart.title)}</title>"
    ground = _box(0, 0, _WIDTH, top + 6, "#ffffff")
    caption = _text(8, 20, chart.title, weight="bold")
    return "\n".join([head, title, ground, caption, *legend, axis, *body, "</svg>"]) + "\n"


def write_report(report: Report, folder: Path) -> list[Path]:
    """Write report.json, report.md and report.svg into a folder, which is made when it is missing.

    Each is written aside and renamed, so that no half of one is ever seen.

    Returns
    -------
    The files written.

    Raises
    ------
    UserError
        The folder cannot be written to.
    """
    text = markdown(report).split("\n\n", 2)
    text.insert(2, f"![{report.chart.title}]({PICTURE})")
    contents = {
        "report.json": json_text(report),
        "report.md": "\n\n".join(text),
        PICTURE: svg(report.chart),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            with aside(folder / name) as (stream, path):
                stream.write(content.encode("utf-8", "replace"))
                put(stream, path, folder / name)
    except OSError as error:
        raise unwritable(folder, error) from None
    return [folder / name for name in contents]


def unwritable(folder: Path, error: OSError) -> UserError:
    """The sentence for a folder that takes no report."""
    reason = error.strerror or str(error)
    return UserError(f"The report could not be written to {folder} ({reason}); name another folder with -o.")


def machine() -> str:
    """What the figures were measured on, in words."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8", errors="replace").splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def figure(value: float | None, low: float | None = None, high: float | None = None) -> str:
    """A share as text, with its interval where it has one; "–" where there is no figure."""
    if value is None:
        return "–"
    return f"{value:.3f}" if low is None or high is None else f"{value:.3f} ({low:.3f}–{high:.3f})"


def duration(seconds: float | None) -> str:
    """A time as text, in the unit that reads best."""
    if seconds is None:
        return "–"
    return f"{seconds * 1000:.3g} ms" if seconds < 0.9995 else f"{seconds:.1f} s"


def _source(form: Form) -> str:
    """One paragraph: data, model and time."""
    text = f"Data: {form.dataset.name}, {form.dataset.items:,} items, SHA-256 {form.dataset.sha256[:16]}…"
    if form.model is not None:
        digest = str(form.model.get("sha256") or "")
        known = f"SHA-256 {digest[:16]}…" if digest else f"{form.model.get('backend')}."  # on a server
        text += f" Model: {form.model.get('name')}, {known}"
    return f"{text} Took {duration(form.seconds)}."


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _bar(bar: Bar, top: float, scale: float, color: str) -> Sequence[str]:
    if bar.value is None:
        return [_text(_LABEL + 6, top + 11, "no figure")]
    width = bar.value * scale
    parts = [_box(_LABEL, top + 1, width, _BAR - 2, color)]
    end = width
    if bar.low is not None and bar.high is not None:
        end = max(width, bar.high * scale)
        middle = top + _BAR / 2
        first, last = _LABEL + bar.low * scale, _LABEL + bar.high * scale
        parts.append(
            f'<line x1="{first:.1f}" y1="{middle:.1f}" x2="{last:.1f}" y2="{middle:.1f}" stroke="#222222"/>'
        )
    parts.append(_text(_LABEL + end + 6, top + 11, f"{bar.value:.3f}"))
    return parts


def _box(left: float, top: float, width: float, height: float, color: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{color}"/>'


def _text(left: float, base: float, text: str, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{left:.1f}" y="{base:.1f}" text-anchor="{anchor}" font-weight="{weight}" '
        f'fill="#222222">{escape(text)}</text>'
    )
