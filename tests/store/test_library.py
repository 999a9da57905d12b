"""Opening a store does not import the libraries of the notebooks."""

import subprocess
import sys
from pathlib import Path


def test_a_store_is_opened_without_pandas_and_both_can_be_imported_after_it(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom nbreview.store.database import Store\n"
        "with Store.open(Path(sys.argv[1])):\n"
        "    assert not {'pandas', 'numpy'} & set(sys.modules)\n"
        "import importlib.util\n"
        "assert all(name not in sys.modules for name in ('pandas', 'numpy'))\n"
        "if importlib.util.find_spec('numpy'):\n    import numpy\n    assert numpy.zeros(1).sum() == 0\n"
    )
    store = str(tmp_path / "store.sqlite3")
    done = subprocess.run([sys.executable, "-c", script, store], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
