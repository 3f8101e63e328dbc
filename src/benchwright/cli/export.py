"""`benchwright export`: a benchmark as a task of another harness."""

from pathlib import Path

import click


@click.command(
    epilog="Example:  benchwright export my-benchmark --to lm-eval -o tasks/my_benchmark",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("benchmark", type=click.Path(path_type=Path))
@click.option("--to", "harness", required=True, help="inspect, lighteval or lm-eval.")
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help="A new folder.")
@click.option("--closed", is_flag=True, help="The questions alone, without the cited passages.")
def command(benchmark: Path, harness: str, folder: Path, closed: bool) -> None:
    """Write BENCHMARK as a task of another evaluation harness.

    The benchmark folder itself is a Hugging Face dataset as it lies: `load_dataset("my-benchmark", "questions")`.
    """
    from benchwright.export.harnesses import export_benchmark
    from benchwright.store.benchmark import read_benchmark

    for path in export_benchmark(read_benchmark(benchmark), harness, folder, with_passages=not closed):
        click.echo(f"wrote {path}")
