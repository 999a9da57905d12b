"""What functions of libraries return for certain, where only their documentation says so.

Imports only the standard library.
"""

import ast

_FRAME = "pandas:DataFrame"
_ARRAY = "numpy:ndarray"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FRAMES = _words(
    """
    read_csv read_excel read_feather read_fwf read_json read_parquet read_stata read_table crosstab
    get_dummies json_normalize melt merge merge_asof merge_ordered pivot pivot_table wide_to_long
    """
)
_OTHER_THAN_FRAME = frozenset({"chunksize", "iterator", "sheet_name", "typ"})
_ARRAYS = _words(
    """
    arange array empty eye full geomspace identity linspace loadtxt logspace ones zeros
    """
)


def made_by(target: str, call: ast.Call) -> str | None:
    """The class of what a call returns, by the "Returns" section of the function's documentation.

    pandas, "Input/output": a reader returns a DataFrame, unless it is asked for chunks, several sheets or a
    Series. NumPy, "Array creation routines": these return an ndarray.
    """
    module, _, name = target.partition(":")
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    keywords = {keyword.arg for keyword in call.keywords}
    if module == "pandas" and name in _FRAMES:
        plain = not keywords & _OTHER_THAN_FRAME and (name != "read_excel" or len(call.args) < 2)
        return _FRAME if plain and not any(isinstance(each, ast.Starred) for each in call.args) else None
    if module == "numpy" and name in _ARRAYS and "like" not in keywords and "subok" not in keywords:
        return _ARRAY
    return None
