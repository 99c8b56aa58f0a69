"""In which language a text is read."""

import pandas as pd

USUAL = "en"


def language_of(texts: pd.DataFrame) -> pd.Series:
    """The language of each text, as its code in small letters without a country or script; English where the table says none.

    Columns in: ``language``, where there is one (a code of ISO 639, as "en" or "zh-Hans"). Out: a Series on the index of the texts.

    >>> language_of(pd.DataFrame({"language": ["EN", "zh-Hans", "", None]})).tolist()
    ['en', 'zh', 'en', 'en']
    """
    if "language" not in texts:
        return pd.Series(USUAL, texts.index, dtype="object")
    codes = {code: _plain(code) for code in texts["language"].unique()}
    return texts["language"].map(codes).astype("object")


def _plain(code: object) -> str:
    return str(code).strip().replace("_", "-").split("-")[0].lower() or USUAL if pd.notna(code) else USUAL
