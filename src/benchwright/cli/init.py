"""`benchwright init`: a folder and a brief become a readable benchwright.yaml."""

from pathlib import Path

import click


@click.command(
    epilog='Example: benchwright init docs/ --brief "60 hard multiple-choice questions on returns, under 3 dollars"'
)
@click.argument("documents", nargs=-1, required=True)
@click.option("--brief", default="", help="What you want, in a sentence (English or Korean).")
@click.option("--writer", "writers", multiple=True, help="A model that writes questions; may be repeated.")
@click.option("--solver", "solvers", multiple=True, help="A model that checks questions by solving them.")
@click.option("--judge", "judges", multiple=True, help="A model that grades open answers.")
@click.option("-m", "--model", "candidates", multiple=True, help="A model to be compared.")
@click.option("-o", "--out", "folder", type=click.Path(path_type=Path), default=Path(), help="Folder for the file.")
@click.option("--overwrite", is_flag=True, help="Replace a benchwright.yaml that is there.")
def command(
    documents: tuple[str, ...],
    brief: str,
    writers: tuple[str, ...],
    solvers: tuple[str, ...],
    judges: tuple[str, ...],
    candidates: tuple[str, ...],
    folder: Path,
    overwrite: bool,
) -> None:
    """Write benchwright.yaml for DOCUMENTS.

    The brief may name a number, difficulty, kinds and forms, options, hops, a topic, a language and a limit in dollars.
    What it asks and the program cannot do is refused by name.
    """
    from benchwright.workflows.init import initialise

    path = initialise(
        documents,
        brief=brief,
        folder=folder,
        writers=writers,
        solvers=solvers,
        judges=judges,
        candidates=candidates,
        overwrite=overwrite,
    )
    click.echo(f"wrote {path}; read it, then run: benchwright estimate")
