"""Notebooks as notebooks: order of execution, names deleted or shadowed, functions across cells."""

from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.pair import Pair, pair

PAIRS: tuple[Pair, ...] = (
    pair(
        "a cell that was skipped",
        CrashType.VARIABLE_NOT_FOUND,
        "",
        r"""
import random
random.seed(5)
# %%
deck = [(s, v) for s in "♠♥♦♣" for v in range(2, 15)]
# %%
random.shuffle(deck)
hand = deck[:5]
# %%
def value(cards):
    return sum(v for _, v in cards)
# %%
print(value(hand), random.random())
""",
        crash_ran=(1, 2, 4),
    ),
    pair(
        "a name deleted to save memory",
        CrashType.VARIABLE_NOT_FOUND,
        "",
        r"""
import numpy as np
# %%
big = np.random.default_rng(0).normal(size=(1000, 50))
# %%
small = big.mean(axis=1)
# %%
print(f"{big.nbytes / 1e6:.1f} MB")
# %%
top = np.argsort(small)[-5:]
big[top].std(axis=1).round(2)
""",
        r"""
print(f"{big.nbytes / 1e6:.1f} MB")
del big
""",
        at=4,
    ),
    pair(
        "a global read inside a function",
        CrashType.VARIABLE_NOT_FOUND,
        "",
        r"""
from collections import Counter
# %%
text = "the cat sat on the mat and the dog sat on the cat"
# %%
stop = {"the", "on", "and"}
# %%
def words(t):
    return [w for w in t.split() if w not in stop]
# %%
common = Counter(words(text)).most_common(2)
common
""",
        r"""
stopwords = {"the", "on", "and"}
""",
        at=3,
    ),
    pair(
        "a counter inside a function",
        CrashType.VARIABLE_NOT_FOUND,
        "",
        r"""
calls = 0
# %%
def traced(x):
    global calls
    calls += 1
    return x ** 2
# %%
squares = []
# %%
limit = 4
# %%
for n in range(limit):
    squares.append(traced(n))
print(calls, squares)
""",
        r"""
def traced(x):
    calls += 1
    return x ** 2
""",
        at=2,
    ),
    pair(
        "a built-in shadowed on the way",
        CrashType.TYPE_ERROR,
        "",
        r"""
temperatures = {"mon": 12.5, "tue": 14.0, "wed": 9.5}
# %%
total = 0
for t in temperatures.values():
    total += t
# %%
mean = total / len(temperatures)
# %%
print(f"{mean:.1f}")
# %%
warm = [d for d, t in temperatures.items() if t > mean]
print(len(warm), max(temperatures.values()), sum(temperatures.values()))
""",
        r"""
sum = 0
for t in temperatures.values():
    sum += t
total = sum
""",
        at=2,
    ),
    pair(
        "a cell run a second time",
        CrashType.KEY_ERROR,
        "pandas",
        r"""
import pandas as pd
# %%
frame = pd.DataFrame({"id": [1, 2, 3], "a": [3.0, 1.0, 2.0], "b": [0, 1, 0]})
# %%
frame = frame.set_index("id")
# %%
frame.sort_values("a")
# %%
means = frame.groupby("b")["a"].mean()
wide = frame.assign(mean=frame["b"].map(means)).reset_index()
wide["id"].tolist()
""",
        r"""
means = frame.groupby("b")["a"].mean()
frame = frame.assign(mean=frame["b"].map(means)).set_index("id")
frame.index.tolist()
""",
    ),
    pair(
        "one generator, used up",
        CrashType.OTHER,
        "",
        r"""
def batches(values, size):
    for start in range(0, len(values), size):
        yield values[start:start + size]
# %%
stream = batches(list(range(10)), 4)
# %%
first = next(stream)
# %%
second = next(stream)
# %%
third = next(stream)
sum(first), sum(second), sum(third)
""",
        ran=(1, 2, 3, 4),
        crash_ran=(1, 2, 3, 4, 4),
    ),
    pair(
        "an older class after its cell was edited",
        CrashType.TYPE_ERROR,
        "",
        r"""
class Tokeniser:
    def __init__(self, text):
        self.ids = {w: i for i, w in enumerate(sorted(set(text.split())))}
    def encode(self, text):
        return [self.ids[w] for w in text.split()]
# %%
class Tokeniser:
    def __init__(self, text, lower=False):
        self.lower = lower
        text = text.lower() if lower else text
        self.ids = {w: i for i, w in enumerate(sorted(set(text.split())))}
    def encode(self, text):
        return [self.ids[w] for w in (text.lower() if self.lower else text).split()]
# %%
corpus = "A rose is a rose"
# %%
len(corpus)
# %%
tokeniser = Tokeniser(corpus, lower=True)
tokeniser.encode("a Rose")
""",
        ran=(1, 2, 3, 4),
        crash_ran=(2, 1, 3, 4),
    ),
    pair(
        "a key that only some rows have",
        CrashType.KEY_ERROR,
        "",
        r"""
rows = [{"name": "ann", "age": 3}, {"name": "bo"}, {"name": "cy", "age": 5}]
# %%
from statistics import mean
# %%
names = [r["name"].title() for r in rows]
# %%
known = [r for r in rows if "age" in r]
# %%
ages = [r["age"] for r in known]
mean(ages), names
""",
        r"""
known = [r for r in rows if r["name"]]
""",
        at=4,
    ),
    pair(
        "an odd bracket",
        CrashType.SYNTAX_ERROR,
        "",
        r"""
from math import sqrt
# %%
points = [(0, 0), (3, 4), (6, 8)]
# %%
def length(a, b):
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
# %%
length(*points[:2])
# %%
path = sum(length(a, b) for a, b in zip(points, points[1:]))
print(f"{path:.1f}")
""",
        r"""
path = sum(length(a, b) for a, b in zip(points, points[1:])
print(f"{path:.1f}")
""",
    ),
    pair(
        "a line pasted with its indent",
        CrashType.SYNTAX_ERROR,
        "",
        r"""
import numpy as np
# %%
losses = [0.9, 0.7, 0.65, 0.66, 0.64]
# %%
best = min(losses)
# %%
patience = 2
# %%
for epoch, loss in enumerate(losses):
    if loss <= best:
        print("best at", epoch)
print(np.mean(losses))
""",
        r"""
for epoch, loss in enumerate(losses):
    if loss <= best:
        print("best at", epoch)
      print(np.mean(losses))
""",
    ),
    pair(
        "print as it once was",
        CrashType.SYNTAX_ERROR,
        "",
        r"""
grades = {"ann": [5, 6], "bo": [4, 4, 5]}
# %%
def average(values):
    return sum(values) / len(values)
# %%
averages = {name: average(v) for name, v in grades.items()}
# %%
best = max(averages, key=averages.get)
# %%
print("best:", best)
print(sorted(averages.items()))
""",
        r"""
print "best:", best
print(sorted(averages.items()))
""",
    ),
    pair(
        "a share of nothing",
        CrashType.DATA_VALUE_VIOLATION,
        "",
        r"""
from dataclasses import dataclass, field
# %%
@dataclass
class Meter:
    hits: int = 0
    seen: int = 0
    history: list = field(default_factory=list)
    def update(self, ok):
        self.seen += 1
        self.hits += bool(ok)
    def value(self):
        return self.hits / self.seen
# %%
meter = Meter()
# %%
for guess, truth in [(1, 1), (0, 1), (1, 1)]:
    meter.update(guess == truth)
# %%
meter.history.append(meter.value())
print(meter)
""",
        ran=(1, 2, 3, 4),
        crash_ran=(1, 2, 3),
    ),
    pair(
        "a call with an argument too many",
        CrashType.INVALID_ARGUMENT,
        "",
        r"""
import math
# %%
def schedule(step, warmup, total):
    if step < warmup:
        return step / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / (total - warmup)))
# %%
total, warmup = 100, 10
# %%
schedule(5, warmup, total)
# %%
rates = [schedule(s, warmup, total) for s in range(0, total, 20)]
[round(r, 2) for r in rates]
""",
        r"""
rates = [schedule(s, warmup, total, 1e-3) for s in range(0, total, 20)]
[round(r, 2) for r in rates]
""",
    ),
    pair(
        "a recursion without its end",
        CrashType.RUNTIME_ERROR,
        "",
        r"""
tree = {"value": 1, "children": [{"value": 2, "children": []}, {"value": 3, "children": []}]}
# %%
def total(node):
    return node["value"] + sum(total(child) for child in node["children"])
# %%
depth = 3
# %%
loop = {"value": 4, "children": [tree]}
# %%
total(loop)
""",
        r"""
loop = {"value": 4, "children": [tree]}
tree["children"].append(loop)
""",
        at=4,
    ),
    pair(
        "an assertion on the data",
        CrashType.OTHER,
        "",
        r"""
import numpy as np
rng = np.random.default_rng(12)
# %%
labels = rng.integers(0, 3, 60)
weights = rng.random(60)
# %%
weights = weights / weights.sum()
# %%
per_class = np.bincount(labels, weights=weights)
# %%
assert abs(per_class.sum() - 1) < 1e-9, per_class
rng.choice(len(per_class), p=per_class)
""",
        r"""
weights = weights / weights.max()
""",
        at=3,
    ),
    pair(
        "awaiting in a cell",
        CrashType.TYPE_ERROR,
        "",
        r"""
import asyncio
# %%
async def work(n):
    await asyncio.sleep(0.001)
    return n * n
# %%
jobs = [1, 2, 3]
# %%
one = await work(4)
# %%
results = await asyncio.gather(*(work(n) for n in jobs))
total = one + sum(results)
print(total)
""",
        r"""
one = work(4)
""",
        at=4,
    ),
)
