"""The start of the program with nothing to open, in milliseconds from the start of the process: to the first
paint of the window, and to the moment from which it answers; prints both.

Usage: start_case.py STARTED STORE: the time.time() at which the parent started this process, and a store.
"""

import sys
import time
from pathlib import Path


def main() -> None:
    """Start the program as `nbreview` does and stop where it would wait for the person."""
    from nbreview.gui.requirements import load_ahead, require_qt

    load_ahead()
    require_qt()
    from nbreview.gui.app import make_application, running_program, show_frame
    from nbreview.gui.window import ReviewWindow
    from nbreview.settings import Settings
    from nbreview.store.database import Store

    app = make_application()
    times = []

    def shown(window: ReviewWindow, store: Store) -> None:
        show_frame(window)
        times.append(time.time())

    with running_program(Path(sys.argv[2]), Settings(), shown=shown):
        app.processEvents()
        times.append(time.time())
    print(*((moment - float(sys.argv[1])) * 1000 for moment in times))


if __name__ == "__main__":
    main()
