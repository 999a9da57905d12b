"""Quick fixes as they are shown: right at the first place, or none."""

from random import Random
from typing import Any

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.checks.fix_tree import concrete_cell
from nbreview.checks.fixes import Mender, fixes_for, insert_import
from nbreview.checks.names import missing_name
from nbreview.checks.runner import run_checks
from nbreview.notebook.reader import read_bytes
from tests.builders import code, error, notebook


def fixed(*cells: str | dict[str, Any]) -> list[str]:
    """The first fix of each finding in the last cell that has findings, "" for none."""
    made = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    book = read_bytes(notebook(*made), "x.ipynb")
    return [
        ((fixes_for(book, found) or [None])[0] and fixes_for(book, found)[0].source) or ""
        for found in run_checks(book)
    ]


IMPORTS = [
    ("df = pd.read_csv('a.csv')", "import pandas as pd"),
    ("a = np.zeros(3)", "import numpy as np"),
    ("plt.plot([1])", "import matplotlib.pyplot as plt"),
    ("sns.heatmap([[1]])", "import seaborn as sns"),
    ("tf.constant(1)", "import tensorflow as tf"),
    ("torch.manual_seed(0)", "import torch"),
    ("os.listdir('.')", "import os"),
    ("sys.path.append('..')", "import sys"),
    ("json.loads('{}')", "import json"),
    ("re.sub('a', 'b', 'c')", "import re"),
    ("time.sleep(1)", "import time"),
    ("random.seed(1)", "import random"),
    ("p = Path('data')", "from pathlib import Path"),
    ("datetime.now()", "from datetime import datetime"),
    ("datetime(2020, 1, 1)", "from datetime import datetime"),
    ("datetime.timedelta(days=1)", "import datetime"),
    ("glob('*.csv')", "from glob import glob"),
    ("glob.glob('*.csv')", "import glob"),
    ("tqdm([1])", "from tqdm.auto import tqdm"),
    ("c = Counter('abc')", "from collections import Counter"),
    ("d = defaultdict(list)", "from collections import defaultdict"),
    ("Image.open('a.png')", "from PIL import Image"),
    ("Image('a.png')", "from IPython.display import Image"),
    ("s = StandardScaler()", "from sklearn.preprocessing import StandardScaler"),
    ("m = LogisticRegression()", "from sklearn.linear_model import LogisticRegression"),
    ("m = RandomForestClassifier(10)", "from sklearn.ensemble import RandomForestClassifier"),
    ("a, b = train_test_split([1, 2])", "from sklearn.model_selection import train_test_split"),
    ("accuracy_score([1], [1])", "from sklearn.metrics import accuracy_score"),
    ("classification_report([1], [1])", "from sklearn.metrics import classification_report"),
    ("PCA(2)", "from sklearn.decomposition import PCA"),
    ("KMeans(2)", "from sklearn.cluster import KMeans"),
    ("xgb.XGBClassifier()", "import xgboost as xgb"),
    ("SMOTE()", "from imblearn.over_sampling import SMOTE"),
    ("px.scatter([1])", "import plotly.express as px"),
    ("deepcopy([1])", "from copy import deepcopy"),
    ("warnings.filterwarnings('ignore')", "import warnings"),
    ("AutoTokenizer.from_pretrained('x')", "from transformers import AutoTokenizer"),
    ("class M(nn.Module): pass", ""),
    ("random.randn(3)", ""),
    ("print(time)", ""),
    ("string + 'a'", ""),
    ("stats.norm", ""),
    ("pipeline.fit(1)", ""),
    ("model.fit(1)", ""),
    ("data", ""),
    ("X", ""),
]


@pytest.mark.parametrize(("source", "statement"), IMPORTS, ids=[source for source, _ in IMPORTS])
def test_a_well_known_name_is_imported_as_everybody_does(source: str, statement: str) -> None:
    assert fixed(source) == [f"{statement}\n{source}" if statement else ""]


@pytest.mark.parametrize(
    ("imported", "source", "statement"),
    [
        ("import torch", "class M(nn.Module): pass", "from torch import nn"),
        ("import torch", "F.relu(1)", "import torch.nn.functional as F"),
        ("import torch", "optim.Adam([])", "import torch.optim as optim"),
        ("import torch", "DataLoader([])", "from torch.utils.data import DataLoader"),
        ("import torchvision", "transforms.ToTensor()", "import torchvision.transforms as transforms"),
        ("import tensorflow as tf", "Dense(3)", "from tensorflow.keras.layers import Dense"),
        ("import keras", "Dense(3)", "from keras.layers import Dense"),
        ("import tensorflow as tf", "layers.Dense(3)", "from tensorflow.keras import layers"),
        ("import tensorflow as tf", "keras.Sequential()", "from tensorflow import keras"),
        (
            "import tensorflow as tf",
            "to_categorical([1])",
            "from tensorflow.keras.utils import to_categorical",
        ),
        ("import pyspark", "F.col('a')", ""),
        ("import scipy", "stats.norm", "import scipy.stats as stats"),
    ],
)
def test_what_an_ambiguous_name_means_is_settled_by_the_libraries_at_hand(
    imported: str, source: str, statement: str
) -> None:
    assert fixed(imported, source) == [f"{statement}\n{source}" if statement else ""]


def test_the_notebooks_own_way_of_importing_comes_first() -> None:
    assert fixed("tqdm([1])", "from tqdm.notebook import tqdm") == [
        "from tqdm.notebook import tqdm\ntqdm([1])"
    ]
    assert fixed("np.zeros(1)", "import autograd.numpy as np, os") == [
        "import autograd.numpy as np\nnp.zeros(1)"
    ]


def test_a_name_imported_further_down_in_the_same_cell_is_left_to_the_person() -> None:
    assert fixed("np.zeros(1)\nimport numpy as np") == [""]


def test_a_name_missing_inside_a_called_function_is_imported_where_it_is_called() -> None:
    assert fixed("def f():\n    return np.zeros(1)", "f()") == ["import numpy as np\nf()"]


def test_each_missing_name_of_a_cell_gets_its_own_fix() -> None:
    assert fixed("x = np.zeros(1)\nos.listdir()") == [
        "import numpy as np\nx = np.zeros(1)\nos.listdir()",
        "import os\nx = np.zeros(1)\nos.listdir()",
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1", "import a\nx = 1"),
        ("%matplotlib inline\n!ls\nx", "%matplotlib inline\n!ls\nimport a\nx"),
        ("!pip install b \\\n  c\nx", "!pip install b \\\n  c\nimport a\nx"),
        ("%%time\nx", "%%time\nimport a\nx"),
        ("# Title\n# more\nx", "# Title\n# more\nimport a\nx"),
        ("from __future__ import annotations\nx", "from __future__ import annotations\nimport a\nx"),
        ("'''Doc.\n\nMore.'''\nx", "'''Doc.\n\nMore.'''\nimport a\nx"),
        (
            "'''Doc.'''\nfrom __future__ import annotations\nx",
            "'''Doc.'''\nfrom __future__ import annotations\nimport a\nx",
        ),
        ("\n\nx", "\n\nimport a\nx"),
        ("  x = 1\n  y = 2", "  import a\n  x = 1\n  y = 2"),
        (">>> x = 1", ">>> import a\n>>> x = 1"),
        ("x = 1\n", "import a\nx = 1\n"),
        ("# note\n\ndef f(): pass", "# note\n\nimport a\ndef f(): pass"),
    ],
)
def test_an_import_goes_below_what_must_stay_on_top(source: str, expected: str) -> None:
    assert insert_import(source, "import a") == expected


RENAMES = [
    ("train_data", "trian_data.shape", "train_data.shape"),
    ("train_data", "print(train_dat)", "print(train_data)"),
    ("train_data", "print(train_dataa)", "print(train_data)"),
    ("X_train", "print(x_train)", "print(X_train)"),
    ("X_train", "print(X_tain)", "print(X_train)"),
    ("xtrain", "print(x_train)", "print(xtrain)"),
    ("df", "Df.head()", "df.head()"),
    ("accuracy", "print(acuracy)", "print(accuracy)"),
    ("accuracy", "print(accurecy)", "print(accuracy)"),
    ("learning_rate", "print(learning_rte)", "print(learning_rate)"),
    ("history", "histroy.history['loss']", "history.history['loss']"),
    # different variables, not slips
    ("y_train", "print(X_train)", ""),
    ("X_test", "print(X_text)", ""),
    ("df1", "df2.head()", ""),
    ("model_1", "model_2.fit()", ""),
    ("scores", "print(score)", ""),
    ("loss", "print(lost)", ""),
    ("x", "print(X)", ""),
    ("i", "print(j)", ""),
    ("weight", "print(height)", ""),
    ("train", "print(test)", ""),
    ("_data", "print(data)", ""),
]


@pytest.mark.parametrize(("bound", "source", "expected"), RENAMES)
def test_a_slip_of_the_pen_is_mended_and_another_variable_is_not(
    bound: str, source: str, expected: str
) -> None:
    assert fixed(f"{bound} = 1", source) == [expected]


def test_a_name_that_is_bound_above_in_the_same_cell_may_be_the_one_that_was_meant() -> None:
    assert fixed("train_data = 1\nprint(trian_data)") == ["train_data = 1\nprint(train_data)"]
    assert fixed("for batch in [1]:\n    pass\nprint(bacth.shape)") == [
        "for batch in [1]:\n    pass\nprint(batch.shape)"
    ]


def test_a_name_that_is_bound_below_in_the_same_cell_is_not_the_one_that_was_meant() -> None:
    assert fixed("print(trian_data)\ntrain_data = 1") == [""]


def test_a_misspelled_builtin_is_mended_where_it_is_called() -> None:
    assert fixed("pritn(1)") == ["print(1)"]
    assert fixed("y = enumerat") == [""]


def test_strings_attributes_and_keywords_are_left_as_they_are() -> None:
    source = (
        "f = dict(trian_data=1)\n'trian_data'\nf.trian_data\nprint(trian_data, trian_data.x)  # trian_data"
    )
    (result,) = fixed("train_data = 1", source)
    assert result == (
        "f = dict(trian_data=1)\n'trian_data'\nf.trian_data\nprint(train_data, train_data.x)  # trian_data"
    )


def test_two_names_equally_near_are_no_fix() -> None:
    assert fixed("train_data = 1\ntrain_datb = 2", "print(train_dat)") == [""]


def test_a_name_that_is_bound_later_is_spelled_right() -> None:
    assert fixed("train_data = 1", "print(trian_data)", "trian_data = 2") == [""]


def test_a_function_is_not_proposed_for_what_has_attributes() -> None:
    assert fixed("def train_data(): pass", "trian_data.shape") == [""]


def test_a_rename_that_meets_a_binding_of_the_name_is_not_offered() -> None:
    assert fixed("train_data = 1", "print(trian_data)\ntrian_data = 2") == [""]


def test_after_a_star_import_there_is_nothing_to_fix() -> None:
    assert fixed("from a import *", "np.zeros(1)") == []


def test_a_saved_name_error_in_a_loop_is_fixed_too() -> None:
    saved = error("NameError", "name 'np' is not defined")
    assert fixed("import sys", code("for a in sys.argv:\n    np.zeros(1)", outputs=[saved])) == [
        "import numpy as np\nfor a in sys.argv:\n    np.zeros(1)"
    ]


def test_a_saved_error_of_another_kind_has_no_fix_here() -> None:
    assert fixed(code("1 / 0", outputs=[error("ZeroDivisionError", "division by zero")])) == [""]


def test_a_fix_leaves_no_new_finding() -> None:
    book = read_bytes(notebook(code("import os"), code("df = pd.DataFrame(np.zeros(3))")), "x.ipynb")
    before = len(run_checks(book))
    for found in run_checks(book):
        (fix,) = fixes_for(book, found)
        after = read_bytes(notebook(code("import os"), code(fix.source)), "x.ipynb")
        assert len(run_checks(after)) == before - 1
        assert fix.check == "names" and fix.reason.endswith(".")


def test_a_finding_about_an_older_source_is_refused() -> None:
    (found,) = run_checks(read_bytes(notebook(code("np.zeros(1)")), "x.ipynb"))
    with pytest.raises(ValueError, match="older source"):
        fixes_for(read_bytes(notebook(code("np.ones(1)")), "x.ipynb"), found)


# A fix is followed through its own cell, and through those below only where they could notice.


def test_a_fix_that_lets_a_cell_below_delete_what_is_needed_is_not_offered() -> None:
    # As it is, the third cell is taken to crash before its `del`.
    assert fixed("keep = 1", "np.zeros(1)", "np.ones(1)\ndel keep", "keep") == ["", ""]


PIECES = [
    "import numpy as np",
    "np.zeros(1)",
    "train_data = 1",
    "print(trian_data)",
    "del train_data",
    "def f():\n    return np.ones(train_data)",
    "f()",
    "train_data\ndel np",
    "class A:\n    b = np.pi",
    "with A():\n    os.getcwd()\n    del train_data",
    "try:\n    np\nexcept NameError as np:\n    pass",
    "if True:\n    f = np",
]


def test_what_is_offered_is_what_checking_the_whole_changed_notebook_would_offer() -> None:
    random = Random(7)
    offered = 0
    for _ in range(300):
        cells = ["\n".join(random.choices(PIECES, k=random.randint(1, 2))) for _ in range(6)]
        book = read_bytes(notebook(*map(code, cells)), "x.ipynb")
        findings = run_checks(book)
        before = {(found.cell_index, missing_name(found)) for found in findings}
        mender = Mender(book)
        for found in findings:
            for fix in mender.fixes_for(found):
                changed = [*cells]
                changed[found.cell_index] = fix.source
                left = run_checks(read_bytes(notebook(*map(code, changed)), "x.ipynb"))
                after = {(other.cell_index, missing_name(other)) for other in left}
                assert after < before, cells
                offered += 1
    assert offered > 100


def test_findings_may_be_asked_about_in_any_order() -> None:
    cells = ("np.zeros(1)", "x = 1", "os.getcwd()", "sys.path")
    book = read_bytes(notebook(*map(code, cells)), "x.ipynb")
    mender = Mender(book)
    findings = run_checks(book)
    onwards = [mender.fixes_for(found) for found in findings]
    assert [mender.fixes_for(found) for found in reversed(findings)] == onwards[::-1]
    assert all(onwards)


def test_looking_for_fixes_stops_when_asked_to() -> None:
    book = read_bytes(notebook(code("import os"), code("np.zeros(1)")), "x.ipynb")
    (found,) = run_checks(book)
    cancel = CancelToken()
    mender = Mender(book, cancel)
    cancel.cancel()
    with pytest.raises(Cancelled):
        mender.fixes_for(found)
    with pytest.raises(Cancelled):
        fixes_for(book, found, cancel)


def test_the_cells_above_are_read_only_where_a_rule_can_have_its_answer() -> None:
    """Reading every cell for each finding once took minutes in a notebook of thousands of cells."""
    many = [f"part_{number} = compute({number})" for number in range(40)]
    book = read_bytes(notebook(*map(code, many)), "many.ipynb")
    findings = run_checks(book)
    assert len(findings) == 40
    concrete_cell.cache_clear()
    mender = Mender(book)
    assert [mender.fixes_for(finding) for finding in findings] == [()] * 40
    assert concrete_cell.cache_info().misses == 0


def test_reading_cells_for_fixes_has_a_bound_and_the_first_findings_have_theirs() -> None:
    cells = [code(f"values_{number} = {number}\nprint(valeus_{number})") for number in range(260)]
    book = read_bytes(notebook(*cells), "many.ipynb")
    findings = run_checks(book)
    mender = Mender(book)
    found = [bool(mender.fixes_for(finding)) for finding in findings]
    assert len(findings) == 260 and all(found[:250]) and not any(found[250:])
