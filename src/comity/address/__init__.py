"""Forms of address: who honours whom, with which words, in whose voice."""

from comity.address.mentions import MENTION_COLUMNS, find_mentions

__all__ = ["MENTION_COLUMNS", "find_mentions"]
