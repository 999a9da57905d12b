"""Notebooks about figures: matplotlib and seaborn, on scikit-learn's bundled data."""

from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.pair import Pair, pair

PAIRS: tuple[Pair, ...] = (
    pair(
        "a line and its smoothing",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "matplotlib",
        r"""
%matplotlib inline
import numpy as np
import matplotlib.pyplot as plt
# %%
x = np.linspace(0, 10, 200)
y = np.sin(x) + 0.1 * np.random.default_rng(0).normal(size=200)
# %%
smooth = np.convolve(y, np.ones(9) / 9, mode="same")
# %%
plt.style.use("ggplot")
# %%
plt.figure(figsize=(5, 3))
plt.plot(x, y, ".", label="raw")
plt.plot(x, smooth, label="smooth")
plt.legend()
plt.show()
""",
        r"""
smooth = np.convolve(y, np.ones(9) / 9, mode="valid")
""",
        at=3,
    ),
    pair(
        "a grid of histograms",
        CrashType.ATTRIBUTE_ERROR,
        "",
        r"""
import matplotlib.pyplot as plt
from sklearn.datasets import load_wine
# %%
wine = load_wine(as_frame=True).frame
# %%
columns = list(wine.columns[:4])
# %%
wine[columns].skew()
# %%
fig, axes = plt.subplots(2, 2, figsize=(6, 4))
for ax, name in zip(axes.flat, columns):
    ax.hist(wine[name], bins=12)
    ax.set_title(name)
fig.tight_layout()
""",
        r"""
fig, axes = plt.subplots(2, 2, figsize=(6, 4))
for ax, name in zip(axes, columns):
    ax.hist(wine[name], bins=12)
    ax.set_title(name)
fig.tight_layout()
""",
    ),
    pair(
        "digits in a row",
        CrashType.INDEX_ERROR,
        "",
        r"""
import matplotlib.pyplot as plt
from sklearn.datasets import load_digits
# %%
digits = load_digits()
shown = 6
# %%
fig, axes = plt.subplots(1, shown, figsize=(8, 2))
# %%
wanted = [3, 1, 4, 1, 5, 9]
# %%
for place, digit in enumerate(wanted):
    image = digits.images[digits.target == digit][place]
    axes[place].imshow(image, cmap="gray_r")
    axes[place].set_axis_off()
fig
""",
        r"""
wanted = [3, 1, 4, 1, 5, 9, 2]
""",
        at=4,
    ),
    pair(
        "a correlation map",
        CrashType.VALUE_ERROR,
        "pandas",
        r"""
import seaborn as sns
import pandas as pd
from sklearn.datasets import load_iris
# %%
data = load_iris(as_frame=True)
iris = data.frame
# %%
iris["species"] = iris["target"].map(lambda k: data.target_names[k])
# %%
sns.set_theme(style="white")
# %%
table = iris.corr(numeric_only=True)
ax = sns.heatmap(table, annot=True, fmt=".1f")
ax.set_title("correlations")
""",
        r"""
table = iris.corr()
ax = sns.heatmap(table, annot=True, fmt=".1f")
ax.set_title("correlations")
""",
    ),
    pair(
        "boxes by kind",
        CrashType.INVALID_ARGUMENT,
        "seaborn",
        r"""
import seaborn as sns
from sklearn.datasets import load_iris
# %%
iris = load_iris(as_frame=True).frame.rename(columns=lambda c: c.split(" (")[0].replace(" ", "_"))
# %%
iris["kind"] = iris.pop("target").map({0: "setosa", 1: "versicolor", 2: "virginica"})
# %%
iris.groupby("kind").mean()
# %%
ax = sns.boxplot(data=iris, x="kind", y="petal_length")
ax.set(xlabel="", ylabel="cm")
""",
        r"""
ax = sns.boxplot(data=iris, x="species", y="petal_length")
ax.set(xlabel="", ylabel="cm")
""",
    ),
    pair(
        "a scatter coloured by a class",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "matplotlib",
        r"""
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.decomposition import PCA
# %%
X, y = load_breast_cancer(return_X_y=True)
# %%
flat = PCA(2).fit_transform((X - X.mean(0)) / X.std(0))
# %%
rows = np.arange(0, len(flat), 3)
# %%
fig, ax = plt.subplots()
ax.scatter(flat[rows, 0], flat[rows, 1], c=y[rows], s=8)
ax.set_aspect("equal")
""",
        r"""
fig, ax = plt.subplots()
ax.scatter(flat[rows, 0], flat[rows, 1], c=y, s=8)
ax.set_aspect("equal")
""",
    ),
    pair(
        "a bar chart with a misspelt option",
        CrashType.ATTRIBUTE_ERROR,
        "matplotlib",
        r"""
import pandas as pd
import matplotlib.pyplot as plt
# %%
counts = pd.Series({"north": 12, "south": 30, "east": 21})
# %%
colours = ["tab:blue", "tab:orange", "tab:green"]
# %%
share = counts / counts.sum()
share.round(2)
# %%
fig, ax = plt.subplots()
ax.bar(counts.index, counts.values, color=colours, linewidth=0.5)
for x, v in enumerate(share):
    ax.text(x, 1, f"{v:.0%}", ha="center")
fig.savefig("counts.png", dpi=60)
""",
        r"""
fig, ax = plt.subplots()
ax.bar(counts.index, counts.values, color=colours, line_width=0.5)
for x, v in enumerate(share):
    ax.text(x, 1, f"{v:.0%}", ha="center")
fig.savefig("counts.png", dpi=60)
""",
    ),
    pair(
        "residuals with a trend",
        CrashType.INVALID_ARGUMENT,
        "seaborn",
        r"""
import numpy as np, seaborn as sns, matplotlib.pyplot as plt
# %%
rng = np.random.default_rng(8)
x = rng.uniform(0, 5, 60)
y = 2 * x + rng.normal(size=60)
# %%
slope, offset = np.polyfit(x, y, 1)
# %%
print(f"y = {slope:.2f} x + {offset:.2f}")
# %%
ax = sns.regplot(x=x, y=y, ci=None)
plt.axhline(0, lw=0.5)
sns.histplot(y - slope * x - offset, bins=10, ax=plt.figure().gca())
""",
        r"""
ax = sns.regplot(x, y, ci=None)
plt.axhline(0, lw=0.5)
sns.histplot(y - slope * x - offset, bins=10, ax=plt.figure().gca())
""",
    ),
    pair(
        "small multiples of distributions",
        CrashType.KEY_ERROR,
        "seaborn",
        r"""
import pandas as pd
import seaborn as sns
from sklearn.datasets import load_diabetes
# %%
frame = load_diabetes(as_frame=True, scaled=False).frame
# %%
long = frame.melt(id_vars="sex", value_vars=["bmi", "bp"], var_name="measure")
# %%
long.groupby(["measure", "sex"])["value"].mean()
# %%
grid = sns.FacetGrid(long, col="measure", hue="sex", sharex=False, height=2)
grid.map(sns.histplot, "value", bins=15)
grid.add_legend()
""",
        r"""
grid = sns.FacetGrid(long, col="measures", hue="sex", sharex=False, height=2)
grid.map(sns.histplot, "value", bins=15)
grid.add_legend()
""",
    ),
)
