"""The closed vocabularies of the tables. What each word means is said in the codebook, `data/README.md`."""

YES_NO = ("yes", "no")
DATE_BASES = ("sent", "published", "id", "month")
MEDIA = ("written", "verbal", "spoken", "unknown")
TRANSLATIONS = ("original", "official", "press", "machine", "retranslation", "unknown")
EXTENTS = ("full", "summary", "opening", "excerpt", "mention", "unknown")
SPEECH = ("direct", "indirect", "mixed", "unknown")
SOURCE_KINDS = ("version", "further", "article", "dataset")
PARTS = ("headline", "text")
SLOTS = ("salutation", "body", "close")
BASES = ("transcribed", "statement", "measured")
POLARITIES = ("present", "absent")
FRAMES = ("headline", "agency", "letter", "reported")
FORMS = ("vocative", "reference", "valediction")
ROLES = ("recipient", "sender", "third", "mixed")
PEOPLE_KINDS = ("name", "office")
MENTION_ELEMENTS = ("possessive", "epithet", "solidarity", "courtesy", "title", "name", "pronoun")
TERM_ELEMENTS = ("possessive", "epithet", "solidarity", "courtesy", "title", "pronoun", "particle")
COUNTS = ("alone", "beside", "joins")
POWER = ("raises", "level")
SOLIDARITY = ("near", "far")
SHOWN_BY = (
    "form present", "form dropped", "form first used", "length", "date", "wording", "tone", "delivery", "nothing here",
)  # fmt: skip
STORY_TERMS = ("noun", "way", "direction", "not", "name")
CUES = ("message", "say", "furniture", "event", "title", "role", "agency", "opener", "pronoun", "label", "work")
VOICE_CUES = (
    "message", "say", "tell", "tell_person", "saying", "opens", "first", "second", "pronoun", "adverb", "connective",
    "send", "receive", "reply", "exchange", "came", "reached", "greet", "direct", "greeted", "follows",
    "abbreviation", "article", "degree", "possessive", "particle", "compound", "of_whom", "modifier", "beside_fraternal", "content",
    "after_person", "copula", "body_end", "give",
)  # fmt: skip
TONE_DIMENSIONS = ("warmth", "deference", "solidarity", "militancy", "protocol", "intensity", "pledge")
SCOPE_KINDS = ("negates", "after", "keeps", "ends")
