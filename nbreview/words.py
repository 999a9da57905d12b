"""Sentences that are said in English here and can be said again in the reader's language.

Bottom floor: imports nothing of nbreview. What lies below the window knows no translation: it makes a
`Said`, which is the English sentence to everybody else (terminal, JSON, log, store) and tells the window what
it was made of. `packaging/languages.py` gathers the templates from the calls of `said`.
"""

from collections.abc import Iterable
from typing import Any, Self


class Said(str):
    """An English sentence that knows its template and what was put into it.

    Parameters
    ----------
    template:
        With `{name}` where a value stands.
    values:
        By name; one that is a `Said` is translated with the sentence.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __new__(cls, template: str, values: dict[str, object]) -> Self:
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.template, self.values))


def said(template: str, **values: object) -> Said:
    """A sentence, its template as a literal so that it can be gathered for translation. Braces that are meant
    are doubled where there are values, as in `str.format`.
    """
    return Said(template, values)


def joined(parts: Iterable[str], between: str = ", ") -> Said:
    """Sentences or names in a row, each of which is translated by itself; `between` holds no words."""
    values: dict[str, object] = {f"part{number}": part for number, part in enumerate(parts)}
    return Said(between.join(f"{{{name}}}" for name in values), values)
