"""The letters of the record and those measured in texts, under one set of names: what every comparison starts from."""

from comity.letters.gathering import Letters, gather_letters
from comity.letters.versions import choose_versions

__all__ = ["Letters", "choose_versions", "gather_letters"]
