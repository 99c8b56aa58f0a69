"""Tone: the words of a letter that carry warmth, deference, solidarity and more, and what turns them around."""

from comity.tone.hits import TONE_COLUMNS, find_tone, find_tone_in, list_silent_tone
from comity.tone.lexicon import list_forms, read_tone

__all__ = ["TONE_COLUMNS", "find_tone", "find_tone_in", "list_forms", "list_silent_tone", "read_tone"]
