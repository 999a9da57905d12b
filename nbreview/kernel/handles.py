"""Which objects that a cell uses do not survive a fork: connections, other processes, live threads, devices.

Standard library only, Python 3.8: the source is sent to the kernel. Imports nothing of nbreview. SQLite's
documentation forbids carrying a connection across fork() ("How to corrupt an SQLite database file", 2.6), and
libpq's, SQLAlchemy's, HDF5's and CUDA's say the same of theirs. Nothing is called on the objects: types are
read, and what they refer to is asked of the garbage collector.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import sys
import threading
import types
from typing import Any

_MOST_OBJECTS = 20_000
_DEEPEST = 6

# Top-level module of the class, its name ("" for any), and what to call it.
_KINDS = [
    ("sqlite3", "Connection", "a database connection"),
    ("sqlite3", "Cursor", "a database connection"),
    ("_sqlite3", "", "a database connection"),
    ("sqlalchemy", "Engine", "a database connection"),
    ("sqlalchemy", "Connection", "a database connection"),
    ("sqlalchemy", "Session", "a database connection"),
    ("psycopg2", "", "a database connection"),
    ("psycopg", "", "a database connection"),
    ("pymysql", "Connection", "a database connection"),
    ("MySQLdb", "", "a database connection"),
    ("mysql", "", "a database connection"),
    ("oracledb", "", "a database connection"),
    ("pyodbc", "", "a database connection"),
    ("duckdb", "DuckDBPyConnection", "a database connection"),
    ("_duckdb", "DuckDBPyConnection", "a database connection"),
    ("pymongo", "MongoClient", "a database connection"),
    ("redis", "Redis", "a database connection"),
    ("_socket", "socket", "a network connection"),
    ("socket", "socket", "a network connection"),
    ("ssl", "SSLSocket", "a network connection"),
    ("zmq", "Socket", "a network connection"),
    ("zmq", "Context", "a network connection"),
    ("paramiko", "SSHClient", "a network connection"),
    ("websocket", "WebSocket", "a network connection"),
    ("subprocess", "Popen", "another process"),
    ("multiprocessing", "BaseProcess", "another process"),
    ("multiprocessing", "Pool", "another process"),
    ("multiprocessing", "BaseManager", "another process"),
    ("multiprocessing", "_ConnectionBase", "another process"),
    ("concurrent", "Executor", "a pool of threads or processes"),
    ("distributed", "Client", "a cluster"),
    ("ray", "ObjectRef", "a cluster"),
    ("pyspark", "SparkContext", "a cluster"),
    ("pyspark", "SparkSession", "a cluster"),
    ("selenium", "WebDriver", "another process"),
]
_SKIPPED = (
    type,
    types.ModuleType,
    types.FrameType,
    types.CodeType,
    types.BuiltinFunctionType,
    str,
    bytes,
    int,
    float,
    bool,
    type(None),
)


def names_used(source: str) -> set[str]:
    """Every name that occurs in Python source; empty where it does not parse."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def handle_in(namespace: dict[str, Any], names: set[str]) -> tuple[str, str]:
    """The first of `names`, with the functions and objects it leads to, that holds what no fork carries.

    Returns
    -------
    The name and what it holds, in words; two empty texts where nothing was found.
    """
    for name in sorted(names & set(namespace)):
        held = _held(namespace[name], namespace)
        if held:
            return name, held
    return "", ""


def _held(value: Any, namespace: dict[str, Any]) -> str:
    seen = {id(namespace)}
    level, count = [value], 0
    for _ in range(_DEEPEST):
        following: list[Any] = []
        for one in level:
            if id(one) in seen or isinstance(one, _SKIPPED):
                continue
            seen.add(id(one))
            count += 1
            kind = _kind_of(one)
            if kind or count > _MOST_OBJECTS:
                return kind
            if isinstance(one, types.FunctionType):
                following += _of_function(one)
            else:
                following += gc.get_referents(one)[:_MOST_OBJECTS]
        level = following
    return ""


def _of_function(function: types.FunctionType) -> list[Any]:
    """What a function can reach: names that its code reads, closure, defaults. Not all of its module."""
    found: list[Any] = [function.__defaults__, function.__kwdefaults__]
    found += [
        function.__globals__[name] for name in function.__code__.co_names if name in function.__globals__
    ]
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):  # not bound yet
            found.append(cell.cell_contents)
    return found


def _kind_of(value: Any) -> str:
    if isinstance(value, threading.Thread):
        own = value is threading.main_thread() or value is threading.current_thread()
        return "" if own or not value._started.is_set() else "a thread"  # type: ignore[attr-defined]
    for base in type(value).__mro__[:-1]:
        top = str(base.__module__).split(".")[0]
        for module, name, words in _KINDS:
            if top == module and name in ("", base.__name__):
                return words
    if type(value).__name__ in ("lock", "RLock") and type(value).__module__ == "_thread":
        return "a lock that another thread holds" if _locked(value) else ""
    return ""


def _locked(lock: Any) -> bool:
    """Held by somebody: who held it at the fork is gone, unless it was this thread."""
    if hasattr(lock, "_is_owned"):
        return not lock._is_owned() and "count=0" not in repr(lock)
    return bool(lock.locked())


def accelerators_in_use() -> str:
    """Which library has started a device in this process, "" for none. Asks only what is imported already."""
    torch = sys.modules.get("torch")
    for name in ("cuda", "xpu", "mps"):
        device = getattr(torch, name, None)
        with contextlib.suppress(Exception):  # a build without the device
            if device is not None and device.is_initialized():
                return f"torch ({name})"
    return ""
