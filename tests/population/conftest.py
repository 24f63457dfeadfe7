"""The engines, each holding the same frame. Where Spark or Java is missing, its tests are skipped and say so."""

import os
import shutil
from importlib.util import find_spec

import duckdb
import polars as pl
import pytest

LOOPBACK = pytest.mark.loopback
ENGINES = ["polars", "duckdb", pytest.param("spark", marks=LOOPBACK)]


def spark_is_missing():
    if find_spec("pyspark") is None:
        return "pyspark is not installed (pip install 'safeconduct[cluster]')"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:  # noqa: TID251 -- where Spark looks for it
        return "Java is not installed; Spark needs it"
    return ""


class Spark:
    """One session for all tests, started by the first that needs it."""

    session = None

    @classmethod
    def get(cls):
        if cls.session is None:
            from pyspark.sql import SparkSession

            builder = SparkSession.builder.master("local[1]").appName("safeconduct tests")
            settings = {
                "spark.ui.enabled": "false",
                "spark.driver.host": "127.0.0.1",
                "spark.driver.bindAddress": "127.0.0.1",
                "spark.sql.shuffle.partitions": "1",
                "spark.sql.session.timeZone": "Asia/Almaty",
            }
            for name, setting in settings.items():
                builder = builder.config(name, setting)
            cls.session = builder.getOrCreate()
            cls.session.sparkContext.setLogLevel("ERROR")
        return cls.session


@pytest.fixture(scope="session", autouse=True)
def _spark_ends():
    yield
    if Spark.session is not None:
        Spark.session.stop()


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path):
    """A function from a Polars frame to the same frame of an engine; its `name` says which."""
    if request.param == "spark" and (reason := spark_is_missing()):
        print(f"skipped on Spark: {reason}")  # noqa: T201 -- printed, so that nobody takes it for tested
        pytest.skip(reason)
    made = []

    def native(frame):
        path = tmp_path / f"frame{len(made)}.parquet"
        made.append(path)
        frame.write_parquet(path)
        match request.param:
            case "polars":
                return pl.scan_parquet(path)
            case "duckdb":
                return duckdb.connect().read_parquet(str(path))
            case _:
                return Spark.get().read.parquet(str(path))

    native.name = request.param
    return native
