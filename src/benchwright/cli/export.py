"""`benchwright export`: a benchmark as a task of another harness, or on the Hugging Face Hub."""

from pathlib import Path

import click


@click.command(
    epilog="Example:  benchwright export my-benchmark --to lm-eval -o tasks/my_benchmark"
    "  ·  benchwright export my-benchmark --push my-team/my-benchmark",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("benchmark", type=click.Path(path_type=Path))
@click.option("--to", "harness", help="inspect, lighteval or lm-eval.")
@click.option("-o", "--out", "folder", type=click.Path(path_type=Path), help="A new folder, with --to.")
@click.option("--closed", is_flag=True, help="The questions alone, without the cited passages.")
@click.option("--push", "repository", metavar="OWNER/NAME", help="Upload the folder as a private dataset of the Hub.")
def command(benchmark: Path, harness: str | None, folder: Path | None, closed: bool, repository: str | None) -> None:
    """Write BENCHMARK as a task of another evaluation harness, or upload it.

    The benchmark folder itself is a Hugging Face dataset as it lies: `load_dataset("my-benchmark", "questions")`.
    Nothing is uploaded without --push, and what is pushed is private.
    """
    if (harness is None) != (folder is None) or (harness is None and repository is None):
        raise click.UsageError("name a harness and a new folder (--to lm-eval -o FOLDER), or --push OWNER/NAME")
    if harness is not None and folder is not None:
        from benchwright.export.harnesses import export_benchmark
        from benchwright.store.benchmark import read_benchmark

        for path in export_benchmark(read_benchmark(benchmark), harness, folder, with_passages=not closed):
            click.echo(f"wrote {path}")
    if repository is not None:
        from benchwright.export.hub import push_benchmark

        click.echo(f"pushed, private: {push_benchmark(benchmark, repository)}")
