"""Temporary: minimal objects from descriptions."""
from __future__ import annotations
import random
from typing import Any, Mapping
MARK = "\ue0b5"

class CannotRebuild(Exception):
    pass

def kind(d): 
    t = str(d.get("type", ""))
    return t[8:-2] if t.startswith("<class '") else t

def column(c, n, rng, np, pd):
    t = c.get("type") or c.get("value_type") or ""
    vals = c.get("unique_values") or c.get("example_values")
    lo_hi = c.get("value_range")
    if vals and not lo_hi:
        exact = "unique_values" in c
        vals = [v[:-3] + MARK if isinstance(v, str) and v.endswith("...") else v for v in vals]
        if not exact:
            k = int(c.get("num_unique") or 6) - len(vals)
            vals = list(vals) + [f"{MARK}{rng.randrange(10**6)}" for _ in range(min(max(k, 0), 5))] if all(isinstance(v,str) for v in vals) else vals
        out = [vals[i % len(vals)] for i in range(n)]
        rng.shuffle(out)
        return pd.Series(out, dtype=object if any(isinstance(v, str) for v in out) else None).values
    if lo_hi:
        lo, hi = lo_hi
        r = np.random.default_rng(rng.randrange(2**31))
        if isinstance(lo, bool): return np.arange(n) % 2 == 1
        if isinstance(lo, int) and isinstance(hi, int):
            a = r.integers(lo, hi + 1, n)
            nu = c.get("num_unique")
            if nu and nu <= hi - lo + 1 <= 1000 and nu <= n: a[:min(n, hi - lo + 1)] = np.arange(lo, hi + 1)[:n]
        else:
            a = r.uniform(lo, hi, n)
        if n: a[0] = lo; a[-1] = hi
        return a
    k = int(c.get("num_unique") or 5)
    return np.array([f"{MARK}{rng.randrange(10**6)}" for _ in range(k)], dtype=object)[np.arange(n) % k] if k else np.array([None]*n)

def rebuild(name: str, d: Mapping[str, Any], rng: random.Random) -> object:
    t = kind(d)
    if "value" in d and t in ("int", "float", "str", "bool", "NoneType"):
        return d["value"]
    if t == "NoneType": return None
    if t.endswith("DataFrame"):
        import numpy as np, pandas as pd
        per = d.get("per_column")
        n = int(d["shape"][0]) if d.get("shape") else 300 + rng.randrange(50)
        n = min(n, 2_000_000)
        if per:
            f = pd.DataFrame({k: column(v, n, rng, np, pd) for k, v in per.items()})
            return f
        k = int(d["shape"][1])
        ds = d.get("dtypes") or ["float64"]
        cols = {}
        for i in range(k):
            dt = str(ds[i % len(ds)])
            if dt == "object": v = np.array([f"{MARK}a", f"{MARK}b"], dtype=object)[np.arange(n) % 2]
            elif dt == "bool": v = np.arange(n) % 2 == 1
            elif "int" in dt: v = np.random.default_rng(i).integers(0, 9, n).astype(dt)
            elif "float" in dt: v = np.random.default_rng(i).uniform(0, 9, n).astype(dt)
            else: raise CannotRebuild(dt)
            cols[f"{MARK}{i}"] = v
        return pd.DataFrame(cols)
    if t.endswith("series.Series") or t.endswith(".Series"):
        import numpy as np, pandas as pd
        v = d.get("value_info") or {}
        n = int(d.get("length") or 300 + rng.randrange(50))
        return pd.Series(column(v, n, rng, np, pd))
    if t == "numpy.ndarray":
        import numpy as np
        shape = tuple(d["shape"]); dt = str(d["dtype"])
        n = 1
        for s in shape: n *= s
        if n > 3e8: raise CannotRebuild("too large")
        v = dict(d.get("value_info") or {})
        if d.get("value_range"): v.setdefault("value_range", d["value_range"])
        import pandas as pd
        if dt == "object" and not v: return np.array([f"{MARK}{i}" for i in range(5)], dtype=object)[np.arange(n) % 5].reshape(shape)
        if "value_range" in v and n: 
            lo, hi = v["value_range"]
            r = np.random.default_rng(rng.randrange(2**31))
            a = r.uniform(lo, hi, n).astype(dt) if "float" in dt else r.integers(int(lo), int(hi) + 1, n).astype(dt)
            a[0] = lo; a[-1] = hi
            return a.reshape(shape)
        if v.get("unique_values"): return np.array(column(v, n, rng, np, pd)).astype(dt).reshape(shape)
        if "float" in dt or "int" in dt: return np.random.default_rng(rng.randrange(2**31)).uniform(0, 9, n).astype(dt).reshape(shape)
        raise CannotRebuild(dt)
    if d.get("detected") == "training_history_dict":
        return {m: [rng.random() for _ in range(int(d["n_epochs"]))] for m in d["metrics"]}
    raise CannotRebuild(t)
