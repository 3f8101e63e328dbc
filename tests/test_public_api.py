import subprocess
import sys

import pytest

import benchwright


def test_every_public_name_is_there_and_the_list_is_sorted():
    assert benchwright.__all__ == sorted(benchwright.__all__)
    for name in benchwright.__all__:
        assert getattr(benchwright, name) is not None
        assert name in dir(benchwright)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute `generat`"):
        _ = benchwright.generat


def test_importing_the_package_imports_nothing_heavy():
    code = "import benchwright, sys; print([m for m in ('pydantic', 'numpy', 'lxml', 'aiohttp') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
