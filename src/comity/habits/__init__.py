"""Habits: what a sender usually writes, how surprising it is where it is missing, and how much of a letter is formula."""

from comity.habits.omissions import find_omissions
from comity.habits.repetition import measure_repetition
from comity.habits.sightings import KINDS, find_habits
from comity.habits.surprise import measure_surprise
from comity.habits.wording import word_omissions

__all__ = ["KINDS", "find_habits", "find_omissions", "measure_repetition", "measure_surprise", "word_omissions"]
