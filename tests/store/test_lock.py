"""One writer at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchwright.errors import InputError
from benchwright.store.lock import only_writer


def test_a_second_writer_is_refused_and_let_in_when_the_first_is_done(tmp_path: Path) -> None:
    with (
        only_writer(tmp_path / "run", waits=False),
        pytest.raises(InputError, match=r"another command is writing into .*run; wait until it ends"),
        only_writer(tmp_path / "run", waits=False),
    ):
        pass
    with only_writer(tmp_path / "run", waits=False):
        assert list((tmp_path / "run").iterdir()) == []


def test_a_writer_that_waits_comes_after_the_first(tmp_path: Path) -> None:
    holder = (
        "import sys, time; from pathlib import Path; from benchwright.store.lock import only_writer\n"
        "with only_writer(Path(sys.argv[1]), waits=True):\n"
        "    print('held', flush=True); time.sleep(0.5); Path(sys.argv[1], 'first').touch()"
    )
    with subprocess.Popen([sys.executable, "-c", holder, str(tmp_path)], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with only_writer(tmp_path, waits=True):
            assert (tmp_path / "first").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    with pytest.raises(InputError, match="is a file, not a folder"), only_writer(tmp_path / "run", waits=True):
        pass
