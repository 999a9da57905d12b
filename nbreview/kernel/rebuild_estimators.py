"""Estimators of scikit-learn and its kin: the real class, fitted on data of the right width.

Runs inside the child process of a stand-in run; see `rebuild_world`.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Mapping
from typing import Any

from nbreview.kernel.rebuild_world import (
    CannotRebuild,
    Exactness,
    Opaque,
    Rebuilt,
    World,
    class_path,
    items,
    library,
    whole,
)

_ROOTS = frozenset(("sklearn", "xgboost", "lightgbm", "catboost", "imblearn"))
_MOST_CELLS = 2_000_000


def rebuild_estimator(description: Mapping[str, Any], world: World) -> Rebuilt:
    """An estimator of the real class with the parameters that are told, fitted where the real one is.

    Read are `type` (or `module` and `class_name`), `params`, `is_fitted` and `fitted_attributes`
    (`n_features_in_`, `feature_names_in_`, `classes_` or `n_classes_`, `n_outputs_`). Text vectorisers and
    estimators of several outputs are fitted on data of that kind. Where no parameters are told, those of the
    estimator that the notebook made are taken. What it predicts is invented.
    """
    cls = _class(description)
    told = description.get("params")
    params = told if isinstance(told, Mapping) else {}
    given = {name: value for name, value in params.items() if isinstance(name, str) and _is_plain(value)}
    copied = type(world.real) is cls and not told
    estimator = library("sklearn.base").clone(world.real) if copied else cls()
    known = set(estimator.get_params(deep=False))
    estimator.set_params(**{name: value for name, value in given.items() if name in known})
    exact_params = copied or (isinstance(told, Mapping) and len(given) == len(params))
    if description.get("is_fitted") is not True:
        fitted = description.get("is_fitted") is False
        return Rebuilt(estimator, Exactness(values=exact_params, shape=fitted, columns=fitted))
    attributes = description.get("fitted_attributes")
    fitted_attributes = attributes if isinstance(attributes, Mapping) else {}
    width = fitted_attributes.get("n_features_in_")
    classes = items(fitted_attributes.get("classes_"))
    if width is None and classes and type(estimator).__name__ in ("LabelEncoder", "LabelBinarizer"):
        return Rebuilt(estimator.fit(classes), Exactness(values=len(classes) < 1000))
    if width is None:
        raise CannotRebuild("how many features it was fitted on is not told")
    names = items(fitted_attributes.get("feature_names_in_"))
    _fit(estimator, whole(width, "its number of features", 1), names, fitted_attributes, world)
    return Rebuilt(
        estimator,
        Exactness(
            values=False,
            columns=names is not None,
            order=names is not None,
            invented=("what it learned is invented",),
        ),
    )


def _class(description: Mapping[str, Any]) -> Any:
    module, name = description.get("module"), description.get("class_name")
    if not isinstance(module, str) or not isinstance(name, str):
        module, _, name = class_path(description).rpartition(".")
    if module.split(".")[0] not in _ROOTS:
        raise CannotRebuild("estimators of {} are not rebuilt".format(module or "the notebook"))
    cls = getattr(importlib.import_module(module), name, None)
    if not isinstance(cls, type) or not hasattr(cls, "get_params") or not hasattr(cls, "fit"):
        raise CannotRebuild(f"{module}.{name} is no estimator here")
    return cls


def _fit(estimator: Any, width: int, names: Any, attributes: Mapping[str, Any], world: World) -> None:
    numpy = library("numpy")

    classes = items(attributes.get("classes_")) or []
    count = len(classes) or attributes.get("n_classes_") or 2
    count = count if isinstance(count, int) else 2
    outputs = attributes.get("n_outputs_")
    outputs = outputs if isinstance(outputs, int) and outputs > 1 else 1
    components = getattr(estimator, "n_components", None)
    rows = max(40, 6 * count, components + 1 if isinstance(components, int) else 0)
    if rows * width > _MOST_CELLS:
        raise CannotRebuild("it was fitted on more features than a stand-in may have")
    generator = world.generator()
    data: Any = generator.uniform(0.0, 1.0, (rows, width))
    if names is not None and len(names) == width:
        pandas = library("pandas")

        data = pandas.DataFrame(data, columns=names)
    labels = numpy.arange(rows) % count
    target: Any = numpy.array(classes)[labels] if len(classes) == count else labels
    if _is_regressor(estimator):
        target = generator.uniform(0.0, 1.0, rows)
    if outputs > 1:
        target = numpy.stack([target] * outputs, axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimator.fit(data, target)
    if getattr(estimator, "n_features_in_", width) != width:
        raise CannotRebuild("it does not take tables of numbers")


def _is_regressor(estimator: Any) -> bool:
    return getattr(estimator, "_estimator_type", "") == "regressor"


def _is_plain(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(_is_plain(part) for part in value)
    return not isinstance(value, (Opaque, Mapping))
