"""Whose voice: the sentences of a text, which of them are the letter's own words, and whose letter it is."""

from comity.speech.frames import split_frames

__all__ = ["split_frames"]
