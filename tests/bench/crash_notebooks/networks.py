"""Notebooks about networks: torch modules, training loops, data sets and loaders with workers."""

from nbreview.review.taxonomy import CrashType
from tests.bench.crash_notebooks.pair import Pair, pair

PAIRS: tuple[Pair, ...] = (
    pair(
        "a small classifier trained on digits",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "torch",
        r"""
import torch
from torch import nn
from sklearn.datasets import load_digits
torch.manual_seed(0)
# %%
X, y = load_digits(return_X_y=True)
X = torch.tensor(X[:400] / 16, dtype=torch.float32)
y = torch.tensor(y[:400])
# %%
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
# %%
optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
loss_fn = nn.CrossEntropyLoss()
# %%
for epoch in range(5):
    optimiser.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimiser.step()
    print(epoch, round(loss.item(), 3))
""",
        r"""
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(16, 10))
""",
        at=3,
    ),
    pair(
        "a data set read by workers",
        CrashType.INDEX_ERROR,
        "",
        r"""
import torch
from torch.utils.data import DataLoader, Dataset
# %%
class Squares(Dataset):
    def __init__(self, n):
        self.values = torch.arange(n, dtype=torch.float32)
        self.n = n
    def __len__(self):
        return self.n
    def __getitem__(self, i):
        return self.values[i], self.values[i] ** 2
# %%
data = Squares(40)
data[3]
# %%
loader = DataLoader(data, batch_size=8, num_workers=2)
# %%
total = 0.0
for x, y in loader:
    total += float((y - x).sum())
total
""",
        r"""
class Squares(Dataset):
    def __init__(self, n):
        self.values = torch.arange(n, dtype=torch.float32)
        self.n = n
    def __len__(self):
        return self.n + 1
    def __getitem__(self, i):
        return self.values[i], self.values[i] ** 2
""",
        at=2,
    ),
    pair(
        "samples of unequal length in a batch",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "torch",
        r"""
import torch
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader
# %%
words = ["to", "be", "or", "not", "question"]
codes = [torch.tensor([ord(c) - 96 for c in w]) for w in words]
# %%
max(len(c) for c in codes)
# %%
def collate(batch):
    return pad_sequence(batch, batch_first=True)
# %%
for batch in DataLoader(codes, batch_size=2, collate_fn=collate):
    print(batch.shape)
""",
        r"""
for batch in DataLoader(codes, batch_size=2):
    print(batch.shape)
""",
    ),
    pair(
        "targets of the wrong kind for the loss",
        CrashType.RUNTIME_ERROR,
        "torch",
        r"""
import torch
import torch.nn.functional as F
# %%
torch.manual_seed(3)
logits = torch.randn(12, 4, requires_grad=True)
# %%
labels = torch.randint(0, 4, (12,))
# %%
weights = torch.ones(4)
# %%
loss = F.cross_entropy(logits, labels, weight=weights)
loss.backward()
print(logits.grad.abs().sum())
""",
        r"""
labels = torch.randint(0, 4, (12,)).float()
""",
        at=3,
    ),
    pair(
        "a layer fed with whole numbers",
        CrashType.RUNTIME_ERROR,
        "torch",
        r"""
import torch
from torch import nn
from sklearn.datasets import load_iris
# %%
data = load_iris()
inputs = torch.from_numpy(data.data).float()
# %%
layer = nn.Linear(4, 3)
# %%
def n_parameters(module):
    return sum(p.numel() for p in module.parameters())

n_parameters(layer)
# %%
with torch.no_grad():
    scores = layer(inputs).softmax(dim=1)
scores[:2]
""",
        r"""
data = load_iris()
inputs = torch.from_numpy(data.data)
""",
        at=2,
    ),
    pair(
        "a convolution before the flattening",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "torch",
        r"""
import torch
from torch import nn
# %%
class Net(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.pool = nn.MaxPool2d(2)
        self.head = nn.Linear(hidden, 10)

    def forward(self, x):
        x = self.pool(self.conv(x).relu())
        return self.head(x.flatten(1))
# %%
net = Net(4 * 3 * 3)
# %%
batch = torch.rand(5, 1, 8, 8)
# %%
out = net(batch)
out.argmax(1).shape
""",
        r"""
net = Net(4 * 4 * 4)
""",
        at=3,
    ),
    pair(
        "images without the channel",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "torch",
        r"""
import torch
from torch import nn
from sklearn.datasets import load_digits
# %%
images = torch.tensor(load_digits().images[:16], dtype=torch.float32)
# %%
net = nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
# %%
net
# %%
features = net(images.unsqueeze(1))
features.mean(0)
""",
        r"""
features = net(images)
features.mean(0)
""",
    ),
    pair(
        "a module that forgot its base",
        CrashType.ATTRIBUTE_ERROR,
        "torch",
        r"""
import torch
from torch import nn
# %%
class Gate(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * self.weight.sigmoid()
# %%
x = torch.linspace(-1, 1, 6)
# %%
x.norm()
# %%
gate = Gate(6)
gate(x).sum().backward()
gate.weight.grad
""",
        r"""
class Gate(nn.Module):
    def __init__(self, width):
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * self.weight.sigmoid()
""",
        at=2,
    ),
    pair(
        "backward a second time",
        CrashType.RUNTIME_ERROR,
        "torch",
        r"""
import torch
# %%
w = torch.tensor([1.0, -1.0], requires_grad=True)
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
# %%
loss = ((x @ w).exp()).sum()
# %%
loss.backward()
first = w.grad.clone()
# %%
w.grad.zero_()
loss = ((x @ w).exp()).sum()
loss.backward()
torch.equal(first, w.grad)
""",
        r"""
w.grad.zero_()
loss.backward()
torch.equal(first, w.grad)
""",
    ),
    pair(
        "predictions as an array",
        CrashType.RUNTIME_ERROR,
        "torch",
        r"""
import torch
import numpy as np
# %%
torch.manual_seed(1)
model = torch.nn.Linear(3, 1)
# %%
x = torch.rand(20, 3)
# %%
errors = []
# %%
predicted = model(x).detach().numpy()
errors.append(np.square(predicted).mean())
errors
""",
        r"""
predicted = model(x).numpy()
errors.append(np.square(predicted).mean())
errors
""",
    ),
    pair(
        "a bias that does not broadcast",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "",
        r"""
import torch
# %%
scores = torch.arange(12.0).reshape(4, 3)
# %%
bias = torch.tensor([0.1, 0.2, 0.3])
# %%
scale = 1 / scores.std()
# %%
adjusted = scale * scores + bias
adjusted.topk(2, dim=1).indices
""",
        r"""
bias = torch.tensor([0.1, 0.2, 0.3, 0.4])
""",
        at=3,
    ),
    pair(
        "attention over everything at once",
        CrashType.OUT_OF_MEMORY,
        "torch",
        r"""
import torch
# %%
length, width = 64, 8
torch.manual_seed(0)
# %%
q = torch.rand(length, width)
k = torch.rand(length, width)
# %%
scale = width ** -0.5
# %%
mask = torch.ones(length, length).tril()
weights = (q @ k.T * scale).masked_fill(mask == 0, float("-inf")).softmax(-1)
weights.shape
""",
        r"""
mask = torch.ones(length * 1_000_000, length * 1_000_000).tril()
weights = (q @ k.T * scale).masked_fill(mask == 0, float("-inf")).softmax(-1)
weights.shape
""",
    ),
    pair(
        "weights saved and loaded again",
        CrashType.TENSOR_SHAPE_MISMATCH,
        "torch",
        r"""
import torch
from torch import nn
# %%
def build(hidden=8):
    return nn.Sequential(nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, 1))
# %%
model = build()
torch.save(model.state_dict(), "model.pt")
# %%
!ls -1 *.pt
# %%
again = build()
again.load_state_dict(torch.load("model.pt"))
again.eval()(torch.zeros(1, 2)).item() == model(torch.zeros(1, 2)).item()
""",
        r"""
again = build(hidden=16)
again.load_state_dict(torch.load("model.pt"))
again.eval()(torch.zeros(1, 2)).item() == model(torch.zeros(1, 2)).item()
""",
    ),
    pair(
        "an optimiser with nothing to optimise",
        CrashType.VALUE_ERROR,
        "torch",
        r"""
import torch
from torch import nn
# %%
class Bag(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x).relu()
        return x
# %%
bag = Bag([4, 8, 2])
# %%
bag(torch.ones(1, 4)).shape
# %%
optimiser = torch.optim.SGD(bag.parameters(), lr=0.1, momentum=0.9)
scheduler = torch.optim.lr_scheduler.StepLR(optimiser, 5)
len(optimiser.param_groups[0]["params"])
""",
        r"""
class Bag(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x).relu()
        return x
""",
        at=2,
    ),
)
