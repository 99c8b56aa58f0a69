"""Where the data are, when nobody says: one answer for every part of comity."""

import os
from pathlib import Path


# The data of the checkout from which the library is run.
BESIDE_THE_CODE = Path(__file__).resolve().parents[3] / "data"


def usual_folder() -> Path:
    """The folder of `$COMITY_DATA`; else data/ here, or one level up, where the notebooks see it; else the checkout's."""
    if os.environ.get("COMITY_DATA"):
        return Path(os.environ["COMITY_DATA"])
    return next((path for path in (Path("data"), Path("../data"), BESIDE_THE_CODE) if path.is_dir()), Path("data"))
