"""A place in a notebook, from and to the columns that every table has for it. Imports `review` and
the rows beside it.
"""

from typing import Any

from nbreview.review.model import Place
from nbreview.store.rows import Row


def place_row(place: Place) -> dict[str, Any]:
    """The columns of a place."""
    return {
        "notebook": place.notebook,
        "cell_index": place.cell_index,
        "cell_id": place.cell_id,
        "repository": place.repository,
        "remote": place.remote,
        "commit_id": place.commit,
        "path": place.path,
        "notebook_blob": place.blob,
    }


def place_of(row: Row) -> Place:
    """The place in a row."""
    return Place(
        notebook=row["notebook"],
        cell_index=row["cell_index"],
        cell_id=row["cell_id"],
        repository=row["repository"],
        remote=row["remote"],
        commit=row["commit_id"],
        path=row["path"],
        blob=row["notebook_blob"],
    )
