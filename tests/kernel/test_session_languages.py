"""A kernel that is not Python: started, run in, and never looked into. A small one, written for this test."""

import sys
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.kernel.session import KernelSession
from tests.kernel.live import QUICK, write_spec

pytest.importorskip("ipykernel", reason="the kernel extra is not installed")

ECHO = """
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel

class Echo(Kernel):
    implementation = "echo"
    implementation_version = "1"
    language_info = {"name": "R", "mimetype": "text/x-r", "file_extension": ".r"}
    banner = "echo"

    async def do_execute(self, code, silent, store_history=True, user_expressions=None, allow_stdin=False):
        if code == "readline()":
            self._allow_stdin = True
            code = self.raw_input("Your name: ")
        self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": code})
        return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}

IPKernelApp.launch_instance(kernel_class=Echo)
"""


def test_it_runs_cells_says_why_it_is_not_asked_and_answers_no_question_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    script = tmp_path / "echo.py"
    script.write_text(ECHO)
    write_spec(
        tmp_path / "jupyter", "ir", [sys.executable, str(script), "-f", "{connection_file}"], language="R"
    )
    with KernelSession.start("ir", tmp_path, patience=QUICK) as kernel:
        assert kernel.language == "r"
        assert kernel.execute("summary(cars)").output == "summary(cars)"
        with pytest.raises(UserError, match=r"speaks r: nbreview looks into Python kernels only"):
            kernel.evaluate("1")
        asked = kernel.execute("readline()", timeout=20)
        assert asked.exception == "StdinNotImplementedError"
        assert "'Your name:'" in asked.message
        kernel.wait(10)
        assert kernel.execute("after").output == "after"
