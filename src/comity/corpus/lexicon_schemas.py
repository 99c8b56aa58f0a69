"""What each lexicon of a data folder holds: one schema a lexicon. See `comity.corpus.schemas` for the other tables."""

from comity.corpus.columns import choice, identifier, language, table_of, text
from comity.corpus.vocabularies import (
    COUNTS,
    CUES,
    POWER,
    SCOPE_KINDS,
    SLOTS,
    SOLIDARITY,
    STORY_TERMS,
    TERM_ELEMENTS,
    VOICE_CUES,
    YES_NO,
)

HONORIFICS = table_of("honorifics", {
    "term": text(blank=False),
    "language": language(),
    "element": choice(TERM_ELEMENTS),
    "group": text(blank=False),
    "gloss": text(),
    "counts": choice(COUNTS),
    "power": choice(POWER, blank=True),
    "solidarity": choice(SOLIDARITY, blank=True),
    "reason": text(),
    "source": text(blank=False),
    "example": text(blank=False),
    "ambiguous": choice(YES_NO),
    "example_version": text(),
    "note": text(),
}, unique=["term", "language", "element", "group"])  # fmt: skip

MESSAGE_STORIES = table_of("message_stories", {
    "term": identifier(),
    "kind": choice(STORY_TERMS),
    "example": text(blank=False),
    "note": text(),
})  # fmt: skip

ARTICLE_CUES = table_of("article_cues", {
    "term": text(blank=False),
    "kind": choice(CUES),
    "example": text(blank=False),
    "note": text(),
}, unique=["term", "kind"])  # fmt: skip

SPEECH_CUES = table_of("speech_cues", {
    "term": text(blank=False),
    "kind": choice(VOICE_CUES),
    "example": text(blank=False),
    "note": text(),
}, unique=["term", "kind"])  # fmt: skip

TONE = table_of("tone", {
    "term": text(blank=False),
    "forms": text(),
    "language": language(),
    "dimension": text(blank=False),
    "sense": text(),
    "source": text(blank=False),
    "example": text(blank=False),
    "reason": text(blank=False),
    "note": text(),
}, unique=["term", "language"])  # fmt: skip

SCOPE = table_of("scope", {
    "term": text(blank=False),
    "forms": text(),
    "kind": choice(SCOPE_KINDS),
    "language": language(),
    "reach": text(),
    "example": text(blank=False),
    "note": text(),
}, unique=["term", "kind", "language"])  # fmt: skip

FORMULAS = table_of("formulas", {
    "formula": text(blank=False),
    "language": language(),
    "words": text(blank=False),
    "counted": choice(YES_NO),
    "slot": choice(SLOTS, blank=True),
    "source": text(blank=False),
    "example": text(blank=False),
    "reason": text(blank=False),
    "note": text(),
}, unique=["formula", "language"])  # fmt: skip

OCCASIONS = table_of("occasions", {
    "term": text(blank=False),
    "occasion": text(blank=False),
    "language": language(),
    "example": text(blank=False),
    "note": text(),
}, unique=["term", "language"])  # fmt: skip

LEXICONS = (HONORIFICS, MESSAGE_STORIES, ARTICLE_CUES, SPEECH_CUES, TONE, SCOPE, FORMULAS, OCCASIONS)
