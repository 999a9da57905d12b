"""Suggestions and decisions for tests; no two fields of one value are alike."""

from dataclasses import replace
from typing import Any

from nbreview.review.model import (
    Decision,
    DecisionKind,
    Evidence,
    Origin,
    Place,
    Suggestion,
    SuggestionState,
)

NOTEBOOK = "/srv/course/ünï train.ipynb"

MODEL_ORIGIN = Origin(
    maker="model",
    model_name="Qwen2.5-Coder-7B",
    model_sha256="5f" * 32,
    settings={"temperature": 0.2, "seed": 7, "context_tokens": 8192, "gpu_layers": "auto", "stop": ["```"]},
    template="edit-v1",
    messages=(
        {"role": "system", "content": "You mend notebook cells."},
        {"role": "user", "content": "Rename x to größe.\n```python\nx = 1\n```"},
    ),
    reply="Here:\n```python\ngröße = 1\n```",
    prompt_tokens=41,
    reply_tokens=17,
    first_token_seconds=0.25,
    total_seconds=1.5,
)


def suggestion(id: str = "s1", **changes: Any) -> Suggestion:
    """A suggestion made by a model."""
    made = Suggestion(
        id=id,
        place=Place(
            notebook=NOTEBOOK,
            cell_index=3,
            cell_id="c-3",
            repository="/srv/course",
            remote="https://example.org/course.git",
            commit="a1" * 20,
            path="ünï train.ipynb",
        ),
        base_source="x = 1\n",
        proposed_source="größe = 1\n",
        reason="A name that says what it holds.",
        evidence=Evidence.LIKELY,
        origin=MODEL_ORIGIN,
        cell_type="code",
        language="python",
        instruction="Rename x to größe.",
        state=SuggestionState.PENDING,
        created=1_700_000_000.125,
    )
    return replace(made, **changes)


def rule_suggestion(id: str = "r1", **changes: Any) -> Suggestion:
    """A suggestion made by a rule, outside any repository."""
    made = Suggestion(
        id=id,
        place=Place(notebook=NOTEBOOK, cell_index=0),
        base_source="df = pd.DataFrame()",
        proposed_source="import pandas as pd\ndf = pd.DataFrame()",
        reason="The name pd is bound nowhere; import pandas as pd binds it.",
        evidence=Evidence.CERTAIN,
        origin=Origin("rule:names"),
        created=1_700_000_100.0,
    )
    return replace(made, **changes)


def decision(
    id: str = "d1", of: str = "s1", kind: DecisionKind = DecisionKind.ACCEPTED, **changes: Any
) -> Decision:
    """A decision on the suggestion `of`."""
    made = Decision(id=id, suggestion_id=of, kind=kind, final_source="größe = 1\n", time=1_700_000_200.5)
    return replace(made, **changes)
