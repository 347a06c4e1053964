"""What writers change about searching without a deployment: synonyms, dictionary words, pins.

`current()` is what is in force in this process; `generations.state()` keeps it so with the query
that each search makes already. `trying` puts a proposal in force for the caller alone.
"""

from .current import current, follow, trying
from .rules import NOTHING, Expansion, PinRule, SynonymRule, Tuning

__all__ = [
    "NOTHING",
    "Expansion",
    "PinRule",
    "SynonymRule",
    "Tuning",
    "current",
    "follow",
    "trying",
]
