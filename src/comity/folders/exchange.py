"""Two folders change places in one step, where the system can do that."""

import ctypes
import os
import sys
from pathlib import Path

# By system: the function of its C library, and what it takes before each path.
_FUNCTIONS = {"linux": ("renameat2", True), "darwin": ("renamex_np", False)}
# Paths from where the process is; and the flag RENAME_EXCHANGE (Linux) or RENAME_SWAP (macOS), which have one value.
_HERE, _EXCHANGE = -100, ctypes.c_uint(2)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places, so that at every moment one of them stands at each place; False where system or disk cannot.

    Source: the manual pages renameat2(2) of Linux, rename(2) of macOS.
    """
    name, with_place = _FUNCTIONS.get(sys.platform, ("", False))
    function = getattr(ctypes.CDLL(None), name, None) if name else None
    if function is None:
        return False
    place = [ctypes.c_int(_HERE)] if with_place else []
    return function(*place, os.fsencode(one), *place, os.fsencode(other), _EXCHANGE) == 0
