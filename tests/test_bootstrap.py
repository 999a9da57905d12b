"""The set-up: real environments, a real pip and a real lock, without the network."""

import ast
import os
import select
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"

# A build backend of a few lines: what pip runs in place of hatchling and of llama.cpp's compiler.
BACKEND = """
import os, pathlib, zipfile

def made(folder, name, files):
    info = f"{name}-1.0.dist-info"
    about = f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n" + EXTRAS
    wheel = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    files = {**files, f"{info}/METADATA": about, f"{info}/WHEEL": wheel}
    files[f"{info}/RECORD"] = "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(pathlib.Path(folder, f"{name}-1.0-py3-none-any.whl"), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return f"{name}-1.0-py3-none-any.whl"

def prepare_metadata_for_build_wheel(folder, config_settings=None):
    info = pathlib.Path(folder, "slowpart-1.0.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: slowpart\\nVersion: 1.0\\n")
    return info.name

def build_wheel(folder, config_settings=None, metadata_directory=None):
    with open(os.environ["COMPILED"], "a") as stream:
        stream.write("once\\n")
    if os.environ.get("BREAKS"):
        print("c++: fatal error: Killed signal terminated program cc1plus")
        raise SystemExit(1)
    for step in (1, 2, 3):
        print(f"[{step}/3] Building CXX object src/CMakeFiles/part{step}.cpp.o", flush=True)
    return made(folder, "slowpart", {"slowpart.py": "answer = 42\\n"})

def build_editable(folder, config_settings=None, metadata_directory=None):
    return made(folder, "tiny", {"tiny.pth": str(pathlib.Path.cwd()) + "\\n", "tiny_marker.py": ""})
"""


@pytest.fixture(scope="module")
def tools() -> Iterator[SimpleNamespace]:
    """The modules of the set-up, which are scripts beside each other and not a package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PACKAGING))
        import bootstrap
        import processes
        import wheelhouse

        yield SimpleNamespace(bootstrap=bootstrap, processes=processes, wheelhouse=wheelhouse)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with an extra that must be compiled, and a folder for pip in place of the index."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "backend.py").write_text('EXTRAS = "Provides-Extra: kernel\\n"\n' + BACKEND)
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "tiny"\nversion = "1.0"\n'
        '[project.optional-dependencies]\nllama = ["slowpart>=1"]\nkernel = []\n'
    )
    index = tmp_path / "index"
    index.mkdir()
    parts = {
        "backend.py": 'EXTRAS = ""\n' + BACKEND,
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "PKG-INFO": "Metadata-Version: 2.1\nName: slowpart\nVersion: 1.0\n",
    }
    with tarfile.open(index / "slowpart-1.0.tar.gz", "w:gz") as archive:
        for name, text in parts.items():
            entry = tarfile.TarInfo(f"slowpart-1.0/{name}")
            entry.size = len(text.encode())
            archive.addfile(entry, BytesIO(text.encode()))
    return folder


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """This environment, with a home of its own and pip away from the network."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "CMAKE", "PYTHON"))
    }
    return kept | {
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(tmp_path / "index"),
        "COMPILED": str(tmp_path / "compiled"),
        **more,
    }


def set_up(
    project: Path, venv: Path, environ: dict[str, str], model: str = "required"
) -> subprocess.Popen[str]:
    """Start the set-up as `make` does."""
    script = [sys.executable, str(PACKAGING / "bootstrap.py"), "--project", str(project), "--venv", str(venv)]
    return subprocess.Popen(
        [*script, "--extras", "kernel", "--model", model],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(child: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and output of a set-up that has come to its end."""
    said, _ = child.communicate()
    return child.returncode, said


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.mark.parametrize("name", ["bootstrap.py", "processes.py", "wheelhouse.py"])
def test_an_old_python_can_parse_the_set_up_and_so_gets_its_sentence(name: str) -> None:
    ast.parse((PACKAGING / name).read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_set_up_takes_the_pythons_that_the_package_takes(tools: SimpleNamespace) -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ]
    oldest, newest = tools.bootstrap.OLDEST, tools.bootstrap.NEWEST
    assert wanted == f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 14)])
def test_a_python_that_does_not_fit_is_refused_by_name(
    tools: SimpleNamespace, version: tuple[int, int]
) -> None:
    problem = tools.bootstrap.python_problem(version, "/usr/bin/python3")
    assert (
        "/usr/bin/python3" in problem
        and f"{version[0]}.{version[1]}" in problem
        and "3.11 to 3.13" in problem
    )


def test_a_python_that_fits_is_not_refused(tools: SimpleNamespace) -> None:
    assert [tools.bootstrap.python_problem((3, minor), "python") for minor in (11, 12, 13)] == ["", "", ""]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "[123/456] Building CXX object vendor/llama.cpp/src/CMakeFiles/llama.dir/llama-vocab.cpp.o",
            "llama-vocab.cpp",
        ),
        ("[ 42%] Building C object ggml/src/CMakeFiles/ggml.dir/ggml-quants.c.o", "ggml-quants.c"),
        ("[456/456] Linking CXX shared library bin/libllama.so", "linking libllama.so"),
        (
            "[15/193] : && c++ -shared -o bin/libggml.so.0.25 src/ggml.c.o src/a.cpp.o && :",
            "linking libggml.so.0.25",
        ),
        (
            "[14/193] cc -Iinclude -o src/ggml.dir/ggml-quants.c.o -c /tmp/src/ggml-quants.c",
            "compiling ggml-quants.c",
        ),
        ("Installing collected packages: numpy, jinja2, diskcache", "unpacking 3 packages"),
        ("  Downloading llama_cpp_python-0.3.36.tar.gz (76.6 MB)", "Downloading llama_cpp_python"),
    ],
)
def test_a_line_of_the_compiler_becomes_what_it_is_at(tools: SimpleNamespace, line: str, said: str) -> None:
    assert said in tools.processes.activity(line)


def test_other_lines_of_the_compiler_are_not_repeated(tools: SimpleNamespace) -> None:
    assert tools.processes.activity("-- Performing Test C_SUPPORTS_WARNING - Success") == ""


def test_a_long_child_is_reported_on_while_it_runs(tools: SimpleNamespace, tmp_path: Path) -> None:
    said: list[str] = []
    # The child ends when its report has been made, which is what its file says.
    script = (
        "import pathlib, sys, time\n"
        "print('[1/2] Building CXX object a/first.cpp.o', flush=True)\n"
        "while not pathlib.Path(sys.argv[1]).exists(): time.sleep(0.01)\n"
    )
    end = tmp_path / "end"

    def report(text: str) -> None:
        said.append(text)
        if "first.cpp" in text:
            end.touch()

    command = [sys.executable, "-c", script, str(end)]
    code, _ = tools.processes.run(command, tmp_path / "log", "compiling", report=report, every=0.05)
    assert code == 0
    assert said[-1] == "compiling, 0:00 so far: [1/2] compiling first.cpp"
    assert "[1/2] Building" in (tmp_path / "log").read_text()


@pytest.mark.skipif(os.name == "nt", reason="needs groups of processes")
def test_a_set_up_that_is_ended_ends_the_compiler_too(tmp_path: Path) -> None:
    # A grandchild, as the compiler is one of pip. It holds a named pipe open, which reads as empty once it
    # has ended.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "compiler.py").write_text(
        "import os, sys\n"
        "with open(sys.argv[1], 'wb', buffering=0) as pipe:\n"
        "    pipe.write(b'up')\n"
        "    os.read(os.pipe()[0], 1)\n"
    )
    (tmp_path / "pip.py").write_text(
        "import subprocess, sys\nsubprocess.run([sys.executable, *sys.argv[1:]])\n"
    )
    (tmp_path / "setup.py").write_text(
        f"import signal, sys\nsys.path.insert(0, {str(PACKAGING)!r})\n"
        "from pathlib import Path\nimport processes\n"
        "signal.signal(signal.SIGTERM, signal.default_int_handler)\n"
        "processes.run([sys.executable, *sys.argv[2:]], Path(sys.argv[1]), 'compiling')\n"
    )
    command = [sys.executable, "setup.py", "log", "pip.py", "compiler.py", str(pipe)]
    setting_up = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL)
    with setting_up, pipe.open("rb", buffering=0) as compiler:
        assert compiler.read(2) == b"up"
        setting_up.terminate()
        assert select.select([compiler], [], [], 60)[0], "the compiler still runs"
        assert compiler.read() == b""
    assert setting_up.returncode != 0


def test_an_index_that_cannot_be_reached_is_one_sentence(tools: SimpleNamespace, tmp_path: Path) -> None:
    # Port 9 of this machine: the connection is refused at once.
    index = [
        "--index-url",
        "http://127.0.0.1:9/simple",
        "--retries",
        "1",
        "--no-cache-dir",
        "--dest",
        str(tmp_path),
    ]
    environ = {**os.environ, "PIP_CONFIG_FILE": os.devnull, "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": ""}
    command = [sys.executable, "-m", "pip", "download", *index, "slowpart"]
    code, output = tools.processes.run(command, tmp_path / "log", "downloading", environ)
    sentence = tools.processes.explain(output, tmp_path / "log")
    assert code and sentence.startswith("the package index cannot be reached: connect to the network")
    assert sentence.count("\n") == 0 and str(tmp_path / "log") in sentence


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("c++: fatal error: Killed signal terminated program cc1plus", "CMAKE_BUILD_PARALLEL_LEVEL=1"),
        ("CMake Error: CMAKE_CXX_COMPILER not set, after EnableLanguage", "no C++ compiler"),
        ("ERROR: No matching distribution found for hatchling>=1.27", "no hatchling>=1.27"),
        ("ERROR: something nobody foresaw", "something nobody foresaw"),
        ("  OSError: Readme file is missing\nerror: metadata-generation-failed", "Readme file is missing"),
    ],
)
def test_every_failure_of_pip_says_what_to_do(tools: SimpleNamespace, output: str, advice: str) -> None:
    assert advice in tools.processes.explain(output, Path("setup.log"))


@pytest.mark.parametrize(
    ("system", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/ada"}, "/home/ada/.cache/nbreview/wheels"),
        ("linux", {"HOME": "/home/ada", "XDG_CACHE_HOME": "/fast"}, "/fast/nbreview/wheels"),
        ("linux", {"HOME": "/home/ada", "XDG_CACHE_HOME": "relative"}, "/home/ada/.cache/nbreview/wheels"),
        ("darwin", {"HOME": "/Users/ada"}, "/Users/ada/Library/Caches/nbreview/wheels"),
        ("win32", {"LOCALAPPDATA": "/ada/Local"}, "/ada/Local/nbreview/Cache/wheels"),
    ],
)
def test_wheels_are_kept_where_the_platform_keeps_caches(
    tools: SimpleNamespace, system: str, environ: dict[str, str], folder: str
) -> None:
    assert tools.wheelhouse.wheel_cache(system, environ) == Path(folder)


def test_a_wheel_is_used_again_only_where_it_would_come_out_the_same(tools: SimpleNamespace) -> None:
    def key(*, requirement: str = "a>=1", cpu: str = "one", **environ: str) -> Any:
        return tools.wheelhouse.wheel_key([requirement], environ, cpu)

    assert key() == key(PATH="/anything")
    others = [
        key(cpu="another"),
        key(requirement="a>=2"),
        key(CMAKE_ARGS="-DGGML_CUDA=on"),
        key(CXX="clang++"),
    ]
    assert len({key(), *others}) == 5


def test_the_lock_of_a_process_that_was_killed_is_free(tools: SimpleNamespace, tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(PACKAGING)!r})\n"
        "from pathlib import Path; from processes import locked\n"
        "with locked(Path(sys.argv[1]), 'waiting'):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", script, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        waited: list[str] = []

        def report(text: str) -> None:
            waited.append(text)
            holder.kill()

        with tools.processes.locked(lock, "somebody holds it", report):
            pass
    assert waited == ["somebody holds it"]


def test_two_set_ups_at_once_compile_once_and_a_third_has_nothing_to_do(
    project: Path, tmp_path: Path
) -> None:
    environ = environment(tmp_path)
    venvs = [tmp_path / "one", tmp_path / "two"]
    running = [set_up(project, venv, environ) for venv in venvs]
    codes, said = zip(*(ended(child) for child in running), strict=True)
    assert codes == (0, 0), said
    assert (tmp_path / "compiled").read_text() == "once\n"
    assert sum("compiling slowpart for this machine" in text for text in said) == 1
    for venv in venvs:
        subprocess.run([python_of(venv), "-c", "import slowpart, tiny_marker"], check=True)

    assert ended(set_up(project, venvs[0], environ)) == (0, "")

    with (project / "pyproject.toml").open("a") as stream:
        stream.write("# changed\n")
    code, changed = ended(set_up(project, venvs[0], environ))
    assert code == 0 and "installing nbreview" in changed
    assert (tmp_path / "compiled").read_text() == "once\n"


def test_trouble_with_the_model_part_never_stops_the_demo_but_stops_the_tests(
    project: Path, tmp_path: Path
) -> None:
    venv = tmp_path / "venv"
    git = shutil.which("git")
    assert git is not None
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "git").symlink_to(git)

    # No compiler at all.
    bare = environment(tmp_path, PATH=str(programs))
    code, said = ended(set_up(project, venv, bare, model="optional"))
    assert code == 0 and "going on without the model part: there is no C++ compiler to build slowpart" in said
    subprocess.run([python_of(venv), "-c", "import tiny_marker"], check=True)
    code, said = ended(set_up(project, venv, bare, model="required"))
    assert code == 1 and "there is no C++ compiler" in said and "Traceback" not in said

    # A compiler that fails: the demo does not spend five minutes on it again.
    breaking = environment(tmp_path, BREAKS="1")
    code, said = ended(set_up(project, venv, breaking, model="optional"))
    assert code == 0 and "slowpart could not be compiled: memory ran out" in said
    code, said = ended(set_up(project, venv, breaking, model="optional"))
    assert code == 0 and "failed last time" in said
    assert (tmp_path / "compiled").read_text() == "once\n"

    # Asked for by name, with a compiler that works.
    code, said = ended(set_up(project, venv, environment(tmp_path), model="required"))
    assert code == 0, said
    subprocess.run([python_of(venv), "-c", "import slowpart"], check=True)
