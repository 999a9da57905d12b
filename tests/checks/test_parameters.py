"""Literals held against what an estimator's parameters may be, as scikit-learn checks them."""

import warnings

import pytest

from nbreview.checks.environment import Environment
from nbreview.checks.parameters import violation
from tests.checks.test_environment import HERE

OPTIONS = [{"is": "options", "options": ["l1", "l2"]}, {"is": "none"}]
POSITIVE = [{"is": "interval", "type": "real", "limits": [0.0, None], "closed": "right"}]
COUNT = [{"is": "interval", "type": "integer", "limits": [1.0, None], "closed": "left"}]


@pytest.mark.parametrize(
    ("value", "constraints", "wrong"),
    [
        ("l1", OPTIONS, False),
        (None, OPTIONS, False),
        ("l3", OPTIONS, True),
        (3, OPTIONS, True),
        (0.5, POSITIVE, False),
        (0.0, POSITIVE, True),
        (-1, POSITIVE, True),
        ("1", POSITIVE, True),
        (1, COUNT, False),
        (0, COUNT, True),
        (1.5, COUNT, True),
        (True, COUNT, False),
        ("x", [{"is": "something new"}], False),
        ("x", [], False),
        ([1], OPTIONS, False),
    ],
)
def test_a_literal_violates_what_none_of_its_constraints_allows(
    value: object, constraints: list[dict[str, object]], wrong: bool
) -> None:
    assert bool(violation("Model", "p", value, constraints)) is wrong


def test_the_message_says_what_is_allowed() -> None:
    assert violation("Model", "penalty", "l3", OPTIONS) == (
        "The 'penalty' parameter of Model must be one of 'l1', 'l2' or None. Got 'l3' instead"
    )


def test_scikit_learn_itself_says_the_same() -> None:
    pytest.importorskip("sklearn")
    from sklearn.cluster import KMeans
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression

    targets = {
        "sklearn.linear_model:LogisticRegression": (LogisticRegression, [[0.0], [1.0]] * 3, [0, 1] * 3),
        "sklearn.ensemble:RandomForestClassifier": (RandomForestClassifier, [[0.0], [1.0]] * 3, [0, 1] * 3),
        "sklearn.cluster:KMeans": (KMeans, [[float(n)] for n in range(9)], None),
    }
    values = {"penalty": "l3", "C": -1, "tol": "x", "max_iter": 3, "n_estimators": 0, "criterion": "gini"}
    values |= {
        "max_features": "auto2",
        "n_clusters": 2,
        "init": "random",
        "algorithm": "fast",
        "max_depth": 2,
    }
    known = Environment(HERE).learn(targets)
    tried = 0
    for target, (made, data, labels) in targets.items():
        fact = known.facts[target]
        for name, value in values.items():
            if name not in fact["constraints"]:
                continue
            tried += 1
            wrong = bool(violation(fact["name"], name, value, fact["constraints"][name]))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    made(**{name: value}).fit(data, labels)
                except ValueError as error:
                    assert wrong, (target, name, value, error)
                else:
                    assert not wrong, (target, name, value)
    assert tried > 8
