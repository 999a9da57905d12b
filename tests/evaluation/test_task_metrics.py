"""Kinds and arguments of programs, read without running them."""

import pytest

from nbreview.evaluation.metrics import pass_at_k
from nbreview.evaluation.sandbox import Kind
from nbreview.evaluation.task_metrics import kind_of, matched_arguments


@pytest.mark.parametrize(
    ("mark", "code", "kind"),
    [
        ("bash", "print(1)", Kind.BASH),
        ("py", "ls", Kind.PYTHON),
        ("", "python train.py --lr 1", Kind.BASH),
        ("", "import os\nos.getcwd()", Kind.PYTHON),
        ("", "ls", Kind.BASH),
        ("", "make -j", Kind.BASH),
        ("", "#!/usr/bin/env python\nx", Kind.PYTHON),
        ("text", "print(1)", Kind.PYTHON),
        ("", " ", None),
    ],
)
def test_the_kind_is_what_is_said_else_what_it_looks_like(mark: str, code: str, kind: Kind | None) -> None:
    assert kind_of(mark, code) is kind


@pytest.mark.parametrize(
    ("code", "kind", "count"),
    [
        ("python t.py --lr 0.1 --model bert", Kind.BASH, 2),
        ("python t.py --lr=1e-1 \\\n --model 'bert'", Kind.BASH, 2),
        ("LR=0.10 python bert.py", Kind.BASH, 1),
        ("python t.py --lr 0.2 --model bert # 0.1", Kind.BASH, 1),
        ("train(lr=0.1, model='bert')", Kind.PYTHON, 2),
        ("config = {'lr': 0.1, 'model': 'bert'}", Kind.PYTHON, 2),
        ("lr = 0.1\nself.model = 'bert'", Kind.PYTHON, 2),
        ("subprocess.run(['python', 't.py', '--lr', '0.1', '--model', 'bert'])", Kind.PYTHON, 2),
        ("os.system('python t.py --lr 0.1 --model bert')", Kind.PYTHON, 2),
        ("load('checkpoints/bert')", Kind.PYTHON, 1),
        ("print('albert', 10.1)", Kind.PYTHON, 0),
        ("this does not (parse --lr 0.1", None, 1),
    ],
)
def test_an_argument_is_its_name_with_its_value_or_its_value_alone(
    code: str, kind: Kind | None, count: int
) -> None:
    assert matched_arguments(code, kind, [("--lr", "0.1"), ("model", "bert")]) == count


def test_a_flag_without_a_value_is_true() -> None:
    assert matched_arguments("run --fp16 --name x", Kind.BASH, [("fp16", "True")]) == 1
    assert matched_arguments("run(fp16=False)", Kind.PYTHON, [("fp16", "True")]) == 0


@pytest.mark.parametrize(
    ("samples", "passed", "k", "value"),
    [(5, 1, 1, 0.2), (5, 1, 2, 0.4), (5, 1, 5, 1.0), (5, 0, 5, 0.0), (3, 2, 2, 1.0), (1, 1, 2, None)],
)
def test_pass_at_k_is_the_share_of_choices_that_hold_a_pass(
    samples: int, passed: int, k: int, value: float | None
) -> None:
    assert pass_at_k(samples, passed, k) == (None if value is None else pytest.approx(value))
