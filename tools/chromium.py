"""Sees to it that the browser tests have a browser; asks for none while there are no browser tests.

An administrator's account installs Debian's Chromium by apt. Any other account is stopped with the one command that an
administrator must run: a browser test is never left out in silence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome")
# DejaVu draws all letters of Russian, Ukrainian and Kazakh.
INSTALL = "apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core"


def browser() -> str | None:
    """Where a Chromium stands on this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def main() -> int:
    """Find or install the browser.

    Returns:
        0 if there is a browser or nothing needs one, 1 otherwise.
    """
    if not any(TESTS.glob("**/test_*.py")):
        print("      no browser tests yet, so no browser is needed")
        return 0
    if browser() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("      installing Chromium by apt (once, a minute or two) ...", flush=True)
        subprocess.run(("sh", "-c", INSTALL), check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    found = browser()
    if found is None:
        print(f"The browser tests need Chromium. An administrator must run:\n\n    {INSTALL}\n", file=sys.stderr)
        return 1
    print(f"      {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
