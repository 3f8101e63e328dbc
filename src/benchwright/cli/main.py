"""The entry point: finds the command, imports only that command, turns foreseen errors into one clear line."""

import errno
import importlib
import sys
from difflib import get_close_matches

import click

from benchwright.errors import BenchwrightError
from benchwright.version import VERSION

# Name → (module, one line for the overview). The module is imported when its command is called: `--help` stays fast.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("benchwright.cli.demo", "the whole chain on example documents, in seconds"),
    "documents": ("benchwright.cli.documents", "show what becomes of each file of a folder"),
    "generate": ("benchwright.cli.generate", "write a benchmark of cited questions on documents"),
    "import": ("benchwright.cli.import_", "make a benchmark of questions you already have"),
    "init": ("benchwright.cli.init", "turn a folder and a brief into a readable benchwright.yaml"),
    "estimate": ("benchwright.cli.estimate", "what a planned benchmark will cost and be able to show; sends nothing"),
    "review": ("benchwright.cli.review", "look at questions one by one; keep, drop or edit them"),
    "evaluate": ("benchwright.cli.evaluate", "ask models every question of a benchmark and show the board"),
    "grade": ("benchwright.cli.grade", "mark the responses of a run again, without a call"),
    "judge": ("benchwright.cli.judge", "judges compare answers in pairs; votes that `rank` reads"),
    "compare": ("benchwright.cli.compare", "the paired difference of two runs, and the questions that make it"),
    "rank": ("benchwright.cli.rank", "a leaderboard from votes or runs, and how far to trust it"),
    "export": ("benchwright.cli.export", "write a benchmark as a task of lm-eval, lighteval or inspect"),
    "report": ("benchwright.cli.report", "write the report on a run as one HTML file"),
    "arena": ("benchwright.cli.arena", "people compare anonymous answers in a browser; a live leaderboard"),
    "doctor": ("benchwright.cli.doctor", "which keys, servers and models are found and answer"),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports a command only when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work, as `COMMANDS` lists them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command and return its `command`."""
        if cmd_name not in COMMANDS:
            return None
        return importlib.import_module(COMMANDS[cmd_name][0]).command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which names are close."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            close = get_close_matches(name, COMMANDS, n=3, cutoff=0.5)
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview from the table, without importing any command."""
        if not COMMANDS:
            return
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="benchwright")
def benchwright() -> None:
    """Which model is right for my work, and how far can I trust the answer?

    \b
    Start here:   benchwright demo
    Then:         benchwright generate DOCS -o my-benchmark
                  benchwright evaluate my-benchmark -m MODEL
    """


def main() -> None:
    """Run the command line; exit codes: 0 done, 1 failed, 2 wrong usage, 3 a threshold was missed."""
    try:
        benchwright(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        click.echo("stopped; what was finished is kept, and the same command continues", err=True)
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except BenchwrightError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`); nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        click.echo(f"error: {refused(error)}", err=True)
        sys.exit(1)


def refused(error: OSError) -> str:
    """Return what the operating system refused, and the way out."""
    where = error.filename2 or error.filename
    place = f": {where}" if where else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"no space is left on the disk{place}; make room and give the same command again: it continues"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"not allowed to write or read{place}; choose a place that is yours, for output with `-o`"
    if error.errno == errno.EFBIG:
        return f"a file may not grow so large here{place}; raise the limit (`ulimit -f`), or write to another place"
    return f"{error.strerror or error}{place}"


if __name__ == "__main__":
    main()
