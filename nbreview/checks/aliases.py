"""How well-known names of Python's data libraries are imported: the table behind the missing-import fix.

Imports nothing of nbreview. The aliases are those that the projects' own documentation uses (`import numpy
as np`, `from torch import nn`, …); scikit-learn's names are those of its API reference. A name that several
libraries export is given only to a notebook that imports the library.
"""

import importlib
from collections.abc import Collection

_MODULES = """
abc argparse array ast asyncio base64 bisect bz2 calendar cmath codecs collections configparser contextlib
copy csv ctypes dataclasses datetime decimal difflib enum fractions functools gc getpass glob gzip hashlib
heapq html http importlib inspect io itertools json logging lzma math multiprocessing operator os pathlib
pickle platform pprint queue random re shutil signal socket sqlite3 statistics string struct subprocess
sys tarfile tempfile textwrap threading time timeit traceback types typing unicodedata unittest urllib
uuid warnings weakref zipfile zlib numpy pandas scipy sklearn matplotlib seaborn torch torchvision
torchaudio tensorflow keras transformers datasets tokenizers xgboost lightgbm catboost optuna joblib cv2
requests nltk spacy gensim statsmodels networkx sympy h5py tqdm yaml skimage imageio librosa wandb mlflow
plotly bokeh altair dask polars pyarrow jax flax einops timm shap umap psutil
"""

_ALIASES = """
import numpy as np
import pandas as pd
import matplotlib as mpl
import matplotlib.pyplot as plt
import matplotlib.dates as mdates
import matplotlib.image as mpimg
import matplotlib.patches as mpatches
import matplotlib.ticker as mticker
import matplotlib.gridspec as gridspec
import seaborn as sns
import tensorflow as tf
import torchvision.transforms as transforms
import torch.nn.functional as F
import torch.optim as optim
from torch import nn
import scipy as sp
import statsmodels.api as sm
import statsmodels.formula.api as smf
import xgboost as xgb
import lightgbm as lgb
import networkx as nx
import plotly.express as px
import plotly.graph_objects as go
import plotly.io as pio
import altair as alt
import polars as pl
import geopandas as gpd
import xarray as xr
import dask.dataframe as dd
import dask.array as da
import jax.numpy as jnp
import datetime as dt
import tensorflow_datasets as tfds
import tensorflow_hub as hub
import tensorflow_probability as tfp
import missingno as msno
import scipy.stats as stats
from pathlib import Path
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial, reduce
from contextlib import contextmanager
from copy import deepcopy
from glob import iglob
from itertools import chain, combinations, cycle, islice, permutations, product
from typing import Any, Callable, Dict, Iterable, List, NamedTuple, Optional, Tuple, Union
from pprint import pformat
from urllib.request import urlopen, urlretrieve
from zipfile import ZipFile
from IPython.display import HTML, Markdown, clear_output
from PIL import ImageDraw, ImageFont, ImageOps
from tqdm import trange
from bs4 import BeautifulSoup
from mpl_toolkits.mplot3d import Axes3D
from wordcloud import WordCloud
from nltk.corpus import stopwords
from nltk.stem import PorterStemmer, WordNetLemmatizer
from nltk.tokenize import sent_tokenize, word_tokenize
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin, TransformerMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import AgglomerativeClustering, DBSCAN, KMeans, MiniBatchKMeans
from sklearn.compose import ColumnTransformer, make_column_transformer
from sklearn.datasets import fetch_california_housing, fetch_openml, load_breast_cancer, load_diabetes
from sklearn.datasets import load_digits, load_iris, load_wine, make_blobs, make_classification
from sklearn.datasets import make_moons, make_regression
from sklearn.decomposition import NMF, PCA, TruncatedSVD
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import AdaBoostClassifier, AdaBoostRegressor, BaggingClassifier
from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.ensemble import IsolationForest, RandomForestClassifier, RandomForestRegressor
from sklearn.ensemble import StackingClassifier, VotingClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import RFE, SelectFromModel, SelectKBest, VarianceThreshold, f_classif
from sklearn.feature_selection import mutual_info_classif
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.inspection import permutation_importance
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Perceptron
from sklearn.linear_model import Ridge, RidgeClassifier, SGDClassifier, SGDRegressor
from sklearn.manifold import TSNE
from sklearn.metrics import ConfusionMatrixDisplay, RocCurveDisplay, accuracy_score, auc
from sklearn.metrics import average_precision_score, balanced_accuracy_score, classification_report
from sklearn.metrics import confusion_matrix, f1_score, log_loss, make_scorer, mean_absolute_error
from sklearn.metrics import mean_absolute_percentage_error, mean_squared_error, precision_recall_curve
from sklearn.metrics import precision_score, r2_score, recall_score, roc_auc_score, roc_curve
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import GridSearchCV, GroupKFold, KFold, LeaveOneOut, RandomizedSearchCV
from sklearn.model_selection import RepeatedStratifiedKFold, ShuffleSplit, StratifiedKFold
from sklearn.model_selection import StratifiedShuffleSplit, TimeSeriesSplit, cross_val_predict
from sklearn.model_selection import cross_val_score, cross_validate, learning_curve, train_test_split
from sklearn.model_selection import validation_curve
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestNeighbors
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, LabelBinarizer, LabelEncoder, MaxAbsScaler
from sklearn.preprocessing import MinMaxScaler, MultiLabelBinarizer, OneHotEncoder, OrdinalEncoder
from sklearn.preprocessing import PolynomialFeatures, PowerTransformer, QuantileTransformer, RobustScaler
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC, SVC, SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, plot_tree
from sklearn.utils import resample
from xgboost import XGBClassifier, XGBRegressor
from lightgbm import LGBMClassifier, LGBMRegressor
from catboost import CatBoostClassifier, CatBoostRegressor
from imblearn.over_sampling import ADASYN, RandomOverSampler, SMOTE
from imblearn.under_sampling import RandomUnderSampler
from torch.autograd import Variable
from torch.utils.data import DataLoader, Dataset, Subset, TensorDataset, random_split
from torchvision import models
from transformers import AutoModel, AutoModelForCausalLM, AutoModelForSequenceClassification
from transformers import AutoTokenizer, Trainer, TrainingArguments, pipeline
"""

# Names that mean different things, or nothing much, unless the library beside them is at hand.
_ONLY_WITH = {
    "nn": ("torch", "torchvision"),
    "F": ("torch", "torchvision"),
    "optim": ("torch", "torchvision"),
    "transforms": ("torch", "torchvision"),
    "models": ("torchvision",),
    "Variable": ("torch",),
    "DataLoader": ("torch", "torchvision"),
    "Dataset": ("torch", "torchvision"),
    "Subset": ("torch", "torchvision"),
    "TensorDataset": ("torch",),
    "random_split": ("torch", "torchvision"),
    "pipeline": ("transformers",),
    "Trainer": ("transformers",),
    "stats": ("scipy",),
    "sp": ("scipy",),
    "sm": ("statsmodels",),
    "auc": ("sklearn",),
    "resample": ("sklearn",),
    "product": ("itertools",),
    "chain": ("itertools",),
    "cycle": ("itertools",),
    "partial": ("functools",),
    "dt": ("datetime",),
    "hub": ("tensorflow",),
    "dd": ("dask",),
    "da": ("dask",),
    "go": ("plotly",),
    "pl": ("polars",),
}

# Modules of the standard library whose names are ordinary words: only their attributes tell that they are
# meant.
_WORDS = """
abc array calendar code copy enum html http io operator platform queue random signal string struct
time types statistics collections fractions secrets
"""

# What the use says: `name.attribute` or, with "()", a call of the name itself.
_BY_USE = {
    ("datetime", "()"): "from datetime import datetime",
    **{
        ("datetime", attr): "from datetime import datetime"
        for attr in ("now", "today", "strptime", "utcnow", "fromtimestamp")
    },
    ("glob", "()"): "from glob import glob",
    ("pprint", "()"): "from pprint import pprint",
    ("tqdm", "tqdm"): "import tqdm",
    ("tqdm", "notebook"): "import tqdm.notebook",
    ("Image", "()"): "from IPython.display import Image",
    **{
        ("Image", attr): "from PIL import Image"
        for attr in ("open", "fromarray", "new", "frombytes", "merge")
    },
    ("sleep", "()"): "from time import sleep",
    ("deepcopy", "()"): "from copy import deepcopy",
}

_KERAS_LAYERS = """
Activation Add AveragePooling2D BatchNormalization Bidirectional Concatenate Conv1D Conv2D Conv2DTranspose
Dense Dropout Embedding Flatten GRU GlobalAveragePooling2D GlobalMaxPooling2D Input LSTM LayerNormalization
LeakyReLU MaxPooling1D MaxPooling2D MultiHeadAttention Reshape SimpleRNN TimeDistributed UpSampling2D
ZeroPadding2D
"""
_KERAS_CALLBACKS = """
CSVLogger EarlyStopping LearningRateScheduler ModelCheckpoint ReduceLROnPlateau TensorBoard
"""
_KERAS = {
    "layers": _KERAS_LAYERS,
    "models": "Model Sequential load_model",
    "optimizers": "Adam AdamW RMSprop SGD Adagrad Adadelta",
    "callbacks": _KERAS_CALLBACKS,
    "utils": "plot_model to_categorical",
}
_FROM_PACKAGE = "layers models optimizers callbacks regularizers losses initializers"


def _table() -> dict[str, str]:
    table = {name: f"import {name}" for name in _MODULES.split()}
    for statement in filter(None, _ALIASES.splitlines()):
        head, _, names = statement.partition(" import ")
        if head.startswith("from "):
            for part in names.split(", "):
                table[part] = f"{head} import {part}"
        else:
            table[statement.rpartition(" as ")[2]] = statement
    table["tqdm"] = "from tqdm.auto import tqdm"
    table["glob"] = "import glob"
    return table


_STATEMENTS = _table()


def import_of(name: str, roots: Collection[str], *, attribute: str = "", called: bool = False) -> str:
    """The statement that imports a well-known name, or "" when it is not known or not sure enough.

    Parameters
    ----------
    name:
        The name that is missing.
    roots:
        Top-level packages that the notebook imports somewhere: they settle what an ambiguous name means.
    attribute, called:
        How the name is used, `name.attribute` or `name(…)`: a module is not called, and of an ordinary
        English word (`time`, `random`) only `time.sleep` says that the module is meant.
    """
    keras = _keras_import(name, roots)
    if keras:
        return keras
    by_use = _BY_USE.get((name, attribute or ("()" if called else "")))
    if by_use:
        return by_use
    statement = _STATEMENTS.get(name, "")
    if statement.startswith("import ") and called and not attribute:
        return ""  # a module cannot be called
    if name in _WORDS.split() and not _module_has(name, attribute):
        return ""
    if name in _ONLY_WITH and not any(package in roots for package in _ONLY_WITH[name]):
        return ""
    return statement


def known_modules() -> frozenset[str]:
    """Dotted paths of modules, and of members of modules, that the table imports."""
    found: set[str] = set()
    for statement in _STATEMENTS.values():
        words = statement.split()
        found.add(words[1] if words[0] == "import" else f"{words[1]}.{words[3]}")
        found.add(words[1])
    return frozenset(found)


def usual_alias(module: str) -> str:
    """The short name that a module is usually imported by (`numpy` → `np`), "" without one."""
    return next(
        (name for name, statement in _STATEMENTS.items() if statement == f"import {module} as {name}"), ""
    )


def _keras_import(name: str, roots: Collection[str]) -> str:
    package = "tensorflow.keras" if "tensorflow" in roots else "keras" if "keras" in roots else ""
    if not package or "torch" in roots:
        return ""
    if name == "keras":
        return "from tensorflow import keras" if package.startswith("tensorflow") else "import keras"
    if name in _FROM_PACKAGE.split():
        return f"from {package} import {name}"
    for module, names in _KERAS.items():
        if name in names.split():
            return f"from {package}.{module} import {name}"
    return ""


def _module_has(name: str, attribute: str) -> bool:
    """Whether a module of the standard library has this attribute (those named in `_WORDS` do nothing when
    imported)."""
    return bool(attribute) and hasattr(importlib.import_module(name), attribute)
