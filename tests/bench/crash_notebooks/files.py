"""Notebooks about files, shell commands, magics, addresses and modules."""

from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.pair import Pair, pair

PAIRS: tuple[Pair, ...] = (
    pair(
        "a table written and read again",
        CrashType.FILE_NOT_FOUND,
        "pandas",
        r"""
from pathlib import Path
import pandas as pd
# %%
out = Path("results")
out.mkdir(exist_ok=True)
# %%
scores = pd.DataFrame({"fold": [1, 2, 3], "f1": [0.8, 0.75, 0.82]})
scores.to_csv(out / "scores.csv", index=False)
# %%
!ls results
# %%
again = pd.read_csv(out / "scores.csv")
again["f1"].mean()
""",
        r"""
again = pd.read_csv(out / "score.csv")
again["f1"].mean()
""",
    ),
    pair(
        "a log that goes on growing",
        CrashType.FILE_NOT_FOUND,
        "",
        r"""
import os, json
# %%
os.makedirs("runs/a", exist_ok=True)
# %%
def note(run, **facts):
    with open(f"runs/{run}/log.jsonl", "a") as file:
        file.write(json.dumps(facts) + "\n")

note("a", step=1, loss=0.5)
# %%
sorted(os.listdir("runs"))
# %%
note("a", step=2, loss=0.4)
print(open("runs/a/log.jsonl").read())
""",
        r"""
note("b", step=2, loss=0.4)
print(open("runs/b/log.jsonl").read())
""",
    ),
    pair(
        "a model kept in the temporary folder",
        CrashType.FILE_NOT_FOUND,
        "",
        r"""
import pickle, tempfile, os
from sklearn.datasets import load_iris
from sklearn.tree import DecisionTreeClassifier
# %%
folder = tempfile.mkdtemp(prefix="tree-")
path = os.path.join(folder, "tree.pkl")
# %%
X, y = load_iris(return_X_y=True)
tree = DecisionTreeClassifier(max_depth=3).fit(X, y)
with open(path, "wb") as file:
    pickle.dump(tree, file)
# %%
os.path.getsize(path) > 100
# %%
with open(path, "rb") as file:
    loaded = pickle.load(file)
os.remove(path)
loaded.score(X, y)
""",
        r"""
os.path.getsize(path) > 100
os.remove(path)
""",
        at=4,
    ),
    pair(
        "a file that stays open",
        CrashType.VALUE_ERROR,
        "",
        r"""
with open("notes.txt", "w") as file:
    file.writelines(f"line {n}\n" for n in range(30))
# %%
source = open("notes.txt")
header = [next(source) for _ in range(3)]
# %%
header[-1]
# %%
position = len("".join(header))
# %%
rest = source.readlines()
print(len(rest), rest[0])
""",
        r"""
position = len("".join(header))
source.close()
""",
        at=4,
    ),
    pair(
        "settings from a file of JSON",
        CrashType.VALUE_ERROR,
        "json",
        r"""
%%writefile settings.json
{"rate": 0.1, "epochs": 3,
 "layers": [8, 4]}
# %%
import json
# %%
def read(path):
    with open(path) as file:
        return json.load(file)
# %%
!wc -c settings.json
# %%
settings = read("settings.json")
for epoch in range(settings["epochs"]):
    settings["rate"] *= 0.9
settings
""",
        r"""
%%writefile settings.json
{'rate': 0.1, 'epochs': 3,
 'layers': [8, 4]}
""",
        at=1,
    ),
    pair(
        "a shell script in a cell",
        CrashType.OTHER,
        "",
        r"""
names = ["a", "b", "c"]
# %%
for name in names:
    with open(f"{name}.csv", "w") as file:
        file.write("x,y\n1,2\n")
# %%
%pwd
# %%
files = !ls *.csv
files
# %%
%%bash
set -e
cat a.csv b.csv > all.csv
grep -c 1,2 all.csv
""",
        r"""
%%bash
set -e
cat a.csv d.csv > all.csv
grep -c 1,2 all.csv
""",
    ),
    pair(
        "a command whose end is checked",
        CrashType.OTHER,
        "subprocess",
        r"""
import subprocess, sys
# %%
script = "import sys; print(sum(map(int, sys.argv[1:])))"
# %%
arguments = ["3", "4", "5"]
# %%
print(" ".join(arguments))
# %%
done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
int(done.stdout)
""",
        r"""
arguments = ["3", "4", "five"]
""",
        at=3,
    ),
    pair(
        "data from an address of a file",
        CrashType.REQUEST_ERROR,
        "urllib",
        r"""
from pathlib import Path
from urllib.request import urlopen
# %%
Path("page.html").write_text("<h1>Results</h1><p>42</p>")
# %%
address = Path("page.html").resolve().as_uri()
address[:8]
# %%
import re
# %%
text = urlopen(address).read().decode()
re.findall(r"<p>(\d+)</p>", text)
""",
        r"""
address = Path("pages.html").resolve().as_uri()
address[:8]
""",
        at=3,
    ),
    pair(
        "an address with an unknown scheme",
        CrashType.REQUEST_ERROR,
        "urllib",
        r"""
import urllib.request
from pathlib import Path
# %%
Path("rates.csv").write_text("day,rate\n1,0.9\n2,0.8\n")
# %%
base = "file://" + str(Path.cwd())
# %%
def fetch(name):
    with urllib.request.urlopen(f"{base}/{name}") as answer:
        return answer.read().decode().splitlines()
# %%
rows = fetch("rates.csv")
[float(r.split(",")[1]) for r in rows[1:]]
""",
        r"""
base = "files://" + str(Path.cwd())
""",
        at=3,
    ),
    pair(
        "a page served to oneself",
        CrashType.REQUEST_ERROR,
        "urllib",
        r"""
import http.server, threading, urllib.request
from functools import partial
# %%
with open("hello.txt", "w") as file:
    file.write("hello from here")
# %%
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass
# %%
def get(server, name):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(f"http://127.0.0.1:{server.server_address[1]}/{name}").read()
# %%
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
try:
    print(get(server, "hello.txt"))
finally:
    server.shutdown()
    server.server_close()
""",
        r"""
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
try:
    print(get(server, "hallo.txt"))
finally:
    server.shutdown()
    server.server_close()
""",
    ),
    pair(
        "helpers in a module beside the notebook",
        CrashType.MODULE_NOT_FOUND,
        "",
        r"""
%%writefile helpers.py
def double(values):
    return [2 * v for v in values]
# %%
import sys, os
sys.path.insert(0, os.getcwd())
# %%
values = list(range(5))
# %%
%timeit -n 1 -r 1 sorted(values)
# %%
from helpers import double
double(values)
""",
        r"""
from helper import double
double(values)
""",
    ),
    pair(
        "a name that the module does not have",
        CrashType.MODULE_NOT_FOUND,
        "",
        r"""
import numpy as np
# %%
y = np.array([0, 1, 1, 0, 1])
scores = np.array([0.2, 0.8, 0.6, 0.4, 0.3])
# %%
threshold = 0.5
# %%
predicted = (scores > threshold).astype(int)
# %%
from sklearn.metrics import roc_auc_score, f1_score
roc_auc_score(y, scores), f1_score(y, predicted)
""",
        r"""
from sklearn.metrics import roc_auc, f1_score
roc_auc(y, scores), f1_score(y, predicted)
""",
    ),
    pair(
        "a module of another release",
        CrashType.MODULE_NOT_FOUND,
        "",
        r"""
from sklearn.datasets import load_digits
# %%
X, y = load_digits(return_X_y=True)
# %%
X.shape
# %%
keep = y < 3
# %%
from sklearn.model_selection import cross_val_score
from sklearn.dummy import DummyClassifier
cross_val_score(DummyClassifier(), X[keep], y[keep], cv=3)
""",
        r"""
from sklearn.cross_validation import cross_val_score
from sklearn.dummy import DummyClassifier
cross_val_score(DummyClassifier(), X[keep], y[keep], cv=3)
""",
    ),
)
