"""Notebooks whose data are away, as code: what they displayed when they ran is all that is left of it.

Each is a title, cells that ran and displayed something, and two target cells: one runs and one crashes.
Imports nothing.
"""

# ruff: noqa: E501

SETUP = """
import numpy as np, pandas as pd, json

rng = np.random.default_rng(0)
n = 300
df = pd.DataFrame(
    {
        "id": np.arange(n),
        "age": rng.integers(18, 80, n),
        "income": rng.normal(40000, 9000, n).round(2),
        "city": rng.choice(["Rome", "Paris", "Oslo", "Bern"], n),
        "signup": pd.date_range("2020-01-01", periods=n).astype(str),
        "bought": rng.integers(0, 2, n),
    }
)
df.loc[rng.choice(n, 30, replace=False), "income"] = np.nan
df.to_csv("people.csv", index=False)
h = pd.DataFrame(
    {
        "Rooms": rng.integers(1, 8, n),
        "Area": rng.normal(90, 20, n).round(1),
        "Price": [f"{v:,}" for v in rng.integers(50000, 900000, n)],
        "Type": rng.choice(["flat", "house"], n),
        "Year": rng.integers(1950, 2020, n),
    }
)
h.to_csv("houses.csv", index=False)
w = pd.DataFrame(rng.normal(size=(n, 40)), columns=[f"f{i}" for i in range(40)])
w["label"] = rng.choice(["a", "b"], n)
w.to_csv("wide.csv", index=False)
t = pd.DataFrame(
    {
        "date": pd.date_range("2021-01-01", periods=200),
        "sales": rng.poisson(20, 200),
        "store": rng.choice(["N", "S"], 200),
    }
)
t.to_csv("sales.csv", index=False)
np.save("X.npy", rng.normal(size=(200, 12)))
np.save("y.npy", rng.integers(0, 3, 200))
np.save("img.npy", rng.random((60, 8, 8)))
json.dump({"lr": 0.1, "layers": [16, 8], "name": "m"}, open("cfg.json", "w"))
import joblib
from sklearn.ensemble import RandomForestClassifier

joblib.dump(
    RandomForestClassifier(n_estimators=5).fit(rng.normal(size=(50, 4)), rng.integers(0, 2, 50)),
    "rf.joblib",
)
"""
"""Makes the data files in the working folder."""

_IMPORTS = "import numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt"
_PEOPLE = (_IMPORTS, "df = pd.read_csv('people.csv')\ndf.head()", "df.shape", "df.info()")
_HOUSES = (_IMPORTS, "houses = pd.read_csv('houses.csv')\nhouses.head(3)", "print(houses.shape)")
_WIDE = (_IMPORTS, "wide = pd.read_csv('wide.csv')\nwide.head()")
_SALES = (_IMPORTS, "sales = pd.read_csv('sales.csv')\nsales")
_ARRAYS = (_IMPORTS, "X = np.load('X.npy')\ny = np.load('y.npy')\nX.shape, y.shape")

NOTEBOOKS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("col case", _PEOPLE, "df['age'].mean()", "df['Age'].mean()"),
    ("col typo in list", _PEOPLE, "df[['age','income']].describe()", "df[['age','incomes']].describe()"),
    (
        "scaler on text",
        _PEOPLE,
        "from sklearn.preprocessing import StandardScaler\nStandardScaler().fit_transform(df[['age','income']])",
        "from sklearn.preprocessing import StandardScaler\nStandardScaler().fit_transform(df[['age','city']])",
    ),
    (
        "nan into model",
        _PEOPLE,
        "from sklearn.linear_model import LogisticRegression\nd=df.dropna()\nLogisticRegression(max_iter=500).fit(d[['age','income']], d['bought'])",
        "from sklearn.linear_model import LogisticRegression\nLogisticRegression(max_iter=500).fit(df[['age','income']], df['bought'])",
    ),
    (
        "drop twice",
        (*_PEOPLE, "df = df.drop(columns=['id'])"),
        "df.drop(columns=['city']).shape",
        "df.drop(columns=['id']).shape",
    ),
    ("drop no axis", _PEOPLE, "df.drop('city', axis=1).columns", "df.drop('city').columns"),
    ("mean text", _PEOPLE, "df.select_dtypes('number').mean()", "df.mean()"),
    ("corr text", _PEOPLE, "df.corr(numeric_only=True)", "df.corr()"),
    ("dt on text", _PEOPLE, "pd.to_datetime(df['signup']).dt.year.head()", "df['signup'].dt.year.head()"),
    ("str on number", _PEOPLE, "df['city'].str.upper().head()", "df['age'].str.upper().head()"),
    ("concat str int", _PEOPLE, "df['city'] + df['age'].astype(str)", "df['city'] + df['age']"),
    ("wrong length col", _PEOPLE, "df['z'] = range(300)", "df['z'] = range(200)"),
    (
        "thousands",
        _HOUSES,
        "houses['Price'].str.replace(',','').astype(float).mean()",
        "houses['Price'].astype(float).mean()",
    ),
    (
        "thousands model",
        (*_HOUSES, "X = houses[['Rooms','Area','Price']]\ny = houses['Year']"),
        "from sklearn.linear_model import LinearRegression\nLinearRegression().fit(X[['Rooms','Area']], y)",
        "from sklearn.linear_model import LinearRegression\nLinearRegression().fit(X, y)",
    ),
    ("mean of text col", _HOUSES, "houses.groupby('Type')['Area'].mean()", "houses.groupby('Type').mean()"),
    ("string col attr", _HOUSES, "houses.Type.value_counts()", "houses.type.value_counts()"),
    (
        "wide X",
        (*_WIDE, "X = wide.drop('label', axis=1)\ny = wide['label']\nX.shape"),
        "from sklearn.ensemble import RandomForestClassifier\nRandomForestClassifier(5).fit(X, y)",
        "from sklearn.linear_model import LinearRegression\nLinearRegression().fit(X, y)",
    ),
    ("wide missing col", (*_WIDE, "wide.columns"), "wide['f25'].mean()", "wide['f45'].mean()"),
    ("wide head only ok col", _WIDE, "wide['f25'].mean()", "wide['f25'].means()"),
    (
        "ts index",
        _SALES,
        "sales.set_index('date').sales.rolling(7).mean()",
        "sales.set_index('day').sales.rolling(7).mean()",
    ),
    (
        "arrays fit",
        _ARRAYS,
        "from sklearn.neighbors import KNeighborsClassifier\nKNeighborsClassifier().fit(X, y).score(X, y)",
        "from sklearn.neighbors import KNeighborsClassifier\nKNeighborsClassifier().fit(X[:150], y).score(X, y)",
    ),
    ("arrays reshape", _ARRAYS, "X.reshape(200, 3, 4).mean()", "X.reshape(200, 5, 3).mean()"),
    (
        "predict width",
        (
            *_ARRAYS,
            "from sklearn.linear_model import LogisticRegression\nm = LogisticRegression(max_iter=300).fit(X, y)",
        ),
        "m.predict(X[:5])",
        "m.predict(X[:5, :10])",
    ),
    (
        "predict 1d",
        (
            *_ARRAYS,
            "from sklearn.linear_model import LogisticRegression\nm = LogisticRegression(max_iter=300).fit(X, y)",
        ),
        "m.predict(X[:1])",
        "m.predict(X[0])",
    ),
    (
        "images dense",
        (
            _IMPORTS,
            "img = np.load('img.npy')\nprint('images:', img.shape)",
        ),
        "from sklearn.decomposition import PCA\nPCA(2).fit(img.reshape(len(img), -1))",
        "from sklearn.decomposition import PCA\nPCA(2).fit(img)",
    ),
    (
        "torch linear",
        (
            *_ARRAYS,
            "import torch\nimport torch.nn as nn\nxt = torch.tensor(X, dtype=torch.float32)\nxt.shape",
        ),
        "nn.Linear(12, 4)(xt)",
        "nn.Linear(10, 4)(xt)",
    ),
    (
        "cfg keys",
        (
            "import json",
            "cfg = json.load(open('cfg.json'))\ncfg",
        ),
        "cfg['lr'] * 2",
        "cfg['learning_rate'] * 2",
    ),
    (
        "cfg list",
        (
            "import json",
            "cfg = json.load(open('cfg.json'))\ncfg['layers']",
            "layers = cfg['layers']\nlayers",
        ),
        "layers[1]",
        "layers[2]",
    ),
    (
        "merge key",
        (*_PEOPLE, "cities = pd.DataFrame({'city':['Rome','Paris','Oslo','Bern'],'pop':[1,2,3,4]})\ncities"),
        "df.merge(cities, on='city').shape",
        "df.merge(cities, on='town').shape",
    ),
    (
        "pivot",
        _PEOPLE,
        "df.pivot_table(index='city', values='income').head()",
        "df.pivot_table(index='country', values='income').head()",
    ),
    (
        "plot col",
        _PEOPLE,
        "plt.scatter(df['age'], df['income']); plt.close()",
        "plt.scatter(df['age'], df['incom']); plt.close()",
    ),
    (
        "renamed",
        (*_PEOPLE, "df = df.rename(columns={'bought':'target'})\ndf.columns"),
        "df['target'].sum()",
        "df['bought'].sum()",
    ),
    (
        "get dummies",
        (*_PEOPLE, "d = pd.get_dummies(df.drop(columns=['signup','id']))\nd.head()"),
        "d['city_Rome'].sum()",
        "d['city'].sum()",
    ),
    (
        "split mismatch",
        (
            *_PEOPLE,
            "from sklearn.model_selection import train_test_split\nX = df[['age']]\ny = df['bought'][:250]\nprint(f'X {X.shape}')\nprint(f'y {y.shape}')",
        ),
        "train_test_split(X, df['bought'])",
        "train_test_split(X, y)",
    ),
    (
        "map then fit",
        (
            *_PEOPLE,
            "df['city'].value_counts()",
            "df['c'] = df['city'].map({'Rome':0,'Paris':1,'Oslo':2,'Bern':3})",
        ),
        "from sklearn.tree import DecisionTreeClassifier\nDecisionTreeClassifier().fit(df[['c']], df['bought'])",
        "from sklearn.tree import DecisionTreeClassifier\nDecisionTreeClassifier().fit(df[['city']], df['bought'])",
    ),
    (
        "filter ok",
        (*_PEOPLE, "old = df[df.age > 60]\nprint(len(old))"),
        "old.iloc[0]['city']",
        "old.iloc[0]['town']",
    ),
    ("loc label", _PEOPLE, "df.loc[299,'age']", "df.loc[300,'age']"),
    ("iloc", _PEOPLE, "df.iloc[299]", "df.iloc[300]"),
    (
        "isnull",
        (
            _IMPORTS,
            "df = pd.read_csv('people.csv')\ndf.isnull().sum()",
        ),
        "df['age'].astype(int).sum()",
        "df['income'].astype(int).sum()",
    ),
    (
        "dtypes only",
        (
            _IMPORTS,
            "df = pd.read_csv('people.csv')\ndf.dtypes",
        ),
        "df['age'].max() + 1",
        "df['salary'].max() + 1",
    ),
    (
        "rf loaded",
        (
            "import joblib\nimport numpy as np",
            "rf = joblib.load('rf.joblib')\nrf",
        ),
        "rf.get_params()['n_estimators']",
        "rf.transform(np.zeros((2,4)))",
    ),
    (
        "inplace",
        (*_PEOPLE, "df.drop(columns=['id'], inplace=True)\ndf.head(2)"),
        "df['age'].sum()",
        "df['id'].sum()",
    ),
    (
        "astype bool map",
        _PEOPLE,
        "df['bought'].map({0:'no',1:'yes'}).value_counts()['yes']",
        "df['bought'].map({0:'no',1:'yes'}).value_counts()['maybe']",
    ),
    (
        "label enc 2d",
        _PEOPLE,
        "from sklearn.preprocessing import LabelEncoder\nLabelEncoder().fit_transform(df['city'])",
        "from sklearn.preprocessing import LabelEncoder\nLabelEncoder().fit_transform(df[['city','signup']])",
    ),
    (
        "metrics len",
        (*_ARRAYS, "p = np.load('y.npy')\nprint(len(p))"),
        "from sklearn.metrics import accuracy_score\naccuracy_score(y, p)",
        "from sklearn.metrics import accuracy_score\naccuracy_score(y[:100], p)",
    ),
    ("query", _PEOPLE, "df.query('age > 30').shape", "df.query('ages > 30').shape"),
    ("sort", _PEOPLE, "df.sort_values('income').head()", "df.sort_values('salary').head()"),
    (
        "unique",
        (*_PEOPLE, "df['city'].unique()"),
        "dict(zip(df['city'].unique(), range(4)))['Rome']",
        "dict(zip(df['city'].unique(), range(4)))['Madrid']",
    ),
)
