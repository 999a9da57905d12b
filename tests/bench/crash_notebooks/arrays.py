"""Notebooks about arrays: linear algebra, broadcasting, images as arrays, memory, with NumPy."""

from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.pair import Pair, pair

PAIRS: tuple[Pair, ...] = (
    pair(
        "least squares by hand",
        CrashType.UNSUPPORTED_BROADCAST,
        "",
        r"""
import numpy as np
# %%
rng = np.random.default_rng(0)
X = rng.normal(size=(100, 3))
w_true = np.array([1.5, -2.0, 0.5])
# %%
y = X @ w_true + 0.1 * rng.normal(size=100)
# %%
X1 = np.column_stack([np.ones(len(X)), X])
# %%
w = np.linalg.solve(X1.T @ X1, X1.T @ y)
residual = y - X1 @ w
print(w.round(2), residual.std())
""",
        r"""
w = np.linalg.solve(X1.T @ X1, X1.T @ y)
residual = y[:-1] - X1 @ w
print(w.round(2), residual.std())
""",
    ),
    pair(
        "columns standardised by hand",
        CrashType.UNSUPPORTED_BROADCAST,
        "",
        r"""
import numpy as np
# %%
data = np.arange(24, dtype=float).reshape(6, 4)
# %%
mean = data.mean(axis=0)
std = data.std(axis=0)
# %%
print(mean.shape, std.shape)
# %%
scaled = (data - mean) / std
np.allclose(scaled.mean(axis=0), 0)
""",
        r"""
mean = data.mean(axis=1)
std = data.std(axis=1)
""",
        at=3,
    ),
    pair(
        "distances between two sets of points",
        CrashType.UNSUPPORTED_BROADCAST,
        "",
        r"""
import numpy as np

rng = np.random.default_rng(5)
# %%
a = rng.random((7, 2))
b = rng.random((4, 2))
# %%
def norm(v):
    return np.sqrt((v ** 2).sum(axis=-1))
# %%
norm(a)
# %%
distances = norm(a[:, None, :] - b[None, :, :])
nearest = distances.argmin(axis=1)
nearest
""",
        r"""
distances = norm(a - b)
nearest = distances.argmin(axis=1)
nearest
""",
    ),
    pair(
        "one-hot labels",
        CrashType.INDEX_ERROR,
        "",
        r"""
import numpy as np
from sklearn.datasets import load_digits
# %%
digits = load_digits()
labels = digits.target
# %%
n_classes = labels.max() + 1
# %%
images = digits.images / 16.0
images.shape
# %%
one_hot = np.zeros((len(labels), n_classes))
one_hot[np.arange(len(labels)), labels] = 1
one_hot.sum(axis=0)
""",
        r"""
n_classes = labels.max()
""",
        at=3,
    ),
    pair(
        "digits flattened",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "",
        r"""
import numpy as np
from sklearn.datasets import load_digits
# %%
images = load_digits().images
images.shape
# %%
def show(image):
    for row in image[::2]:
        print("".join(" .:#"[int(v) // 5] for v in row))

show(images[0])
# %%
train, test = images[:1500], images[1500:]
# %%
flat = train.reshape(len(train), 64)
covariance = np.cov(flat, rowvar=False)
covariance.shape
""",
        r"""
flat = train.reshape(1600, 64)
covariance = np.cov(flat, rowvar=False)
covariance.shape
""",
    ),
    pair(
        "eigenvectors of a covariance",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "numpy",
        r"""
import numpy as np
# %%
rng = np.random.default_rng(11)
points = rng.multivariate_normal([0, 0, 0], np.diag([3, 2, 1]), size=200)
# %%
centred = points - points.mean(axis=0)
# %%
scatter = centred.T @ centred / len(points)
# %%
values, vectors = np.linalg.eigh(scatter)
order = values.argsort()[::-1]
projected = centred @ vectors[:, order[:2]]
projected.shape
""",
        r"""
values, vectors = np.linalg.eigh(centred)
order = values.argsort()[::-1]
projected = centred @ vectors[:, order[:2]]
projected.shape
""",
    ),
    pair(
        "integers updated in place by a step",
        CrashType.CAST_EXCEPTION,
        "",
        r"""
import numpy as np
# %%
weights = np.zeros(5)
gradient = np.array([0.5, -0.2, 0.1, 0.0, 1.0])
# %%
rate = 0.1
history = []
# %%
def norm(v):
    return float(np.abs(v).sum())
# %%
for step in range(10):
    weights -= rate * gradient
    history.append(norm(weights))
history[-1]
""",
        r"""
weights = np.zeros(5, dtype=int)
gradient = np.array([0.5, -0.2, 0.1, 0.0, 1.0])
""",
        at=2,
    ),
    pair(
        "a mean added to counts in place",
        CrashType.CAST_EXCEPTION,
        "",
        r"""
import numpy as np
# %%
counts = np.random.RandomState(4).poisson(6, size=(5, 8))
# %%
print(counts.dtype, counts.sum())
# %%
per_row = counts.mean(axis=1, keepdims=True)
# %%
centred = counts - per_row
centred /= centred.std()
centred.round(2)
""",
        r"""
centred = counts.copy()
centred -= per_row
centred.round(2)
""",
    ),
    pair(
        "a pairwise matrix too large for any machine",
        CrashType.OUT_OF_MEMORY,
        "",
        r"""
import numpy as np
# %%
n_users, n_items = 40_000_000, 1_500_000
# %%
rng = np.random.default_rng(9)
users = rng.integers(0, 2_000, 5_000)
items = rng.integers(0, 300, 5_000)
# %%
print(f"{users.max()=} {items.max()=}")
# %%
ratings = np.zeros((users.max() + 1, items.max() + 1), dtype=np.float32)
np.add.at(ratings, (users, items), 1)
ratings.sum()
""",
        r"""
ratings = np.zeros((n_users, n_items), dtype=np.float64)
np.add.at(ratings, (users, items), 1)
ratings.sum()
""",
    ),
    pair(
        "a kernel matrix of everything with everything",
        CrashType.OUT_OF_MEMORY,
        "",
        r"""
import numpy as np

def rbf(d, gamma=0.1):
    return np.exp(-gamma * d ** 2)
# %%
samples = 300
x = np.linspace(0, 1, samples)
# %%
rbf(x[:3])
# %%
y = np.sin(6 * x)
# %%
d = np.subtract.outer(x, x)
K = rbf(d)
alpha = np.linalg.solve(K + 1e-3 * np.eye(samples), y)
alpha.shape
""",
        r"""
d = np.ones((samples ** 3, samples ** 3)) * np.inf
K = rbf(d)
alpha = np.linalg.solve(K + 1e-3 * np.eye(samples), y)
alpha.shape
""",
    ),
    pair(
        "power iteration with a generator",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "",
        r"""
import numpy as np
# %%
def power(A, v):
    while True:
        v = A @ v
        v = v / np.linalg.norm(v)
        yield v
# %%
A = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])
# %%
steps = power(A, np.ones(3))
next(steps)
# %%
for _ in range(20):
    v = next(steps)
print(v @ A @ v, next(steps)[:2])
""",
        r"""
for _ in range(20):
    v = next(steps)
print(v[:2] @ A @ v, next(steps)[:2])
""",
    ),
    pair(
        "the best of an empty selection",
        CrashType.DATA_VALUE_VIOLATION,
        "numpy",
        r"""
import numpy as np
# %%
rng = np.random.default_rng(21)
scores = rng.uniform(0, 0.9, size=40)
# %%
threshold = 0.5
# %%
good = scores[scores > threshold]
len(good)
# %%
print("best", good.max(), "worst of the good", good.min())
gap = good.max() - scores.mean()
""",
        r"""
threshold = 0.95
""",
        at=3,
    ),
)
