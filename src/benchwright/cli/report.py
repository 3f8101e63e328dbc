"""`benchwright report`: a run becomes one HTML file and a table in the terminal."""

import json
from pathlib import Path

import click


@click.command("report")
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file.  [default: report.html]")
@click.option("--benchmark", type=click.Path(path_type=Path), help="Where the benchmark lies, if it was moved.")
@click.option("--grader", help="Report the marks of this grader.  [default: the run's own]")
@click.option("--json", "as_json", is_flag=True, help="What was written as JSON on stdout.")
def command(
    runs: tuple[Path, ...], out: Path | None, benchmark: Path | None, grader: str | None, as_json: bool
) -> None:
    """Write the report on RUNS, run folders on one benchmark, as one HTML file that needs no network.

    \b
    Example:  benchwright report runs/3f2a91c07be4d518 -o report.html
    """
    from benchwright.reports.terminal import print_report
    from benchwright.reports.verdict import verdict
    from benchwright.workflows.report import report, write_report

    found = report(runs, benchmark=benchmark, grader=grader)
    path = write_report(found, out or Path("report.html"))
    if as_json:
        said = verdict(found)
        leaders = [row.model for row in found.main.leaders]
        shown = {"report": str(path), "run": found.run.manifest.id, "condition": found.main.condition}
        shown |= {"leaders": leaders, "headline": said.headline, "untested": list(found.coverage.gaps)}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        print_report(found)
        click.echo(f"\nreport: {path}")
