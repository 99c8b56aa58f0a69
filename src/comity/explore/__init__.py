"""Two letters side by side: in JupyterLab, on a page, in a terminal."""

from comity.explore.choosing import list_choices, search
from comity.explore.gathering import as_letters, recode
from comity.explore.widget import explore

__all__ = ["as_letters", "explore", "list_choices", "recode", "search"]
