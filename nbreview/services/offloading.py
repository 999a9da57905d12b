"""Where a chosen model would go on this machine, what else would do, and what a test of its speed has found.

Joins the plans of `services.models` with what is kept of calibrations. Nothing is loaded. May run on any
worker thread; looking at the machine starts a process that ends at once.
"""

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from nbreview import paths
from nbreview.errors import UserError
from nbreview.llm import calibration, hardware
from nbreview.llm.admission import calibrated_options, question, wish
from nbreview.llm.backends import gpu_remedy, this_machine
from nbreview.llm.cache import JsonCache
from nbreview.llm.calibration import Calibration
from nbreview.llm.digest import fingerprint
from nbreview.llm.hardware import Device, free_memory
from nbreview.llm.header import read_model
from nbreview.llm.local import missing_reason
from nbreview.llm.model import LoadOptions
from nbreview.llm.offload import OffloadPlan, alternatives, plan


@dataclass(frozen=True, slots=True)
class Here:
    """This machine as llama.cpp sees it. `build` names llama.cpp's build, "" where there is none. `advice`
    says how to have a GPU used, and `advice_line` is to be pasted into a terminal; "" where nothing is to be
    done."""

    devices: tuple[Device, ...]
    build: str = ""
    advice: str = ""
    advice_line: str = ""

    @property
    def gpu(self) -> bool:
        """Whether there is a GPU that this build can use."""
        return any(device.gpu for device in self.devices)


@dataclass(frozen=True, slots=True)
class Planned:
    """Where a model would go: the plan as asked first, then what else would do. `question` has to be agreed
    to before it is loaded, "" where it fits. `speed` is what a test has found here, None without one."""

    options: LoadOptions
    plans: tuple[OffloadPlan, ...]
    question: str = ""
    speed: Calibration | None = None


def look_here() -> Here:
    """Ask llama.cpp for this machine's devices and their free memory."""
    if not missing_reason():
        with contextlib.suppress(UserError):
            hello = hardware.greeting()
            here = hardware.from_hello(hello)
            return Here(here, hardware.build_name(hello), *(gpu_remedy(here, this_machine()) or ("", "")))
    free = free_memory()
    return Here((Device("CPU", "", "CPU", False, free, free),))


def freed(here: Here, loaded: OffloadPlan) -> Here:
    """This machine without the model that is loaded, which is given up before another one is. Weights on the
    processor are mapped from their file and count as free already."""
    taken = {
        part.device.name: part.used_bytes if part.device.gpu else part.cache_bytes + part.compute_bytes
        for part in loaded.parts
    }
    devices = tuple(
        replace(
            device,
            free_bytes=min(
                max(device.free_bytes, device.total_bytes), device.free_bytes + taken.get(device.name, 0)
            ),
        )
        for device in here.devices
    )
    return replace(here, devices=devices)


def plan_model(options: LoadOptions, here: Here, cache: Path | None = None) -> Planned:
    """Plan a load with these options, from the file's header.

    Parameters
    ----------
    cache:
        Where calibrations are kept; by default the engine's file.

    Raises
    ------
    UserError
        The file is no usable model.
    """
    header, files = read_model(options.path)
    speed = kept_speed(here, files, cache)
    filled = calibrated_options(options, speed)
    wished = wish(filled, header)
    plans = alternatives(header, here.devices, wished)
    if wished.layers and not plans[0].fits:
        # A number of layers was asked for, and it is too much: as many as fit.
        most = plan(header, here.devices, replace(wished, layers=None))
        plans = (plans[0], *((most,) if most.fits else ()), *plans[1:])
    return Planned(options, plans, question(plans[0], options.path.name, plans[1:]), speed)


def kept_speed(here: Here, files: tuple[Path, ...], cache: Path | None = None) -> Calibration | None:
    """What a test of these files' speed on this machine has found; None without one."""
    if not here.build:
        return None
    kept = JsonCache(cache or paths.cache_dir() / "models.json")
    return calibration.kept(kept, hardware.machine(), here.build, fingerprint(files))
