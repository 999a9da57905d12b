"""Fixes of modules: what is not installed, what is misspelt, attributes of modules and of plain objects.

Imports `fix_case`, `fix_reference`, `fix_tree`, `aliases` and below. The names under which PyPI holds
the packages are those of the projects' own installation pages.
"""

import builtins
import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.aliases import known_modules
from nbreview.checks.fix_apis import known_removals
from nbreview.checks.fix_case import Candidate, Case, nearest
from nbreview.checks.fix_names import insert_import
from nbreview.checks.fix_reference import attributes_of
from nbreview.checks.fix_tree import dotted
from nbreview.words import said

_DISTRIBUTIONS = {
    "cv2": "opencv-python", "sklearn": "scikit-learn", "skimage": "scikit-image", "PIL": "pillow",
    "yaml": "pyyaml", "bs4": "beautifulsoup4", "imblearn": "imbalanced-learn", "dotenv": "python-dotenv",
    "dateutil": "python-dateutil", "Bio": "biopython", "umap": "umap-learn", "fitz": "pymupdf",
    "docx": "python-docx", "pptx": "python-pptx", "serial": "pyserial", "git": "GitPython",
    "google.generativeai": "google-generativeai", "sentence_transformers": "sentence-transformers",
    "pytorch_lightning": "pytorch-lightning", "segmentation_models_pytorch": "segmentation-models-pytorch",
    "tensorflow_datasets": "tensorflow-datasets", "tensorflow_hub": "tensorflow-hub",
    "tensorflow_probability": "tensorflow-probability", "tensorflow_addons": "tensorflow-addons",
    "category_encoders": "category-encoders", "mpl_toolkits": "matplotlib", "scikitplot": "scikit-plot",
    "plotly": "plotly", "xgboost": "xgboost", "lightgbm": "lightgbm", "catboost": "catboost",
    "seaborn": "seaborn", "pandas": "pandas", "numpy": "numpy", "scipy": "scipy", "matplotlib": "matplotlib",
    "torch": "torch", "torchvision": "torchvision", "torchaudio": "torchaudio", "tensorflow": "tensorflow",
    "keras": "keras", "transformers": "transformers", "datasets": "datasets", "tokenizers": "tokenizers",
    "nltk": "nltk", "spacy": "spacy", "gensim": "gensim", "statsmodels": "statsmodels",
    "networkx": "networkx", "sympy": "sympy", "requests": "requests", "tqdm": "tqdm", "h5py": "h5py",
    "wordcloud": "wordcloud", "folium": "folium", "geopandas": "geopandas", "shapely": "shapely",
    "openpyxl": "openpyxl", "xlrd": "xlrd", "pyarrow": "pyarrow", "polars": "polars", "dask": "dask",
    "altair": "altair", "bokeh": "bokeh", "missingno": "missingno", "optuna": "optuna",
    "hyperopt": "hyperopt",
    "shap": "shap", "lime": "lime", "eli5": "eli5", "librosa": "librosa", "imageio": "imageio",
    "albumentations": "albumentations", "timm": "timm", "einops": "einops", "jax": "jax", "flax": "flax",
    "wandb": "wandb", "mlflow": "mlflow", "joblib": "joblib", "prophet": "prophet", "pmdarima": "pmdarima",
    "yfinance": "yfinance", "pandas_datareader": "pandas-datareader", "textblob": "textblob",
    "tabulate": "tabulate", "psutil": "psutil", "sqlalchemy": "sqlalchemy", "pymysql": "pymysql",
    "psycopg2": "psycopg2-binary", "pydot": "pydot", "graphviz": "graphviz", "termcolor": "termcolor",
    "torchmetrics": "torchmetrics", "accelerate": "accelerate", "peft": "peft", "evaluate": "evaluate",
    "mlxtend": "mlxtend", "yellowbrick": "yellowbrick", "emoji": "emoji", "ipywidgets": "ipywidgets",
    "pycaret": "pycaret", "lxml": "lxml", "html5lib": "html5lib", "numba": "numba", "ray": "ray",
    "faiss": "faiss-cpu", "gym": "gym", "gymnasium": "gymnasium", "torchtext": "torchtext",
    "langdetect": "langdetect", "contractions": "contractions", "unidecode": "unidecode",
    "Levenshtein": "levenshtein", "fuzzywuzzy": "fuzzywuzzy", "rapidfuzz": "rapidfuzz", "pydicom": "pydicom",
    "nibabel": "nibabel", "rasterio": "rasterio", "osmnx": "osmnx", "kaggle": "kaggle", "gdown": "gdown",
    "six": "six", "surprise": "scikit-surprise", "ucimlrepo": "ucimlrepo", "torchinfo": "torchinfo",
}  # fmt: skip
_PLAIN = {"list": list, "dict": dict, "str": str, "int": int, "float": float, "tuple": tuple, "set": set}
_MEANT = {
    ("list", "push"): "append",
    ("list", "add"): "append",
    ("set", "append"): "add",
    ("str", "trim"): "strip",
}
_AXES = {"Axes", "AxesSubplot"}


def missing_module(case: Case) -> Iterator[Candidate]:
    """A well-known package that is not installed: `%pip install` under the name that PyPI has for it."""
    match = case.said(r"No module named '([\w.]+)'")
    if case.exception not in ("ModuleNotFoundError", "ImportError") or match is None:
        return
    name = match[1]
    if known_removals([name]):
        return
    misspelt = _misspelt(case, name)
    if misspelt is not None:
        yield misspelt
        return
    distribution = _DISTRIBUTIONS.get(name) or _DISTRIBUTIONS.get(name.partition(".")[0], "")
    if not distribution or ("." in name and name not in _DISTRIBUTIONS):
        return
    from nbreview.checks.fix_names import insert_line

    source = insert_line(case.cell.source, f"%pip install {distribution}")
    reason = said(
        "“{name}” is not installed in this environment; PyPI has it as “{distribution}”.",
        name=name,
        distribution=distribution,
    )
    yield Candidate(source, reason, "missing module")


def _misspelt(case: Case, name: str) -> Candidate | None:
    """A module whose name is a slip of the pen for a well-known one."""
    import libcst as cst

    parent, _, last = name.rpartition(".")
    if name in _DISTRIBUTIONS or (parent and not _is_known(parent)):
        return None
    choices = {
        module.removeprefix(f"{parent}.").partition(".")[0] if parent else module.partition(".")[0]
        for module in known_modules()
        if not parent or module.startswith(f"{parent}.")
    }
    meant = nearest(last, choices - {last})
    if not meant or last in choices:
        return None
    new = f"{parent}.{meant}" if parent else meant
    changes: dict[Any, Any] = {}
    statements: list[Any] = [*case.tree.nodes(cst.Import), *case.tree.nodes(cst.ImportFrom)]
    for node in statements:
        paths = [node.module] if isinstance(node, cst.ImportFrom) else [alias.name for alias in node.names]
        for path in paths:
            text = dotted(path) if path is not None else ""
            if text == name or text.startswith(f"{name}."):
                if isinstance(node, cst.Import) and node.names[0].asname is None:
                    return None
                changes[path] = new + text[len(name) :]
    if not changes:
        return None
    return Candidate(
        case.tree.edited(changes),
        said("There is no “{name}”; “{new}” is spelled almost the same.", name=name, new=new),
        "module",
    )


def _is_known(name: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for module in known_modules())


def submodule(case: Case) -> Iterator[Candidate]:
    """`import a` does not import `a.b` (Python library reference, "The import system", 5.4.2)."""
    match = case.said(r"^module '([\w.]+)' has no attribute '(\w+)'")
    if case.exception != "AttributeError" or match is None:
        return
    path = f"{match[1]}.{match[2]}"
    if not any(module.startswith(f"{path}.") for module in known_modules()):
        return
    if known_removals([path]) or match[2] in attributes_of(match[1]):
        return
    import libcst as cst

    used = [
        node
        for node in case.tree.nodes(cst.Attribute)
        if node.attr.value == match[2] and case.facts.path_of(dotted(node.value)) == match[1]
    ] or [
        node
        for node in case.tree.nodes(cst.Attribute)
        if node.attr.value == match[2] and case.facts.modules.get(dotted(node.value)) == match[1]
    ]
    if used:
        reason = said(
            "“{name}” does not bring “{path}” along: it is imported by itself.", name=match[1], path=path
        )
        yield Candidate(insert_import(case.cell.source, f"import {path}"), reason, "missing import")


def misspelt_member(case: Case) -> Iterator[Candidate]:
    """A name that a module does not have: the one that is spelled almost the same."""
    match = case.said(r"module '([\w.]+)' has no attribute '(\w+)'")
    imported = case.said(r"cannot import name '(\w+)' from '([\w.]+)'")
    if case.exception == "AttributeError" and match is not None:
        module, name = match[1], match[2]
    elif case.exception == "ImportError" and imported is not None:
        module, name = imported[2], imported[1]
    else:
        return
    if known_removals([f"{module}.{name}"]):
        return
    module = module.replace("keras.api._v2.keras", "keras")
    hint = re.search(r"Did you mean:? '(\w+)'", case.message)
    meant = hint[1] if hint is not None else nearest(name, _members_of(module))
    if not meant or name in _members_of(module):
        return
    import libcst as cst

    changes: dict[Any, Any] = {}
    for node in case.tree.nodes(cst.Attribute):
        if node.attr.value == name and case.facts.path_of(dotted(node.value)) in (
            module,
            f"tensorflow.{module}",
        ):
            changes[node.attr] = meant
    for imports in case.tree.nodes(cst.ImportFrom):
        if imports.module is None or dotted(imports.module) not in (module, f"tensorflow.{module}"):
            continue
        for alias in () if isinstance(imports.names, cst.ImportStar) else imports.names:
            if alias.name.value == name:
                changes[alias.name] = meant
                if alias.asname is None:
                    changes |= {
                        node: meant
                        for node in case.tree.nodes(cst.Name)
                        if node.value == name
                        and not isinstance(case.tree.parent(node), cst.ImportAlias | cst.Attribute | cst.Arg)
                    }
    if changes:
        reason = said("“{module}” has no “{name}”; it has “{meant}”.", module=module, name=name, meant=meant)
        yield Candidate(case.tree.edited(changes), reason, "member")


def _members_of(module: str) -> tuple[str, ...]:
    listed = attributes_of(module)
    if module == "matplotlib.pyplot":
        return listed
    if listed:
        return listed
    return tuple(path.rpartition(".")[2] for path in known_modules() if path.rpartition(".")[0] == module)


def misspelt_method(case: Case) -> Iterator[Candidate]:
    """A method that an object of a built-in or well-known class does not have."""
    match = case.said(r"^'([\w.]+)' object has no attribute '(\w+)'")
    if case.exception != "AttributeError" or match is None:
        return
    kind, name = match[1].rpartition(".")[2], match[2]
    if kind in ("DataFrame", "Series", "DataFrameGroupBy") or known_removals([f"{kind}.{name}"]):
        return
    import libcst as cst

    if any(isinstance(found, type) and found.__name__ == kind for found in _PLAIN.values()):
        choices = [word for word in dir(getattr(builtins, kind)) if not word.startswith("_")]
        meant = _MEANT.get((kind, name)) or nearest(name, choices)
    else:
        listed = "Axes" if kind in _AXES else "Model" if kind in ("Sequential", "Functional") else kind
        offered = attributes_of(listed)
        meant = f"set_{name}" if kind in _AXES and f"set_{name}" in offered else nearest(name, offered)
    nodes = [node for node in case.at_line(cst.Attribute) if node.attr.value == name]
    nodes = [node for node in nodes if dotted(node.value) not in case.facts.modules]
    if not meant or not nodes:
        return
    for node in nodes:
        known = case.known(node.value)
        if known is not None and known.kind not in (kind, listed_kind(kind)):
            return
    if kind in ("list", "str", "dict") and not isinstance(case.tree.parent(nodes[0]), cst.Call):
        return
    changes = {node.attr: meant for node in nodes}
    for node in case.tree.nodes(cst.Attribute):
        late = case.line is not None and case.tree.lines(node)[0] > case.line
        if (
            late
            and node.attr.value == name
            and any(dotted(node.value) and dotted(node.value) == dotted(other.value) for other in nodes)
        ):
            changes[node.attr] = meant
    if kind in _AXES and meant == f"set_{name}":
        changes |= _pyplot_names(case, nodes[0])
    reason = said("A {kind} has no “{name}”; it has “{meant}”.", kind=kind, name=name, meant=meant)
    yield Candidate(case.tree.edited(changes), reason, "method")


def _pyplot_names(case: Case, raised: Any) -> dict[Any, Any]:
    """The other calls on the same axes by the name that pyplot has for them: they would raise next
    (Matplotlib reference, `matplotlib.pyplot` and `matplotlib.axes.Axes`).
    """
    import libcst as cst

    axes, offered = dotted(raised.value), attributes_of("Axes")
    return {
        call.func.attr: f"set_{call.func.attr.value}"
        for call in case.tree.nodes(cst.Call)
        if isinstance(call.func, cst.Attribute)
        and axes
        and dotted(call.func.value) == axes
        and case.tree.lines(call)[0] >= case.tree.lines(raised)[0]
        and call.func.attr.value in ("title", "xlabel", "ylabel", "xlim", "ylim", "xticks", "yticks")
        and f"set_{call.func.attr.value}" in offered
    }


def listed_kind(kind: str) -> str:
    """The class whose public names stand for those of another."""
    return "Axes" if kind in _AXES else kind


def pyplot_setter(case: Case) -> Iterator[Candidate]:
    """`plt.set_xlabel` is `plt.xlabel`: what axes set, pyplot names without “set_” (Matplotlib reference)."""
    match = case.said(r"module 'matplotlib\.pyplot' has no attribute 'set_(\w+)'")
    if match is None or match[1] not in attributes_of("matplotlib.pyplot"):
        return
    import libcst as cst

    changes = {
        node.attr: match[1]
        for node in case.tree.nodes(cst.Attribute)
        if node.attr.value == f"set_{match[1]}"
        and case.facts.path_of(dotted(node.value)) == "matplotlib.pyplot"
    }
    if changes:
        yield Candidate(case.tree.edited(changes), said("pyplot names it “{name}”.", name=match[1]), "member")


RULES = (missing_module, submodule, pyplot_setter, misspelt_member, misspelt_method)
