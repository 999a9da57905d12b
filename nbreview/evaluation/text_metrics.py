"""How near one text is to another: exact match, BLEU, edit similarity, ROUGE-L.

Imports nothing of nbreview. Every figure lies between 0 and 1. BLEU and ROUGE-L are our own few lines instead
of a dependency: sacrebleu and rouge-score bring lxml, nltk and NumPy, which a window that reviews notebooks
has no other use for. Tests hold them against both packages on random code.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import LCSseq, Levenshtein

ORDERS = 4
"""BLEU counts runs of up to this many tokens."""

_SYMBOL = re.compile(r"([{-~\[-` -&(-+:-@/])")
_MARK_AFTER_OTHER = re.compile(r"([^0-9])([.,])")
_MARK_BEFORE_OTHER = re.compile(r"([.,])([^0-9])")
_DASH_AFTER_DIGIT = re.compile(r"([0-9])(-)")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def exact_match(prediction: str, reference: str) -> bool:
    """Whether both texts are the same but for blanks at line ends and blank lines around them."""
    return _without_margins(prediction) == _without_margins(reference)


def edit_similarity(prediction: str, reference: str) -> float:
    """1 − d / n, where d is Levenshtein's distance (1966) in characters and n the longer text's length."""
    return Levenshtein.normalized_similarity(prediction, reference)


def rouge_l(prediction: str, reference: str) -> float:
    """ROUGE-L (Lin 2004): F1 of the longest common subsequence of words.

    Words are runs of a–z and 0–9 in lower case, not stemmed, as in the package rouge-score. 0 where a text
    has no words.
    """
    said, wanted = _words(prediction), _words(reference)
    common = LCSseq.similarity(said, wanted)
    return 2 * common / (len(said) + len(wanted)) if common else 0.0


# --- BLEU ---------------------------------------------------------------------------------------------------


def tokens_13a(text: str) -> list[str]:
    """The tokens of mteval-v13a, which sacrebleu calls "13a" and takes by default (Post 2018, arXiv
    1804.08771): signs stand alone, points and commas within numbers do not.
    """
    text = text.rstrip().replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
    for entity, sign in (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        text = text.replace(entity, sign)
    text = _SYMBOL.sub(r" \1 ", f" {text} ")
    text = _MARK_AFTER_OTHER.sub(r"\1 \2 ", text)
    text = _MARK_BEFORE_OTHER.sub(r" \1 \2", text)
    return _DASH_AFTER_DIGIT.sub(r"\1 \2 ", text).split()


def runs(tokens: Sequence[str], order: int) -> Counter[tuple[str, ...]]:
    """How often each run of `order` tokens occurs."""
    return Counter(tuple(tokens[start : start + order]) for start in range(len(tokens) - order + 1))


def bleu_counts(prediction: str, reference: str) -> tuple[int, ...]:
    """What BLEU needs of one pair: lengths of prediction and reference, then for each order the runs that
    match and all runs of the prediction. The counts of a corpus are the sums of those of its pairs.
    """
    said, wanted = tokens_13a(prediction), tokens_13a(reference)
    matches, totals = [], []
    for order in range(1, ORDERS + 1):
        mine = runs(said, order)
        matches.append((mine & runs(wanted, order)).total())
        totals.append(mine.total())
    return (len(said), len(wanted), *matches, *totals)


def bleu_of(counts: Sequence[float], *, effective_order: bool = False) -> float:
    """BLEU (Papineni et al. 2002) from counts, smoothed as in sacrebleu by default: an order without a match
    counts half a match, the next a quarter, and so on (Chen and Cherry 2014, method 3).

    Parameters
    ----------
    counts:
        As `bleu_counts` gives them, summed.
    effective_order:
        Leave out the orders that are longer than the prediction: for single sentences.
    """
    length, wanted = counts[:2]
    matches, totals = counts[2 : 2 + ORDERS], counts[2 + ORDERS :]
    if not any(matches):
        return 0.0
    precisions, halved = [], 1.0
    for match, total in zip(matches, totals, strict=True):
        if not total:
            break
        if not match:
            halved *= 2
        precisions.append(match / total if match else 1 / (halved * total))
    if not effective_order and len(precisions) < ORDERS:
        return 0.0
    penalty = math.exp(1 - wanted / length) if length < wanted else 1.0
    return penalty * math.exp(math.fsum(map(math.log, precisions)) / len(precisions))


def sentence_bleu(prediction: str, reference: str) -> float:
    """BLEU of one pair, orders longer than the prediction left out; sacrebleu's divided by 100."""
    return bleu_of(bleu_counts(prediction, reference), effective_order=True)


def corpus_bleu(pairs: Sequence[tuple[str, str]]) -> float:
    """BLEU of all pairs of prediction and reference together; sacrebleu's divided by 100."""
    counted = [bleu_counts(prediction, reference) for prediction, reference in pairs]
    return bleu_of([sum(column) for column in zip(*counted, strict=True)]) if counted else 0.0


def _words(text: str) -> list[str]:
    return _NOT_WORD.sub(" ", text.lower()).split()


def _without_margins(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n")).strip("\n")
