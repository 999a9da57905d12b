"""Notebooks about tables: cleaning, grouping, merging, time series with pandas."""

from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.pair import Pair, pair

PAIRS: tuple[Pair, ...] = (
    pair(
        "ages with gaps, filled by median",
        CrashType.KEY_ERROR,
        "pandas",
        r"""
import pandas as pd
import numpy as np
# %%
people = pd.DataFrame({
    "Name": ["Ann", "Bo", "Cy", "Di", "Ed", "Flo"],
    "Age": [31, np.nan, 45, 22, np.nan, 60],
    "City": ["Rome", "Oslo", "Rome", "Bern", "Oslo", "Bern"],
})
people.head()
# %%
people.columns = [c.strip().lower() for c in people.columns]
people.isna().sum()
# %%
people["city"] = people["city"].astype("category")
# %%
median = people["age"].median()
people["age"] = people["age"].fillna(median)
people.describe()
""",
        r"""
median = people["Age"].median()
people["Age"] = people["Age"].fillna(median)
people.describe()
""",
    ),
    pair(
        "orders joined with customers",
        CrashType.KEY_ERROR,
        "pandas",
        r"""
import pandas as pd

orders = pd.DataFrame({"customer": [1, 2, 2, 3, 1, 4, 4, 4], "total": [10.5, 3, 8, 22, 1, 9, 4, 6]})
# %%
customers = pd.DataFrame({"customer_id": [1, 2, 3, 4], "country": ["DE", "FR", "DE", "IT"]})
# %%
print(orders.shape, customers.shape)
orders["total"].sum()
# %%
joined = orders.merge(customers, left_on="customer", right_on="customer_id", how="left")
joined.groupby("country")["total"].agg(["count", "sum"]).sort_values("sum", ascending=False)
""",
        r"""
joined = orders.merge(customers, on="customer_id", how="left")
joined.groupby("country")["total"].agg(["count", "sum"]).sort_values("sum", ascending=False)
""",
    ),
    pair(
        "prices as text with separators",
        CrashType.VALUE_ERROR,
        "pandas",
        r"""
import pandas as pd
# %%
raw = pd.DataFrame({"item": list("abcd"), "price": ["1,200", "85", "3,400.50", "12"]})
raw.dtypes
# %%
def report(frame):
    for name, kind in frame.dtypes.items():
        print(f"{name:10} {kind}")

report(raw)
# %%
raw["item"] = raw["item"].str.upper()
# %%
raw["price"] = raw["price"].str.replace(",", "").astype(float)
report(raw)
raw["price"].mean()
""",
        r"""
raw["price"] = raw["price"].astype(float)
report(raw)
raw["price"].mean()
""",
    ),
    pair(
        "daily sales resampled by week",
        CrashType.TYPE_ERROR,
        "pandas",
        r"""
import numpy as np
import pandas as pd
# %%
rng = np.random.default_rng(3)
days = pd.date_range("2023-01-01", periods=90).astype(str)
sales = pd.DataFrame({"day": days, "units": rng.integers(5, 50, 90)})
# %%
sales["day"] = pd.to_datetime(sales["day"])
sales = sales.set_index("day")
# %%
sales["smooth"] = sales["units"].rolling(7).mean()
# %%
weekly = sales.resample("W").agg({"units": "sum", "smooth": "mean"})
weekly.tail()
""",
        r"""
sales = sales.set_index("day")
""",
        at=3,
    ),
    pair(
        "wine by quality band",
        CrashType.VALUE_ERROR,
        "pandas",
        r"""
import pandas as pd
from sklearn.datasets import load_wine

wine = load_wine(as_frame=True)
# %%
frame = wine.frame.rename(columns={"target": "kind"})
frame.shape
# %%
edges = [0, 12.5, 13.2, 20]
labels = ["light", "medium", "strong"]
# %%
frame["kind"].value_counts()
# %%
frame["band"] = pd.cut(frame["alcohol"], bins=edges, labels=labels)
pd.crosstab(frame["band"], frame["kind"])
""",
        r"""
edges = [0, 12.5, 13.2, 14, 20]
labels = ["light", "medium", "strong"]
""",
        at=3,
    ),
    pair(
        "pivot of readings by sensor",
        CrashType.VALUE_ERROR,
        "pandas",
        r"""
import pandas as pd
# %%
readings = pd.DataFrame({
    "time": ["08:00", "08:00", "09:00", "09:00", "10:00", "10:00"],
    "sensor": ["a", "b", "a", "b", "a", "a"],
    "value": [1.0, 2.0, 1.5, 2.5, 1.2, 1.4],
})
# %%
readings.groupby("sensor")["value"].describe()
# %%
def spread(frame):
    return frame.max() - frame.min()
# %%
wide = readings.pivot_table(index="time", columns="sensor", values="value", aggfunc="mean")
wide.apply(spread)
""",
        r"""
wide = readings.pivot(index="time", columns="sensor", values="value")
wide.apply(spread)
""",
    ),
    pair(
        "iris columns renamed and the target dropped twice",
        CrashType.KEY_ERROR,
        "pandas",
        r"""
from sklearn.datasets import load_iris
import pandas as pd
# %%
iris = load_iris(as_frame=True).frame
iris.columns = [c.replace(" (cm)", "").replace(" ", "_") for c in iris.columns]
# %%
iris["petal_area"] = iris["petal_length"] * iris["petal_width"]
# %%
iris.corr().round(2)
# %%
y = iris["target"]
X = iris.drop(columns="target")
X.shape, y.value_counts().to_dict()
""",
        r"""
target = iris.pop("target")
iris.corr().round(2)
""",
        at=4,
    ),
    pair(
        "missing rows appended the old way",
        CrashType.ATTRIBUTE_ERROR,
        "pandas",
        r"""
import pandas as pd
# %%
log = pd.DataFrame({"step": [1, 2], "loss": [0.9, 0.7]})
# %%
rows = [{"step": 3, "loss": 0.6}, {"step": 4, "loss": 0.55}]
# %%
log["loss"].diff()
# %%
for row in rows:
    log = pd.concat([log, pd.DataFrame([row])], ignore_index=True)
log.tail(2)
""",
        r"""
for row in rows:
    log = log.append(row, ignore_index=True)
log.tail(2)
""",
    ),
    pair(
        "text cleaned with apply",
        CrashType.ATTRIBUTE_ERROR,
        "",
        r"""
import re
import pandas as pd
# %%
reviews = pd.DataFrame({"text": ["Great wine!", "so-so...", None, "Awful, never"], "stars": [5, 3, 4, 1]})
# %%
def clean(text):
    return re.sub(r"[^a-z ]", "", text.lower())

clean("Hello, World")
# %%
reviews["stars"].mean()
# %%
reviews["clean"] = reviews["text"].fillna("").apply(clean)
reviews["words"] = reviews["clean"].str.split().str.len()
reviews
""",
        r"""
reviews["clean"] = reviews["text"].apply(clean)
reviews["words"] = reviews["clean"].str.split().str.len()
reviews
""",
    ),
    pair(
        "top rows by position",
        CrashType.INDEX_ERROR,
        "pandas",
        r"""
import pandas as pd
from sklearn.datasets import load_diabetes
# %%
data = load_diabetes(as_frame=True).frame
# %%
best = data.sort_values("target", ascending=False).head(10)
# %%
summary = []
# %%
for place in range(len(best)):
    row = best.iloc[place]
    summary.append((place, round(row["bmi"], 3), row["target"]))
pd.DataFrame(summary, columns=["place", "bmi", "target"])
""",
        r"""
for place in range(1, len(best) + 1):
    row = best.iloc[place]
    summary.append((place, round(row["bmi"], 3), row["target"]))
pd.DataFrame(summary, columns=["place", "bmi", "target"])
""",
    ),
    pair(
        "a date in another format",
        CrashType.VALUE_ERROR,
        "pandas",
        r"""
import pandas as pd
# %%
visits = pd.DataFrame({"when": ["03/01/2024", "17/01/2024", "25/02/2024"], "count": [12, 15, 9]})
# %%
visits["count"].cumsum()
# %%
month_names = {1: "January", 2: "February"}
# %%
visits["when"] = pd.to_datetime(visits["when"], format="%d/%m/%Y")
visits["month"] = visits["when"].dt.month.map(month_names)
visits.groupby("month")["count"].sum()
""",
        r"""
visits["when"] = pd.to_datetime(visits["when"], format="%m/%d/%Y")
visits["month"] = visits["when"].dt.month.map(month_names)
visits.groupby("month")["count"].sum()
""",
    ),
    pair(
        "a mask from two conditions",
        CrashType.VALUE_ERROR,
        "pandas",
        r"""
import pandas as pd, numpy as np
np.random.seed(0)
# %%
homes = pd.DataFrame({"rooms": np.random.randint(1, 7, 50), "price": np.random.normal(300, 80, 50).round(1)})
# %%
homes["per_room"] = homes["price"] / homes["rooms"]
# %%
limit = homes["price"].quantile(0.75)
# %%
chosen = homes[(homes["rooms"] > 3) & (homes["price"] < limit)]
print(len(chosen), "of", len(homes))
chosen.head()
""",
        r"""
chosen = homes[homes["rooms"] > 3 and homes["price"] < limit]
print(len(chosen), "of", len(homes))
chosen.head()
""",
    ),
    pair(
        "lags for a forecast",
        CrashType.TYPE_ERROR,
        "pandas",
        r"""
import numpy as np
import pandas as pd
# %%
t = pd.date_range("2022-01-01", periods=60, freq="D")
series = pd.Series(np.sin(np.arange(60) / 5), index=t, name="y")
# %%
def lagged(s, lags):
    return pd.concat({f"lag_{k}": s.shift(k) for k in lags}, axis=1)
# %%
table = lagged(series, [1, 2, 7]).dropna()
# %%
cut = pd.Timestamp("2022-02-15")
train, test = table[table.index < cut], table[table.index >= cut]
train.shape, test.shape
""",
        r"""
cut = 45
train, test = table[table.index < cut], table[table.index >= cut]
train.shape, test.shape
""",
    ),
    pair(
        "codes cast to integers with gaps",
        CrashType.CAST_EXCEPTION,
        "pandas",
        r"""
import numpy as np
import pandas as pd
# %%
codes = pd.DataFrame({"zip": [8001.0, 3011.0, np.nan, 1201.0], "n": [4, 3, 2, 1]})
# %%
codes["n"].sum()
# %%
known = codes.dropna(subset=["zip"])
# %%
known = known.assign(zip=known["zip"].astype(int))
known.set_index("zip").sort_index()
""",
        r"""
known = codes.assign(zip=codes["zip"].astype(int))
known.set_index("zip").sort_index()
""",
    ),
    pair(
        "a trend taken off in place",
        CrashType.CAST_EXCEPTION,
        "",
        r"""
import numpy as np
import pandas as pd
# %%
signal = pd.DataFrame({"t": range(6), "level": [3, 5, 4, 6, 8, 7]})
# %%
level = signal["level"].to_numpy(dtype=float)
# %%
trend = np.linspace(0.5, 1.5, len(level))
# %%
np.subtract(level, trend, out=level)
signal["detrended"] = level
signal["detrended"].round(1).tolist()
""",
        r"""
level = signal["level"].to_numpy(copy=True)
""",
        at=3,
    ),
    pair(
        "one row with too many values",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "pandas",
        r"""
import pandas as pd
# %%
scores = pd.DataFrame({"team": ["red", "blue", "green"], "points": [3, 1, 2]})
# %%
bonus = [1, 0, 2]
# %%
ranking = scores.sort_values("points", ascending=False).reset_index(drop=True)
# %%
scores["total"] = [p + b for p, b in zip(scores["points"], bonus)]
scores["bonus"] = bonus
scores.nlargest(1, "total")
""",
        r"""
bonus = [1, 0, 2, 1]
""",
        at=3,
    ),
    pair(
        "an aggregation by an unknown name",
        CrashType.ATTRIBUTE_ERROR,
        "pandas",
        r"""
import pandas as pd
from sklearn.datasets import load_breast_cancer
# %%
data = load_breast_cancer(as_frame=True)
cancer = data.frame
# %%
cancer["label"] = cancer["target"].map(dict(enumerate(data.target_names)))
# %%
columns = [c for c in cancer.columns if c.startswith("mean")][:4]
# %%
cancer.groupby("label")[columns].agg(["mean", "median", "std"]).round(2).T
""",
        r"""
cancer.groupby("label")[columns].agg(["mean", "average", "std"]).round(2).T
""",
    ),
    pair(
        "a merge that must be one to one",
        CrashType.OTHER,
        "pandas",
        r"""
import pandas as pd

left = pd.DataFrame({"id": [1, 2, 3], "x": [0.1, 0.2, 0.3]})
# %%
right = pd.DataFrame({"id": [1, 2, 2, 3], "y": [5, 6, 6, 7]})
# %%
print(right.duplicated().sum(), "repeated rows")
# %%
right = right.drop_duplicates()
# %%
both = left.merge(right, on="id", validate="one_to_one")
assert len(both) == len(left)
both
""",
        r"""
right = right.dropna()
""",
        at=4,
    ),
)
