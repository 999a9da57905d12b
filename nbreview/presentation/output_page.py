"""One output as a page of its own, for a browser: what *open in browser* writes.

Imports the parts of the HTML page and below. The page is closed: no script, nothing from anywhere, a policy
that says so. Widgets, Plotly and Vega need scripts that nbreview does not carry; the page says so, and shows
the still picture that the output holds, its data as tables, and the JSON that a library would draw it from.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nbreview.notebook import mime
from nbreview.notebook.model import Output
from nbreview.presentation.html_markup import data_uri, esc, picture
from nbreview.presentation.rich_outputs import PLOTLY, embedded
from nbreview.presentation.sanitizing import safe_html

MAX_ROWS = 500
"""Rows of a trace's data that are shown; the rest is counted."""

MAX_TABLES = 40
"""Traces whose data are shown; the rest is counted."""

MAX_JSON = 1_000_000
"""Characters of JSON that are shown; the rest is counted."""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
.note { opacity: .75; border-left: 3px solid; padding-left: .75rem; }
img { max-width: 100%; background: white; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  padding: .15rem .75rem; text-align: right; }
pre { overflow: auto; padding: .75rem; background: color-mix(in srgb, currentColor 6%, transparent); }
"""
_NO_SCRIPT = (
    "This page is a still: it holds no scripts and loads nothing. To use the figure itself, run its cell in "
    "Jupyter."
)


def output_page(output: Output, title: str) -> str:
    """The whole page of one output. `title` says which notebook and cell it is from."""
    name = embedded(output) or "Output"
    body = "\n".join(_parts(output))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{esc(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{esc(title)}</h1>\n<p>{esc(name)}</p>\n"
        f'<p class="note">{esc(_NO_SCRIPT)}</p>\n{body}\n</body>\n</html>\n'
    )


def _parts(output: Output) -> Iterator[str]:
    for kind, value in output.data.items():
        uri = data_uri(kind, value) if mime.is_image(kind) else ""
        if uri:
            yield f"<h2>Picture</h2>\n{picture(uri, 'The picture saved with the output')}"
    html = output.data.get(mime.TEXT_HTML)
    if isinstance(html, str) and (safe := safe_html(html)).strip():
        yield f"<h2>Text and tables</h2>\n<div>{safe}</div>"
    for kind, value in output.data.items():
        if mime.is_json(kind):
            if kind == PLOTLY:
                yield from _traces(value)
            yield f"<h2>{esc(kind)}</h2>\n<pre>{esc(_json(value))}</pre>"
    plain = output.data.get(mime.TEXT_PLAIN)
    if isinstance(plain, str) and plain.strip():
        yield f"<h2>Plain text</h2>\n<pre>{esc(_cut(plain))}</pre>"


def _traces(figure: Any) -> Iterator[str]:
    traces = figure.get("data") if isinstance(figure, Mapping) else None
    if not isinstance(traces, list):
        return
    for number, trace in enumerate(traces[:MAX_TABLES]):
        if isinstance(trace, Mapping):
            columns = {name: value for name, value in trace.items() if _is_column(value)}
            if columns:
                heading = f"Trace {number + 1}: {trace.get('name') or trace.get('type') or 'scatter'}"
                yield f"<h2>{esc(str(heading))}</h2>\n{_table(columns)}"
    if len(traces) > MAX_TABLES:
        yield f'<p class="note">{len(traces) - MAX_TABLES:,} more traces are in the JSON below.</p>'


def _is_column(value: Any) -> bool:
    return (
        isinstance(value, list) and bool(value) and not any(isinstance(item, list | dict) for item in value)
    )


def _table(columns: Mapping[str, Sequence[Any]]) -> str:
    longest = max(map(len, columns.values()))
    heads = "".join(f'<th scope="col">{esc(str(name))}</th>' for name in columns)
    rows = []
    for number in range(min(longest, MAX_ROWS)):
        cells = (str(values[number]) if number < len(values) else "" for values in columns.values())
        rows.append("<tr>" + "".join(f"<td>{esc(cell)}</td>" for cell in cells) + "</tr>")
    rest = f'<p class="note">{longest - MAX_ROWS:,} more rows</p>' if longest > MAX_ROWS else ""
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>{rest}"


def _json(value: Any) -> str:
    return _cut(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_JSON else f"{text[:MAX_JSON]}\n… {len(text) - MAX_JSON:,} more characters"
