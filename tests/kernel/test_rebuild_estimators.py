"""Estimators: the real class, its settings, and the width that it was fitted on."""

import random
from typing import Any

import pytest

from nbreview.kernel.rebuild import CannotRebuild, rebuild
from tests.kernel.described import describe

numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")
pytest.importorskip("sklearn")

from sklearn.cluster import KMeans  # noqa: E402
from sklearn.ensemble import RandomForestClassifier  # noqa: E402
from sklearn.feature_extraction.text import CountVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression, Ridge  # noqa: E402
from sklearn.preprocessing import LabelEncoder, OneHotEncoder, StandardScaler  # noqa: E402

TABLE = pandas.DataFrame(numpy.random.default_rng(1).random((60, 5)), columns=list("abcde"))
LABELS = numpy.arange(60) % 3


# Releases of scikit-learn and of pandas that are a year apart warn of each other.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


@pytest.mark.parametrize(
    ("estimator", "data"),
    [
        (LogisticRegression(C=3.0), (TABLE, LABELS)),
        (Ridge(), (TABLE.values, LABELS * 1.0)),
        (StandardScaler(), (TABLE,)),
        (OneHotEncoder(handle_unknown="ignore"), (TABLE,)),
        (KMeans(4, n_init=1), (TABLE,)),
        (RandomForestClassifier(3), (TABLE, LABELS)),
        (LabelEncoder(), (["x", "y"],)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_fitted_estimator_is_fitted_on_the_same_features(estimator: Any, data: Any) -> None:
    real = estimator.fit(*data)
    made: Any = rebuild("m", describe(real), random.Random(1))
    assert type(made) is type(real) and made.get_params() == real.get_params()
    for name in ("n_features_in_", "feature_names_in_", "classes_"):
        assert hasattr(made, name) is hasattr(real, name)
        if hasattr(real, name):
            assert list(numpy.atleast_1d(getattr(made, name))) == list(numpy.atleast_1d(getattr(real, name)))


def test_an_estimator_that_is_not_fitted_is_not() -> None:
    made: Any = rebuild("m", describe(Ridge(alpha=2.0)), random.Random(1))
    assert made.alpha == 2.0 and not hasattr(made, "coef_")


def test_what_was_fitted_on_something_else_than_numbers_is_refused() -> None:
    with pytest.raises(CannotRebuild, match="how many features"):
        rebuild("m", describe(CountVectorizer().fit(["aa bb", "cc"])), random.Random(1))
