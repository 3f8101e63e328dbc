"""Where ratings stand: around 1000, or around an anchor."""

import numpy as np
from numpy.typing import NDArray

from benchwright.errors import unknown_name
from benchwright.ranking.estimate import Estimate
from benchwright.ranking.settings import FitSettings
from benchwright.records.comparison import Comparisons
from benchwright.stats.bradley_terry import ELO_PER_LOGIT

FloatArray = NDArray[np.float64]

MEAN_RATING = 1000.0


def rating_level(votes: Comparisons, found: Estimate, settings: FitSettings) -> FloatArray:
    """Return the rating of strength 0 for every model, (models,): 1000, or what puts the anchor where it should be."""
    shift = np.full(len(votes.models), MEAN_RATING)
    if settings.anchor is None:
        return shift
    name, rating = settings.anchor
    if name not in votes.models:
        raise unknown_name("model to anchor", name, votes.models)
    position = votes.models.index(name)
    # Only its own component has a scale in common with the anchor.
    same = found.component == found.component[position]
    shift[same] = rating - ELO_PER_LOGIT * found.strength[position]
    return shift
