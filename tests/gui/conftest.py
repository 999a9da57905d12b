"""Every test of the window draws to memory: no display is needed, and none is opened where there is one."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
