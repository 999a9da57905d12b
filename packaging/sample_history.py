"""What the sample notebooks of `nbreview demo` hold, revision by revision, before a kernel has run them.

Imports the standard library only. `make_samples.py` executes the steps and writes `resources/samples`.
"""

import csv
import io
import math
import random
from dataclasses import dataclass, replace

ADA = ("Ada Moreau", "ada@example.org", "+0100")
TOMAS = ("Tomás Lind", "tomas@example.org", "+0100")
PRIYA = ("Priya Raman", "priya@example.org", "+0530")


@dataclass(frozen=True)
class Cell:
    """A cell as it is written; outputs come from the kernel. `run` False: typed, never executed."""

    id: str
    source: str
    markdown: bool = False
    run: bool = True


@dataclass(frozen=True)
class Step:
    """One commit, or what is staged or lies in the working tree (`where`)."""

    path: str
    cells: tuple[Cell, ...]
    author: tuple[str, str, str]
    time: int
    message: str
    where: str = "commit"


def text(id: str, source: str) -> Cell:
    """A markdown cell."""
    return Cell(id, source.strip("\n"), markdown=True)


def code(id: str, source: str, run: bool = True) -> Cell:
    """A code cell."""
    return Cell(id, source.strip("\n"), run=run)


def edited(
    cells: tuple[Cell, ...], id: str, *changes: tuple[str, str], run: bool | None = None
) -> tuple[Cell, ...]:
    """The cells with each (old, new) put into the source of one of them."""
    found = next(cell for cell in cells if cell.id == id)
    source = found.source
    for old, new in changes:
        assert source.count(old) == 1, (id, old)
        source = source.replace(old, new)
    new_cell = replace(found, source=source, run=found.run if run is None else run)
    return tuple(new_cell if cell.id == id else cell for cell in cells)


def inserted(cells: tuple[Cell, ...], after: str, *new: Cell) -> tuple[Cell, ...]:
    """The cells with new ones after one of them."""
    at = [cell.id for cell in cells].index(after) + 1
    return (*cells[:at], *new, *cells[at:])


def removed(cells: tuple[Cell, ...], *ids: str) -> tuple[Cell, ...]:
    """The cells without some of them."""
    assert set(ids) <= {cell.id for cell in cells}
    return tuple(cell for cell in cells if cell.id not in ids)


def moved(cells: tuple[Cell, ...], ids: tuple[str, ...], after: str) -> tuple[Cell, ...]:
    """The cells with some of them put after another."""
    return inserted(removed(cells, *ids), after, *(cell for cell in cells if cell.id in ids))


def energy_csv() -> str:
    """Daily demand of a small block of flats over two years: made here, from a fixed seed."""
    draw = random.Random(20240115)
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(["day", "weekday", "temperature", "wind", "sunshine", "occupied", "demand"])
    days_of = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    day = 0
    for year in (2022, 2023):
        for month, days in enumerate(days_of, 1):
            for date in range(1, days + 1):
                season = math.cos(2 * math.pi * (day - 20) / 365)
                temperature = 10.5 - 9.5 * season + draw.gauss(0, 3)
                wind = max(0.2, draw.gauss(4 + season, 1.8))
                sunshine = min(15.0, max(0.0, draw.gauss(5.5 - 4 * season, 2.4)))
                weekday = (day + 5) % 7
                occupied = 38 + 2 * (weekday > 4) + draw.randint(-3, 2)
                heating = max(0.0, 16 - temperature) * (6.5 + 0.45 * wind)
                cooling = max(0.0, temperature - 22) * 5.5
                demand = 60 + heating + cooling + 1.9 * occupied - 2.1 * sunshine + 14 * (weekday > 4)
                demand += draw.gauss(0, 9)
                missing = draw.random() < 0.012
                rows.writerow(
                    [
                        f"{year}-{month:02d}-{date:02d}",
                        weekday,
                        "" if missing else f"{temperature:.1f}",
                        f"{wind:.1f}",
                        f"{sunshine:.1f}",
                        occupied,
                        f"{demand:.1f}",
                    ]
                )
                day += 1
    return stream.getvalue()


README = """# Energy demand

How much electricity will the block at Harbour Street need tomorrow? `data/energy.csv` holds two years of
daily readings (made up for this example, no real household); the notebook looks at them and fits a model.
"""

FIRST = (
    text(
        "title",
        """
# A look at the energy demand of Harbour Street

Two years of daily readings from one block of flats. What drives the demand, and how well can the next day
be foretold?
""",
    ),
    code(
        "imports",
        """
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

plt.rcParams.update({"figure.figsize": (5.4, 2.7), "figure.dpi": 80, "axes.grid": True, "grid.alpha": 0.3})
""",
    ),
    text("load-title", "## Load the data"),
    code(
        "load",
        """
energy = pd.read_csv("data/energy.csv", parse_dates=["day"])
energy["temperature"] = energy["temperature"].interpolate()
print(f"{len(energy)} days, {energy['day'].min():%d %B %Y} to {energy['day'].max():%d %B %Y}")
energy.head()
""",
    ),
    code("describe", "energy.describe().round(1)"),
    text("explore-title", "## Explore"),
    code(
        "by-month",
        """
monthly = energy.groupby(energy["day"].dt.to_period("M"))["demand"].mean()
fig, ax = plt.subplots()
ax.plot(monthly.index.to_timestamp(), monthly.values, marker="o", markersize=3)
ax.set_xticks(monthly.index.to_timestamp()[::6])
ax.set_ylabel("mean demand, kWh a day")
ax.set_title("Winter costs twice as much as summer")
plt.show()
""",
    ),
)

MODEL = (
    text("model-title", "## Model"),
    code(
        "features",
        """
energy["heating_degrees"] = np.maximum(0, 16 - energy["temperature"])
energy["weekend"] = (energy["weekday"] > 4).astype(int)
features = ["temperature", "heating_degrees", "wind", "sunshine", "occupied", "weekend"]
X, y = energy[features], energy["demand"]
""",
    ),
    code(
        "split",
        """
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)
print(f"{len(X_train)} days to learn from, {len(X_test)} to judge by")
""",
    ),
    code(
        "fit",
        """
from sklearn.linear_model import LinearRegression

model = LinearRegression()
model.fit(X_train, y_train)
predicted = model.predict(X_test)
""",
    ),
    code(
        "score",
        """
from sklearn.metrics import mean_absolute_error, r2_score

print(f"mean absolute error: {mean_absolute_error(y_test, predicted):.2f} kWh")
print(f"R²: {r2_score(y_test, predicted):.4f}")
""",
    ),
)

EVALUATION = (
    text(
        "evaluation-title",
        """
## Evaluation

Points on the line are foretold exactly.
""",
    ),
    code(
        "scatter",
        """
fig, ax = plt.subplots(figsize=(3.6, 3.2))
ax.scatter(y_test, predicted, s=8, alpha=0.6)
limits = [y_test.min(), y_test.max()]
ax.plot(limits, limits, color="black", linewidth=1)
ax.set_xlabel("demand, kWh")
ax.set_ylabel("predicted, kWh")
plt.show()
""",
    ),
    code(
        "residuals",
        """
residuals = y_test - predicted
rmse = np.sqrt((residuals**2).mean())
print(f"root mean square error: {rmse:.2f} kWh")
print(f"worst day: {residuals.abs().max():.1f} kWh off")
""",
    ),
)

BOOSTED = """
from sklearn.ensemble import GradientBoostingRegressor

model = GradientBoostingRegressor(n_estimators=100, learning_rate=0.3, max_depth=4, random_state=0)
model.fit(X_train, y_train)
predicted = model.predict(X_test)
"""

TEMPERATURE = (
    text(
        "temperature-title",
        """
### Temperature

Below about 16 °C the flats are heated, and each degree costs.
""",
    ),
    code(
        "temperature",
        """
by_degree = energy.groupby(energy["temperature"].round())["demand"].agg(["mean", "min", "max"])
fig, ax = plt.subplots()
ax.fill_between(by_degree.index, by_degree["min"], by_degree["max"], alpha=0.25, label="lowest to highest")
ax.plot(by_degree.index, by_degree["mean"], label="mean")
ax.set_xlabel("temperature, °C")
ax.set_ylabel("demand, kWh a day")
ax.legend()
plt.show()
""",
    ),
)

LEARNING = (
    text("learning-title", "### Would more data help?"),
    code(
        "learning",
        """
from sklearn.model_selection import learning_curve

sizes, train_scores, test_scores = learning_curve(
    model, X, y, train_sizes=np.linspace(0.1, 1.0, 6), cv=5, scoring="neg_mean_absolute_error"
)
fig, ax = plt.subplots()
ax.plot(sizes, -train_scores.mean(axis=1), marker="o", markersize=3, label="on days it learned from")
ax.plot(sizes, -test_scores.mean(axis=1), marker="o", markersize=3, label="on days it had not seen")
ax.set_xlabel("days of training data")
ax.set_ylabel("mean absolute error, kWh")
ax.legend()
plt.show()
""",
    ),
)

WEEKDAYS = code(
    "weekdays",
    """
by_weekday = pd.DataFrame({"weekday": energy.loc[X_test.index, "weekday"], "error": residuals.abs()})
by_weekday.groupby("weekday")["error"].agg(["count", "mean", "max"]).round(1)
""",
)

IMPORTANCE = code(
    "importance",
    """
importance = pd.Series(model.feature_importances_, index=featuers).sort_values()
fig, ax = plt.subplots()
ax.barh(importance.index, importance.values)
ax.set_title("What the model looks at")
plt.show()
""",
    run=False,
)


def steps() -> list[Step]:
    """The history, oldest first."""
    day = 86_400
    start = 1_704_963_600  # 11 January 2024, 09:00 UTC
    made: list[Step] = []
    old, new = "explore.ipynb", "energy_demand.ipynb"

    def add(
        path: str, cells: tuple[Cell, ...], author: tuple[str, str, str], message: str, where: str = "commit"
    ) -> None:
        made.append(
            Step(path, cells, author, start + len(made) * 2 * day + len(made) * 1_871, message, where)
        )

    cells: tuple[Cell, ...] = FIRST
    add(old, cells, ADA, "Look at two years of energy demand")
    cells = (*cells, *MODEL)
    add(old, cells, ADA, "Fit a first linear model")
    cells = (*cells, *EVALUATION)
    add(old, cells, TOMAS, "Plot predictions against truth and the size of the errors")
    fit = next(cell for cell in cells if cell.id == "fit")
    cells = tuple(replace(cell, source=BOOSTED.strip("\n")) if cell is fit else cell for cell in cells)
    cells = inserted(cells, "residuals", *TEMPERATURE)
    add(old, cells, PRIYA, "Try gradient boosting; add demand by temperature")
    cells = edited(
        cells,
        "title",
        (
            "# A look at the energy demand of Harbour Street",
            "# Foretelling the energy demand of Harbour Street",
        ),
    )
    add(new, cells, ADA, "Rename the notebook after what it does now")
    cells = inserted(cells, "score", *LEARNING)
    add(new, cells, PRIYA, "Ask whether more data would help")
    cells = edited(
        cells,
        "fit",
        (
            "n_estimators=100, learning_rate=0.3, max_depth=4",
            "n_estimators=300, learning_rate=0.05, max_depth=2",
        ),
    )
    add(new, cells, PRIYA, "Slower learning rate, shallower trees: less overfitting")
    cells = moved(cells, ("temperature-title", "temperature"), "by-month")
    add(new, cells, TOMAS, "Move the temperature section to the exploration")
    cells = removed(cells, "describe")
    add(new, cells, TOMAS, "Remove the table of raw statistics")
    cells = edited(
        cells,
        "evaluation-title",
        (
            "Points on the line are foretold exactly.",
            "Points on the line are foretold exactly; below it the model asks for too little.\n\n"
            "- **mean absolute error**: what a usual day is off by\n"
            "- **root mean square error**: weighs bad days more, as the grid operator's fee does",
        ),
    )
    cells = inserted(cells, "residuals", WEEKDAYS)
    add(new, cells, ADA, "Explain how to read the errors; add errors by weekday")
    cells = edited(cells, "imports", ("import numpy as np\n", ""))
    cells = edited(
        cells,
        "features",
        ('np.maximum(0, 16 - energy["temperature"])', '(16 - energy["temperature"]).clip(lower=0)'),
    )
    cells = edited(cells, "learning", ("np.linspace(0.1, 1.0, 6)", "[0.1, 0.28, 0.46, 0.64, 0.82, 1.0]"))
    add(new, cells, TOMAS, "Tidy the imports: numpy is hardly used")
    cells = edited(cells, "split", ("test_size=0.25", "test_size=0.2"))
    add(new, cells, PRIYA, "", where="index")
    cells = inserted(cells, "weekdays", IMPORTANCE)
    cells = edited(
        cells, "learning-title", ("### Would more data help?", "### Would a third year of data help?")
    )
    add(new, cells, PRIYA, "", where="working tree")
    return made
