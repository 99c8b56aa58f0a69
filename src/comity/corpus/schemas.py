"""What each table of a data folder holds: one schema a table.

A schema describes a table as it stands in its file, where every cell is text and blank means "not stated" or "not seen".
The codebook, `data/README.md`, says what the columns mean, and a test holds the two together.
"""

from comity.corpus.columns import address, choice, date, identifier, integer, language, table_of, text, verbatim
from comity.corpus.lexicon_schemas import LEXICONS
from comity.corpus.vocabularies import (
    BASES,
    DATE_BASES,
    EXTENTS,
    FORMS,
    FRAMES,
    MEDIA,
    MENTION_ELEMENTS,
    PARTS,
    PEOPLE_KINDS,
    POLARITIES,
    ROLES,
    SHOWN_BY,
    SLOTS,
    SOURCE_KINDS,
    SPEECH,
    TRANSLATIONS,
    YES_NO,
)

MESSAGES = table_of("messages", {
    "message_id": identifier(),
    "sender": text(blank=False),
    "recipient": text(blank=False),
    "date_sent": date(),
    "date": date(blank=False),
    "date_basis": choice(DATE_BASES),
    "medium": choice(MEDIA),
    "occasion": text(blank=False),
    "occasion_count": integer(least=1),
    "occasion_detail": text(),
    "reply": choice(YES_NO),
    "note": text(),
})  # fmt: skip

VERSIONS = table_of("versions", {
    "version_id": identifier(),
    "message_id": text(blank=False),
    "outlet": text(blank=False),
    "publisher": text(blank=False),
    "language": language(),
    "translation": choice(TRANSLATIONS),
    "date_published": date(),
    "extent": choice(EXTENTS),
    "speech": choice(SPEECH),
    "words": integer(least=1),
    "salutation": text(),
    "valediction": text(),
    "note": text(),
})  # fmt: skip

SOURCES = table_of("sources", {
    "source_id": identifier(),
    "kind": choice(SOURCE_KINDS),
    "version_id": text(),
    "outlet": text(),
    "url": address(),
    "note": text(),
})  # fmt: skip

MENTIONS = table_of("mentions", {
    "mention_id": identifier(),
    "version_id": text(blank=False),
    "part": choice(PARTS),
    "slot": choice(SLOTS, blank=True),
    "start": integer(),
    "end": integer(least=1),
    "matched": text(blank=False),
    "basis": choice(BASES),
    "polarity": choice(POLARITIES),
    "frame": choice(FRAMES),
    "form": choice(FORMS),
    "honoree": text(),
    "role": choice(ROLES),
    **{element: text() for element in MENTION_ELEMENTS},
    "note": text(),
})  # fmt: skip

PHRASES = table_of("phrases", {
    "version_id": text(blank=False),
    "position": integer(least=1, blank=False),
    "phrase": text(blank=False),
}, unique=["version_id", "position"])  # fmt: skip

PEOPLE = table_of("people", {
    "person": text(blank=False),
    "kind": choice(PEOPLE_KINDS),
    "language": language(),
    "value": text(blank=False),
    "since": date(),
    "until": date(),
    "note": text(),
}, unique=["person", "kind", "language", "value", "since"])  # fmt: skip

TOKEN_COUNTS = table_of("token_counts", {
    "version_id": text(blank=False),
    "token": text(blank=False),
    "n": integer(least=1, blank=False),
}, unique=["version_id", "token"])  # fmt: skip

LENGTHS = table_of("lengths", {
    "version_id": identifier(),
    "extent": choice(EXTENTS),
    **{unit: integer(least=1, blank=False) for unit in ("whitespace_words", "tokens", "sentences", "characters")},
})  # fmt: skip

PASSAGES = table_of("passages", {
    "passage_id": identifier(),
    "article": text(blank=False),
    "part": choice(PARTS),
    "start": integer(blank=False),
    "end": integer(least=1, blank=False),
    "text": verbatim(),
    "marks": text(),
    "balanced": choice(YES_NO),
    "speaker": text(),
    "speech": choice(SPEECH),
    "message_id": text(),
    "reason": text(),
})  # fmt: skip

CLAIMS = table_of("claims", {
    "claim_id": identifier(),
    "articles": text(blank=False),
    "claim": text(blank=False),
    "messages": text(),
    "shown_by": choice(SHOWN_BY),
    "form": text(),
    "slot": choice(SLOTS, blank=True),
    "compared_with": text(),
    "expected": text(),
    "testable": choice(YES_NO),
    "reason": text(),
})  # fmt: skip

DELIVERIES = table_of("deliveries", {
    "version_id": text(blank=False),
    "date": date(),
    "what": text(blank=False),
    "note": text(),
})  # fmt: skip

_RECORD = (
    MESSAGES, VERSIONS, MENTIONS, PHRASES, PEOPLE, SOURCES, TOKEN_COUNTS, LENGTHS, PASSAGES, CLAIMS, DELIVERIES,
)  # fmt: skip
SCHEMAS = {schema.name: schema for schema in (*_RECORD, *LEXICONS)}
FILES = (
    {schema.name: f"{schema.name}.csv" for schema in _RECORD}
    | {schema.name: f"lexicons/{schema.name}.csv" for schema in LEXICONS}
)
ESSENTIAL = ("messages", "versions", "mentions")
