"""Replies of a model that drafts well, for the tests of drafts."""

from nbreview.llm.model import Reply
from tests.assist.engines import reply


def plan(title: str, model: str = "Linear regression of scikit-learn.") -> str:
    """A plan as it is asked for."""
    return (
        f"# {title}\n## Data preparation\nRead data.csv and split it.\n## Model\n{model}\n"
        "## Training and evaluation\nFive folds, mean absolute error.\n"
    )


def cells(code: str) -> str:
    """Cells as they are asked for."""
    return f"First this is done.\n\n```python\n{code}\n```\n"


def whole_draft(probabilities: bool = True) -> list[Reply]:
    """All replies of a draft of two plans, in order: the second plan is ranked first and then chosen."""
    weights, chances = ((0.3, 0.7), (0.9, 0.1)) if probabilities else ((), ())
    return [
        reply(plan("A line")),
        reply(plan("Trees", "A forest.")),
        reply("Trees bend.", probabilities=weights),
        reply("- Forests overfit here."),
        reply("- A line is too stiff."),
        reply("Plan 1 bends where plan 2 does not.", probabilities=chances),
        reply(plan("Better trees", "A small forest.")),
        reply(cells("import pandas as pd\ndata = pd.read_csv('data.csv')")),
        reply(cells("model = 1")),
        reply(cells("print(model)")),
    ]
