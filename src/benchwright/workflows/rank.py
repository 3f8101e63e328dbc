"""From votes files or run folders to a leaderboard with everything that says how far to trust it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benchwright.errors import InputError, unknown_name
from benchwright.evaluation.metrics import clusters_of_question
from benchwright.ranking.audit import audit
from benchwright.ranking.board import leaderboard, prepare
from benchwright.ranking.drift import drift
from benchwright.ranking.estimate import Estimate, estimate
from benchwright.ranking.judges import compare_judge
from benchwright.ranking.ranking import Ranking
from benchwright.ranking.read import ReadSettings, VotesRead, read_votes
from benchwright.ranking.robustness import Neighbours, best_of_n, neighbours
from benchwright.ranking.scores import comparisons_of_runs
from benchwright.ranking.settings import FitSettings
from benchwright.ranking.slices import slice_boards, weigh_slices
from benchwright.records.comparison import Comparisons
from benchwright.records.leaderboard import Leaderboard
from benchwright.stats.membership import FEW_CLUSTERS
from benchwright.stats.proportion import few_documents
from benchwright.store.runs import read_run


@dataclass(frozen=True)
class RankSettings:
    """What to read, how to fit, and what to look at beside the board.

    `weights`: the reader's own weights over the values of the (single) slice. `windows`: how many windows of time to
    compare, 0 for none. `judges`: voters that are models, set against people. `variants`: maker → names of its models.
    """

    read: ReadSettings = field(default_factory=ReadSettings)
    fit: FitSettings = field(default_factory=FitSettings)
    weights: Mapping[str, float] = field(default_factory=dict[str, float])
    windows: int = 0
    judges: tuple[str, ...] = ()
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    audit: bool = False
    neighbours: int = 5
    """How many pairs of neighbours, from the top, to look at for fragility."""


def rank(paths: Sequence[Path | str], settings: RankSettings | None = None) -> Ranking:
    """Read `paths` (votes files, or run folders) and rank their models."""
    settings = settings or RankSettings()
    read = _read([Path(path) for path in paths], settings)
    fit = replace(settings.fit, covariates=(*settings.read.covariates, *read.style))
    everyone = read.votes
    people = _without_judges(everyone, settings.judges)
    votes, warnings, dropped = prepare(people, fit)
    found = estimate(votes, fit)
    board = leaderboard(
        votes,
        replace(found, warnings=(*read.notes, *warnings, *found.warnings)),
        fit,
        dropped=read.dropped | dropped,
        fingerprint=everyone.fingerprint(),
    )
    boards = tuple(part for column in settings.read.slices for part in slice_boards(votes, found, fit, column))
    if settings.weights and len(settings.read.slices) != 1:
        raise InputError("weights go with exactly one slice: `--slice COLUMN --weights VALUE=SHARE,…`")
    plain = replace(fit, covariates=(), side=False)
    return Ranking(
        board=board,
        raw=_raw(votes, plain, board.fingerprint) if fit.covariates or fit.side else None,
        columns=read.columns,
        neighbours=_neighbours(votes, found, fit, settings.neighbours),
        slices=boards,
        weighted=weigh_slices(boards, settings.weights) if settings.weights else (),
        weights=dict(settings.weights),
        drift=drift(votes, plain, windows=settings.windows) if settings.windows else None,
        audit=audit(votes, board, fit) if settings.audit else None,
        judges=tuple(compare_judge(everyone, name, fit, judges=settings.judges) for name in settings.judges),
        best_of_n=best_of_n(votes, found, dict(settings.variants), fit) if settings.variants else (),
    )


def _read(paths: list[Path], settings: RankSettings) -> VotesRead:
    folders = [path for path in paths if path.is_dir()]
    if not folders:
        return read_votes(paths, settings.read)
    if len(folders) < len(paths):
        raise InputError("votes files and run folders cannot be ranked as one table; name either the one or the other")
    documents, note = _documents_of(folders)
    votes = comparisons_of_runs([read_run(folder) for folder in folders], documents=documents)
    return VotesRead(votes, len(votes), {}, {}, notes=(note,) if note else ())


def _documents_of(folders: list[Path]) -> tuple[dict[str, tuple[str, ...]] | None, str]:
    """Return the documents of every question of some runs, or `None` and why they cannot be clusters."""
    # Imported late: votes files need nothing that calls a model.
    from benchwright.workflows.grade import open_run

    try:
        opened = [open_run(folder) for folder in folders]
    except InputError as error:
        where = f"{error}".split(";")[0]
        return None, f"clustered by question, because which of them share a document is not known: {where}"
    # Named by title, for what is said of a document that holds most of the answers.
    titles = {document.id: document.title for run in opened for document in run.benchmark.documents if document.title}
    documents = {
        q.id: tuple(titles.get(name, name) for name in clusters_of_question(q))
        for run in opened
        for q in run.benchmark.questions
    }
    asked = {response.question_id for run in opened for response in run.run.responses} & documents.keys()
    count = len({name for question in asked for name in documents[question]})
    return (documents, "") if count >= FEW_CLUSTERS else (None, f"clustered by question: {few_documents(count)}")


def _without_judges(votes: Comparisons, judges: tuple[str, ...]) -> Comparisons:
    if not judges:
        return votes
    names = votes.voter.names if votes.voter else ()
    codes = [at for at, name in enumerate(names) if name in judges]
    if len(codes) < len(set(judges)) or votes.voter is None:
        missing = sorted(set(judges) - set(names))
        if not names:
            raise InputError(f"no votes by {', '.join(missing)}: the votes name no voters; give `--voter COLUMN`")
        raise unknown_name("judge among the voters", missing[0], names)
    return votes.take(~np.isin(votes.voter.codes, codes))


def _neighbours(votes: Comparisons, found: Estimate, settings: FitSettings, first: int) -> tuple[Neighbours, ...]:
    # Online Elo has no likelihood that a removed vote would move.
    return () if settings.method == "elo" else neighbours(votes, found, settings, first=first)


def _raw(votes: Comparisons, settings: FitSettings, fingerprint: str) -> Leaderboard:
    return leaderboard(votes, estimate(votes, settings), settings, dropped={}, fingerprint=fingerprint)
