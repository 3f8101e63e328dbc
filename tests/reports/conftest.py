"""One hostile run for all tests of this folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import hostile_run

from benchwright.reports.report import report_of
from benchwright.workflows.report import write_report


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    whole, run = hostile_run.folders(tmp_path_factory.mktemp("hostile"))
    return report_of(run, whole)


@pytest.fixture(scope="session")
def page_file(report, tmp_path_factory):
    return write_report(report, tmp_path_factory.mktemp("page") / "report.html")
