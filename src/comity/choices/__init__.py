"""How sure: the same question under every reasonable choice, and which choice breaks the answer."""

from comity.choices.trying import summarise_choices, try_choices

__all__ = ["summarise_choices", "try_choices"]
