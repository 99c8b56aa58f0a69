"""The record: a data folder, read strictly, checked, and typed.

``encoding`` and ``tables`` read a file row by row; ``schemas`` (with its ``columns`` and ``vocabularies``) says what
each table holds; ``contents``, ``rules`` and ``keys`` find what is wrong in it; ``check`` runs them all over a folder;
``reading`` hands out the sound tables as a :class:`Corpus`. A ``problem`` is one finding, with its remedy.
"""

from comity.corpus.check import find_problems
from comity.corpus.reading import Corpus, empty_corpus, read_corpus

__all__ = ["Corpus", "empty_corpus", "find_problems", "read_corpus"]
