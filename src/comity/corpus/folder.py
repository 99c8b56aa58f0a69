"""Where the data are, when nobody says: one answer for every part of comity."""

import os
from pathlib import Path


def usual_folder() -> Path:
    """The folder of `$COMITY_DATA`; else data/ here, or one level up, where the notebooks see it; else the checkout's."""
    if os.environ.get("COMITY_DATA"):
        return Path(os.environ["COMITY_DATA"])
    beside_the_code = Path(__file__).resolve().parents[3] / "data"
    return next((path for path in (Path("data"), Path("../data"), beside_the_code) if path.is_dir()), Path("data"))
