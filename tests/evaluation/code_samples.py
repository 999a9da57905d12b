"""Random code for property tests: lines of tokens that look like Python, and programs that parse."""

from hypothesis import strategies as st

_WORDS = """import numpy as np def f ( x , y ) : return + - * / = == [ ] { } 'a b' "c" 1 2.5 1,000 -3 a.b
    __init__ # <x> &amp; &lt; if else for in range print df['x-y'] %matplotlib é 中文 <skipped> lambda"""
_TOKENS = st.sampled_from(_WORDS.split())
_GAPS = st.sampled_from([" ", "", "\n", "\n    ", "  ", "-\n"])

any_code = st.lists(st.tuples(_TOKENS, _GAPS), max_size=30).map(
    lambda pieces: "".join(token + gap for token, gap in pieces)
)
"""Texts of code, most of which do not parse; empty ones among them."""

names = st.sampled_from(["alpha", "beta", "gamma", "delta"])
_values = st.one_of(
    names,
    st.integers(0, 99).map(str),
    st.tuples(names, st.sampled_from("+-*"), names).map(" ".join),
    names.map(lambda name: f"sum([{name} for {name} in range(3)])"),
)
_statements = st.one_of(
    st.tuples(names, _values).map(" = ".join),
    st.tuples(names, _values).map(lambda pair: f"for {pair[0]} in range({pair[1]}):\n    print({pair[0]})"),
    st.tuples(names, _values).map(lambda pair: f"if {pair[0]}:\n    {pair[0]} = {pair[1]}\nelse:\n    pass"),
    st.tuples(names, names).map(lambda pair: f"def f({pair[0]}):\n    return {pair[0]} + {pair[1]}"),
)
programs = st.lists(_statements, min_size=1, max_size=8).map("\n".join)
"""Programs that parse."""
