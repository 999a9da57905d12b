"""Which line matcher reads best: a table over real edited cells, `python -m tests.bench.lines_case DIR`.

DIR holds `truth.jsonl` and `blobs/` as `nbreview evaluate alignment` takes them. Two sets of texts come from
it: the sources of truly matched, edited cells, and all sources of a notebook joined into one text. Each
engine only says which lines are equal; all get the product's sliders, pairing of replaced lines and words, so
that the columns compare the engines and nothing else:

- lines: removed and added lines; hunks: runs of changed lines; ink: marked characters, which is what a person
  has to read (all of a removed or added line, the marked words of a replaced one)
- pairs: replaced lines that stand side by side with a similarity of at least 0.6
- as git: share of the texts for which exactly the lines are equal that `git diff` keeps, by algorithm
- seconds: of the engine alone, on all texts
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz.distance import Indel, LCSseq

from nbreview.diff.lines import edits_around, split_lines
from nbreview.diff.model import EditKind
from nbreview.diff.sequence import match

Lines = tuple[str, ...]
Pairs = list[tuple[int, int]]
GIT = ("myers", "minimal", "patience", "histogram")


def trimmed(engine: Callable[[Lines, Lines], Pairs]) -> Callable[[Lines, Lines], Pairs]:
    """The engine on what the common beginning and end leave."""

    def run(base: Lines, head: Lines) -> Pairs:
        start, least = 0, min(len(base), len(head))
        while start < least and base[start] == head[start]:
            start += 1
        end = 0
        while end < least - start and base[-1 - end] == head[-1 - end]:
            end += 1
        inner = engine(base[start : len(base) - end], head[start : len(head) - end])
        return [
            *((k, k) for k in range(start)),
            *((row + start, column + start) for row, column in inner),
            *((len(base) - k, len(head) - k) for k in range(end, 0, -1)),
        ]

    return run


def myers(base: Lines, head: Lines) -> Pairs:
    """The greedy algorithm of Myers (1986), with its trace."""
    reach = {1: 0}
    trace = []
    for distance in range(len(base) + len(head) + 1):
        trace.append(dict(reach))
        for k in range(-distance, distance + 1, 2):
            down = k == -distance or (k != distance and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            while x < len(base) and x - k < len(head) and base[x] == head[x - k]:
                x += 1
            reach[k] = x
            if x >= len(base) and x - k >= len(head):
                return walked(trace, len(base), len(head))
    return []


def walked(trace: list[dict[int, int]], x: int, y: int) -> Pairs:
    """The diagonals of the path that ends at (x, y)."""
    found = []
    for distance in range(len(trace) - 1, -1, -1):
        reach, k = trace[distance], x - y
        down = k == -distance or (k != distance and reach[k - 1] < reach[k + 1])
        before = reach[k + 1] if down else reach[k - 1]
        start = before if down else before + 1
        if distance == 0:
            start = 0
        while x > start:
            x, y = x - 1, y - 1
            found.append((x, y))
        x, y = before, before - (k + 1 if down else k - 1)
    found.reverse()
    return found


def lcs(base: Lines, head: Lines) -> Pairs:
    """A longest common subsequence by bit-parallel rows."""
    return [
        (block.src_start + k, block.dest_start + k)
        for block in LCSseq.opcodes(base, head)
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]


def histogram(base: Lines, head: Lines) -> Pairs:
    """The block around the rarest common line, then both sides of it, as JGit does."""
    found: Pairs = []
    work = [(0, len(base), 0, len(head))]
    while work:
        low, high, left, right = work.pop()
        places: dict[str, list[int]] = {}
        for row in range(low, high):
            places.setdefault(base[row], []).append(row)
        best: tuple[int, int, int, int] = (65, 0, 0, 0)  # occurrences, -length, row, column
        column = left
        while column < right:
            after = column + 1
            for row in places.get(head[column], ())[:64]:
                start, top = row, column
                while start > low and top > left and base[start - 1] == head[top - 1]:
                    start, top = start - 1, top - 1
                end, bottom = row + 1, column + 1
                while end < high and bottom < right and base[end] == head[bottom]:
                    end, bottom = end + 1, bottom + 1
                rarest = min(len(places[base[k]]) for k in range(start, end))
                best = min(best, (rarest, start - end, start, top))
                after = max(after, bottom)
            column = after
        rarest, length, start, top = best
        if rarest > 64:
            continue
        found.extend((start + k, top + k) for k in range(-length))
        work += [(low, start, left, top), (start - length, high, top - length, right)]
    return sorted(found)


def difflib_blocks(base: Lines, head: Lines) -> Pairs:
    """The longest block, then both sides of it."""
    blocks = SequenceMatcher(None, base, head, autojunk=False).get_matching_blocks()
    return [(a + k, b + k) for a, b, size in blocks for k in range(size)]


def patience(base: Lines, head: Lines) -> Pairs:
    """What the product does: unique anchors, and a longest common subsequence where there are none."""
    return list(match(base, head).pairs)


ENGINES = {
    "patience + bit-parallel LCS": patience,
    "bit-parallel LCS": trimmed(lcs),
    "Myers": trimmed(myers),
    "histogram": trimmed(histogram),
    "difflib": trimmed(difflib_blocks),
}


def git_pairs(base: Lines, head: Lines, algorithm: str, folder: Path) -> Pairs:
    """The lines that `git diff` keeps."""
    (folder / "base").write_text("".join(f"{line}\n" for line in base), encoding="utf-8")
    (folder / "head").write_text("".join(f"{line}\n" for line in head), encoding="utf-8")
    text = subprocess.run(
        ["git", "diff", "--no-index", "--no-color", "-U0", f"--diff-algorithm={algorithm}", "base", "head"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    ).stdout
    pairs, row, column = [], 0, 0
    for line in text.split("\n"):
        if not line.startswith("@@ -"):
            continue
        removed, added = ((*part[1:].split(","), "1")[:2] for part in line.split()[1:3])
        start = int(removed[0]) - (removed[1] != "0")
        pairs += [(row + k, column + k) for k in range(start - row)]
        column += start - row + int(added[1])
        row = start + int(removed[1])
    return pairs + [(row + k, column + k) for k in range(len(base) - row)]


def sources(path: Path) -> list[str]:
    """The sources of a notebook's cells."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells]


def texts(folder: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Both sets: edited cells, and notebooks as one text."""
    cells, whole = [], []
    for row in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(row)
        base, head = (sources(next((folder / "blobs").glob(f"{pair[side]}*"))) for side in ("base", "head"))
        cells += [(base[k], head[j]) for k, j in pair["edited"] if "\n" in base[k] or "\n" in head[j]]
        whole.append(("\n\n".join(base), "\n\n".join(head)))
    return cells, whole


def measures(base: Lines, head: Lines, pairs: Pairs) -> Counter[str]:
    """Lines, hunks, ink and good pairs of one text."""
    found: Counter[str] = Counter()
    changed = False
    edits, _ = edits_around(pairs, base, head)
    for edit in edits:
        found["hunks"] += edit.kind is not EditKind.EQUAL and not changed
        changed = edit.kind is not EditKind.EQUAL
        if not changed:
            continue
        ends = ((edit.base_line, edit.base_spans, base), (edit.head_line, edit.head_spans, head))
        marked = any(spans for _, spans, _ in ends)
        for number, spans, side in ends:
            if number is not None:
                found["lines"] += 1
                found["ink"] += sum(s.end - s.start for s in spans) if marked else len(side[number])
        if edit.base_line is not None and edit.head_line is not None:
            found["pairs"] += (
                Indel.normalized_similarity(base[edit.base_line], head[edit.head_line], score_cutoff=0.6) > 0
            )
    return found


def table(title: str, pairs: Sequence[tuple[str, str]], folder: Path) -> None:
    """Print the figures of one set."""
    split = [split_lines(base, head) for base, head in pairs]
    kept = {name: [git_pairs(base, head, name, folder) for base, head in split] for name in GIT}
    print(f"\n{title}: {len(split)} texts, {sum(len(b) + len(h) for b, h in split)} lines")
    print("| engine | lines | hunks | ink | pairs | " + " | ".join(f"as {name}" for name in GIT) + " | s |")
    print("| --- " * (6 + len(GIT)) + "|")
    rows: dict[str, tuple[list[Pairs], str]] = {f"git {name}": (kept[name], "") for name in GIT}
    for name, engine in ENGINES.items():
        started = time.process_time()
        found = [engine(base, head) for base, head in split]
        rows[name] = (found, f"{time.process_time() - started:.3f}")
    for name, (found, seconds) in rows.items():
        total: Counter[str] = Counter()
        for (base, head), equal in zip(split, found, strict=True):
            total += measures(base, head, equal)
        alike = [sum(a == b for a, b in zip(found, kept[git], strict=True)) / len(split) for git in GIT]
        figures = [total[key] for key in ("lines", "hunks", "ink", "pairs")]
        cells = [name, *map(str, figures), *(f"{share:.3f}" for share in alike), seconds]
        print("| " + " | ".join(cells) + " |")


def main(folder: Path) -> None:
    """Print both tables."""
    cells, whole = texts(folder)
    with tempfile.TemporaryDirectory() as scratch:
        table("Edited cells", cells, Path(scratch))
        table("Notebooks as one text", whole, Path(scratch))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
