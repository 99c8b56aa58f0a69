"""Style: how long a letter is, how long its sentences are, how hard it is to read, and how often each word stands in it."""

from comity.style.measure import STYLE_COLUMNS, measure_style, measure_style_of
from comity.style.tokens import count_tokens, find_token_spans, find_tokens

__all__ = ["STYLE_COLUMNS", "count_tokens", "find_token_spans", "find_tokens", "measure_style", "measure_style_of"]
