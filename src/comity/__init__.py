"""comity: how leaders address each other, with the evidence.

The pipeline, in its order; every function takes tables and returns new ones:

1. Reading: :func:`read_corpus` (a data folder; :func:`find_problems` says what is wrong with one), :func:`read_letters` (letters of your own, in any
   form), :func:`read_archive` (a news agency's archive), :func:`read_article` (a news article and its quotations).
2. Texts: :func:`split_frames` (whose words each sentence of a text is, and whose message it tells of), :func:`find_mentions` (every form of
   address: its characters, its voice, whom it honours), by a lexicon (:func:`read_honorifics`); :func:`find_tone` (every term of tone;
   :func:`read_tone`), :func:`measure_style` (length, sentences, readability). :func:`measure_texts` makes tables of a whole collection,
   as `comity measure` writes them; :func:`read_measurements` reads these again.
3. What was seen: :func:`measure_record` (how much of each message), :func:`list_versions` (of one message),
   :func:`find_forms` (the form of address behind each mention), :func:`name_forms` (what a reader is told it is called),
   :func:`gloss_mentions` (the words in English), :func:`date_as_known` (days, and months where no day is known),
   :func:`list_silent_terms` (what of the lexicon was found nowhere).
4. Evidence: :func:`find_evidence` (attested, reported, absent or not observable, slot by slot),
   :func:`summarise_evidence` (a message at a time), :func:`tabulate_evidence` (slot by slot, in words),
   :func:`find_salutation_practice` (who leaves salutations out),
   :func:`list_evidence` (the words behind it, version by version), :func:`add_sources` (where they were published),
   :func:`measure_lengths` and :func:`compare_lengths` (with bounds), :func:`count_naively` (what a counter of words
   would conclude).
   Over time: :func:`find_ladder` (every form ever used to a recipient, and since when), :func:`compare_renderings`
   (which words of the translations stand for which of the original).
5. Contrasts: :func:`gather_letters` (the letters of the record and those measured, under one set of names), then :func:`measure_tone`,
   :func:`compare_messages` (one letter against one), :func:`compare_groups` (by message), :func:`compare_words` (keyness),
   :func:`compare_versions` (the versions of one message, unit by unit); more of them are in :mod:`comity.contrasts`.
6. What was left unsaid: :func:`find_omissions`; the habits behind it are in :mod:`comity.habits`.
7. Claims and choices: :func:`check_claims` (what others assert), :func:`try_choices` (would another choice have changed the answer?).
8. The page: :func:`say`, :func:`claim`, :func:`phrase`, :func:`show`, :func:`show_text` (a text with its forms of
   address marked), :func:`provenance`; figures are in :mod:`comity.figures`.

Errors: :class:`CorpusError` (the data), :class:`ClaimError` (a sentence).
"""

from comity.address import find_mentions
from comity.choices import try_choices
from comity.claims import check_claims
from comity.contrasts import compare_groups, compare_messages, compare_versions, compare_words, measure_tone
from comity.corpus import find_problems, read_corpus
from comity.errors import ClaimError, CorpusError
from comity.evidence import find_evidence, summarise_evidence
from comity.explore import explore
from comity.forms import find_forms, gloss_mentions, list_silent_terms, name_forms
from comity.habits import find_omissions
from comity.honorifics import read_honorifics
from comity.ladder import find_ladder
from comity.lengths import compare_lengths, measure_lengths
from comity.letters import gather_letters
from comity.listings import add_sources, date_as_known, list_evidence, list_versions, tabulate_evidence
from comity.measure import measure_texts, read_measurements
from comity.naive import count_naively
from comity.page import claim, phrase, provenance, say, show, show_text
from comity.record import SEEN, measure_record
from comity.renderings import compare_renderings
from comity.slots import PLACES, find_salutation_practice
from comity.sources import read_archive, read_article, read_letters
from comity.speech import split_frames
from comity.style import measure_style
from comity.tone import find_tone, read_tone

__all__ = [
    "PLACES", "SEEN", "ClaimError", "CorpusError", "add_sources", "check_claims", "claim", "compare_groups", "compare_lengths",
    "compare_messages", "compare_renderings", "compare_versions", "compare_words", "count_naively", "date_as_known", "explore", "find_evidence",
    "find_forms", "find_ladder", "find_mentions", "find_omissions", "find_problems", "find_salutation_practice", "find_tone", "gather_letters",
    "gloss_mentions", "list_evidence", "list_silent_terms", "list_versions", "measure_lengths", "measure_record", "measure_style",
    "measure_texts", "measure_tone", "name_forms", "phrase", "provenance", "read_archive", "read_article", "read_corpus", "read_honorifics",
    "read_letters", "read_measurements", "read_tone", "say", "show", "show_text", "split_frames", "summarise_evidence", "tabulate_evidence",
    "try_choices",
]  # fmt: skip
