"""Contrasts: letters, groups of letters, and the versions of one letter, held against each other.

`measures` takes the measures of single letters; `rates`, `means` and `keyness` hold the statistics; `messages`, `groups`, `people`, `words`
and `versions` compare; `likeness` and `map` say which letters are alike; `concordance` and `alignment` lead back to the texts. `counts` reads
the words to compare.

Whether the measures of tone are valid is asked by `known_groups` (do groups of stories whose kind anybody can tell come out in the expected
order?), `carriers` (which terms carry a score, and what is left without the strongest?) and `general_lexicon` (where do they agree with a
general lexicon of good and bad words?). The answers stand in benchmarks/README.md.
"""

from comity.contrasts.alignment import align_versions, summarise_alignment
from comity.contrasts.collation import spread_versions, summarise_versions
from comity.contrasts.concordance import find_concordance
from comity.contrasts.groups import compare_groups
from comity.contrasts.keyness import name_p
from comity.contrasts.known_groups import compare_known_groups, measure_rates
from comity.contrasts.likeness import measure_likeness
from comity.contrasts.map import map_messages
from comity.contrasts.measures import list_dimensions, measure_tone
from comity.contrasts.messages import compare_messages
from comity.contrasts.people import find_offices, rank_people
from comity.contrasts.versions import compare_versions
from comity.contrasts.words import compare_words

__all__ = [
    "align_versions", "compare_groups", "compare_known_groups", "compare_messages", "compare_versions", "compare_words", "find_concordance",
    "find_offices", "list_dimensions", "map_messages", "measure_likeness", "measure_rates", "measure_tone", "name_p", "rank_people",
    "spread_versions", "summarise_alignment", "summarise_versions",
]  # fmt: skip
