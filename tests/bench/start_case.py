"""Time from the start of the process to the first paint of the empty window, milliseconds; prints one number.

Usage: start_case.py STARTED, the time.time() at which the parent started this process.
"""

import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Start the program as `nbreview` does and stop at the first paint."""
    from nbreview.gui.requirements import load_ahead

    load_ahead()
    from nbreview.gui.app import make_application, running_program
    from nbreview.settings import Settings

    app = make_application()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_program(Path(folder) / "store.sqlite3", Settings()) as program,
    ):
        program.window.show()
        app.processEvents()
        program.window.grab()
        print((time.time() - float(sys.argv[1])) * 1000)


if __name__ == "__main__":
    main()
