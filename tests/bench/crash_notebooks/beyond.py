"""Notebooks whose target no dry run can judge: what they use does not survive a fork, or is the network."""

from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.pair import Pair, pair

PAIRS: tuple[Pair, ...] = (
    pair(
        "a database in memory",
        CrashType.OTHER,
        "sqlite3",
        r"""
import sqlite3
import pandas as pd
# %%
base = sqlite3.connect(":memory:")
# %%
pd.DataFrame({"k": [1, 2], "v": ["a", "b"]}).to_sql("pairs", base, index=False)
# %%
query = "select * from pairs where k > 1"
# %%
pd.read_sql(query, base)
""",
        r"""
query = "select * from pair where k > 1"
""",
        at=4,
        unknowable="a database connection",
    ),
    pair(
        "a pool of workers kept open",
        CrashType.VALUE_ERROR,
        "",
        r"""
from concurrent.futures import ThreadPoolExecutor
# %%
pool = ThreadPoolExecutor(2)
# %%
texts = ["1", "2", "3"]
# %%
list(pool.map(len, texts))
# %%
sum(pool.map(int, texts))
""",
        r"""
texts = ["1", "2", "three"]
""",
        at=3,
        unknowable="threads of the kernel",
    ),
    pair(
        "data fetched, or else the bundled copy",
        CrashType.KEY_ERROR,
        "",
        r"""
import urllib.error, urllib.request
from sklearn.datasets import load_iris
# %%
address = "http://data.invalid/iris.csv"
# %%
wanted = ["setosa", "virginica"]
# %%
def fall_back():
    data = load_iris()
    return {name: int((data.target == k).sum()) for k, name in enumerate(data.target_names)}
# %%
try:
    table = urllib.request.urlopen(address, timeout=2).read()
except urllib.error.URLError:
    table = fall_back()
[table[name] for name in wanted]
""",
        r"""
wanted = ["setosa", "virginia"]
""",
        at=3,
        unknowable="the network",
    ),
)
