"""The engine runs without its extras: no web framework, no cryptography, no data frame is needed to read a position."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "safeconduct"
EXTRAS = ["allauth", "altair", "argon2", "babel", "cryptography", "csp", "django", "duckdb", "narwhals", "numpy"]
EXTRAS += ["pandas", "polars", "psycopg", "pyarrow", "pyspark", "vl_convert", "whitenoise"]
CORE = [folder for folder in ("cli", "packs", "rules", "values") if (PACKAGE / folder / "__init__.py").is_file()]

SCRIPT = """
import importlib, pkgutil, sys

class Closed:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in EXTRAS:
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Closed())
package = importlib.import_module(f"safeconduct.{FOLDER}")
for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
"""


@pytest.mark.parametrize("folder", CORE)
def test_every_module_of_the_engine_loads_without_the_extras(folder):
    script = f"EXTRAS = {EXTRAS!r}\nFOLDER = {folder!r}\n{SCRIPT}"
    done = subprocess.run((sys.executable, "-c", script), check=False, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.returncode == 0
