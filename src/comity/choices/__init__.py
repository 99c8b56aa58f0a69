"""How sure: the same question under every reasonable choice, and which choice breaks the answer."""

from comity.choices.questions import ask_absence, ask_dropped, ask_tone, find_strongest
from comity.choices.trying import summarise_choices, try_choices

__all__ = ["ask_absence", "ask_dropped", "ask_tone", "find_strongest", "summarise_choices", "try_choices"]
