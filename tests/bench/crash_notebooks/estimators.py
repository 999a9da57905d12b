"""Notebooks about models of scikit-learn: pipelines, grids, encoders, splits and scores."""

from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.pair import Pair, pair

PAIRS: tuple[Pair, ...] = (
    pair(
        "a first classifier for iris",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "sklearn",
        r"""
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
# %%
X, y = load_iris(return_X_y=True)
# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0, stratify=y)
print(X_train.shape, y_train.shape)
# %%
model = LogisticRegression(max_iter=500)
# %%
model.fit(X_train, y_train)
model.score(X_test, y_test)
""",
        r"""
X_train, y_train, X_test, y_test = train_test_split(X, y, test_size=0.25, random_state=0, stratify=y)
print(X_train.shape, y_train.shape)
""",
        at=3,
    ),
    pair(
        "a pipeline scored before it is fitted",
        CrashType.MODEL_INITIALISATION,
        "sklearn",
        r"""
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
# %%
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
# %%
X, y = load_breast_cancer(return_X_y=True, as_frame=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=7)
# %%
pipe = make_pipeline(StandardScaler(), SVC(C=2.0))
# %%
pipe.fit(X_train, y_train)
accuracy = pipe.score(X_test, y_test)
print(f"{accuracy:.3f}")
""",
        r"""
accuracy = pipe.score(X_test, y_test)
print(f"{accuracy:.3f}")
""",
    ),
    pair(
        "the wrong scaler after the fit",
        CrashType.MODEL_INITIALISATION,
        "sklearn",
        r"""
import pandas as pd
from sklearn.datasets import load_wine
from sklearn.preprocessing import MinMaxScaler
# %%
X, y = load_wine(return_X_y=True, as_frame=True)
# %%
scaler = MinMaxScaler()
scaled = pd.DataFrame(scaler.fit_transform(X), columns=X.columns)
# %%
scaled.describe().loc[["min", "max"]]
# %%
new = X.sample(3, random_state=1)
scaler.transform(new).round(2)
""",
        r"""
scaler = MinMaxScaler()
scaled = pd.DataFrame(MinMaxScaler().fit_transform(X), columns=X.columns)
""",
        at=3,
    ),
    pair(
        "a tree printed before its fit",
        CrashType.MODEL_INITIALISATION,
        "sklearn",
        r"""
from sklearn.datasets import load_iris
from sklearn.tree import DecisionTreeClassifier, export_text
# %%
iris = load_iris()
# %%
tree = DecisionTreeClassifier(max_depth=2, random_state=0)
# %%
tree.fit(iris.data, iris.target)
# %%
print(export_text(tree, feature_names=list(iris.feature_names)))
tree.predict(iris.data[:3])
""",
        ran=(1, 2, 3, 4),
        crash_ran=(1, 2, 3),
    ),
    pair(
        "a grid over a pipeline",
        CrashType.INVALID_ARGUMENT,
        "sklearn",
        r"""
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV
# %%
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.decomposition import PCA
# %%
X, y = load_digits(return_X_y=True)
X, y = X[:300], y[:300]
# %%
pipe = Pipeline([("pca", PCA(n_components=16, random_state=0)), ("knn", KNeighborsClassifier())])
# %%
grid = GridSearchCV(pipe, {"knn__n_neighbors": [1, 3], "pca__n_components": [8, 16]}, cv=3, n_jobs=2)
grid.fit(X, y)
grid.best_params_
""",
        r"""
grid = GridSearchCV(pipe, {"n_neighbors": [1, 3], "pca__n_components": [8, 16]}, cv=3, n_jobs=2)
grid.fit(X, y)
grid.best_params_
""",
    ),
    pair(
        "a forest with an unknown criterion",
        CrashType.INVALID_ARGUMENT,
        "sklearn",
        r"""
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.ensemble import RandomForestRegressor
# %%
X, y = load_diabetes(return_X_y=True)
# %%
settings = {"n_estimators": 20, "criterion": "absolute_error", "random_state": 1}
# %%
cut = int(0.8 * len(X))
# %%
forest = RandomForestRegressor(**settings).fit(X[:100], y[:100])
np.abs(forest.predict(X[cut:]) - y[cut:]).mean().round(1)
""",
        r"""
settings = {"n_estimators": 20, "criterion": "mae", "random_state": 1}
""",
        at=3,
    ),
    pair(
        "predicting with a column too few",
        CrashType.FEATURE_NAME_MISMATCH,
        "sklearn",
        r"""
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
# %%
X, y = load_diabetes(return_X_y=True, as_frame=True)
# %%
columns = ["bmi", "bp", "s5"]
ridge = Ridge(alpha=0.1).fit(X[columns], y)
# %%
dict(zip(columns, ridge.coef_.round(1)))
# %%
some = X.iloc[:5]
ridge.predict(some[columns]).round()
""",
        r"""
some = X.iloc[:5]
ridge.predict(some[["bmi", "bp"]]).round()
""",
    ),
    pair(
        "test columns renamed after the fit",
        CrashType.FEATURE_NAME_MISMATCH,
        "sklearn",
        r"""
from sklearn.datasets import load_iris
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import train_test_split
# %%
X, y = load_iris(return_X_y=True, as_frame=True)
X.columns = ["sl", "sw", "pl", "pw"]
# %%
train, test, y_train, y_test = train_test_split(X, y, random_state=3)
# %%
clf = GradientBoostingClassifier(n_estimators=10, random_state=0).fit(train, y_train)
# %%
test = test.rename(columns=str.lower)
print((clf.predict(test) == y_test).mean())
""",
        r"""
test = test.rename(columns=str.upper)
print((clf.predict(test) == y_test).mean())
""",
    ),
    pair(
        "features of another count for the scaler",
        CrashType.FEATURE_NAME_MISMATCH,
        "sklearn",
        r"""
import numpy as np
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
# %%
rng = np.random.default_rng(2)
X = rng.normal(size=(80, 3))
# %%
poly = PolynomialFeatures(2, include_bias=False)
wide = poly.fit_transform(X)
# %%
scaler = StandardScaler().fit(wide)
# %%
fresh = rng.normal(size=(2, 3))
scaler.transform(poly.transform(fresh)).shape
""",
        r"""
fresh = rng.normal(size=(2, 3))
scaler.transform(fresh).shape
""",
    ),
    pair(
        "gaps left in the features",
        CrashType.DATA_VALUE_VIOLATION,
        "sklearn",
        r"""
import numpy as np
import pandas as pd
from sklearn.datasets import load_wine
# %%
X, y = load_wine(return_X_y=True, as_frame=True)
rng = np.random.RandomState(0)
X = X.mask(rng.random_sample(X.shape) < 0.05)
# %%
from sklearn.impute import SimpleImputer
X_full = pd.DataFrame(SimpleImputer(strategy="median").fit_transform(X), columns=X.columns)
# %%
from sklearn.linear_model import LogisticRegression
clf = LogisticRegression(max_iter=200, solver="liblinear")
# %%
clf.fit(X_full, y).score(X_full, y)
""",
        r"""
clf.fit(X, y).score(X_full, y)
""",
    ),
    pair(
        "folds where a class has one member",
        CrashType.DATA_VALUE_VIOLATION,
        "sklearn",
        r"""
import numpy as np
from sklearn.model_selection import train_test_split
# %%
labels = np.array(["cat"] * 12 + ["dog"] * 9 + ["emu"] * 4)
features = np.random.default_rng(0).random((len(labels), 3))
# %%
np.unique(labels, return_counts=True)
# %%
keep = np.arange(len(labels))
# %%
train, test = train_test_split(keep, stratify=labels[keep], test_size=0.3, random_state=0)
len(train), len(test)
""",
        r"""
keep = np.arange(22)
""",
        at=4,
    ),
    pair(
        "one column where a table is asked",
        CrashType.INVALID_ARGUMENT,
        "sklearn",
        r"""
import pandas as pd
from sklearn.preprocessing import OneHotEncoder
# %%
frame = pd.DataFrame({"colour": ["red", "blue", "red", "green"], "size": [1, 2, 3, 4]})
# %%
encoder = OneHotEncoder(sparse_output=False, handle_unknown="ignore")
# %%
frame["size"].mean()
# %%
codes = encoder.fit_transform(frame[["colour"]])
pd.DataFrame(codes, columns=encoder.get_feature_names_out())
""",
        r"""
codes = encoder.fit_transform(frame["colour"])
pd.DataFrame(codes, columns=encoder.get_feature_names_out())
""",
    ),
    pair(
        "text among the numbers",
        CrashType.VALUE_ERROR,
        "sklearn",
        r"""
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
# %%
cars = pd.DataFrame({"brand": list("abacb"), "km": [10, 50, 30, 5, 80], "price": [20, 12, 15, 30, 8]})
# %%
prepare = make_column_transformer((OneHotEncoder(), ["brand"]), (StandardScaler(), ["km"]))
# %%
model = make_pipeline(prepare, LinearRegression())
# %%
model.fit(cars[["brand", "km"]], cars["price"])
model.predict(cars[["brand", "km"]].head(2)).round(1)
""",
        r"""
prepare = make_column_transformer((StandardScaler(), ["km"]), remainder="passthrough")
""",
        at=3,
    ),
    pair(
        "labels never seen by the encoder",
        CrashType.VALUE_ERROR,
        "sklearn",
        r"""
from sklearn.preprocessing import LabelEncoder
import numpy as np
# %%
train_labels = ["low", "high", "mid", "low", "high"]
# %%
encoder = LabelEncoder().fit(train_labels)
encoder.classes_
# %%
test_labels = ["mid", "low", "low"]
# %%
codes = encoder.transform(test_labels)
np.bincount(codes, minlength=3)
""",
        r"""
test_labels = ["mid", "none", "low"]
""",
        at=4,
    ),
    pair(
        "a score of two unequal lengths",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "sklearn",
        r"""
from sklearn.datasets import load_digits
from sklearn.metrics import classification_report, confusion_matrix
from sklearn.naive_bayes import GaussianNB
# %%
X, y = load_digits(return_X_y=True)
half = len(X) // 2
# %%
bayes = GaussianNB().fit(X[:half], y[:half])
# %%
guess = bayes.predict(X[half:])
# %%
print(confusion_matrix(y[half:], guess)[:3])
print(classification_report(y[half:], guess)[:120])
""",
        r"""
print(confusion_matrix(y[:half], guess)[:3])
print(classification_report(y[:half], guess)[:120])
""",
    ),
    pair(
        "an attribute that only fitting gives",
        CrashType.ATTRIBUTE_ERROR,
        "",
        r"""
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs
# %%
X, _ = make_blobs(n_samples=120, centers=4, random_state=4)
# %%
def inertia(k):
    return KMeans(n_clusters=k, n_init=2, random_state=0).fit(X)
# %%
models = {k: inertia(k) for k in (2, 3, 4)}
# %%
curve = {k: round(m.inertia_, 1) for k, m in models.items()}
curve
""",
        r"""
def inertia(k):
    return KMeans(n_clusters=k, n_init=2, random_state=0)
""",
        at=3,
    ),
)
