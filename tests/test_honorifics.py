"""The lexicon of honorifics: every term fires in its own example, a user's terms join it, and bad rows are explained."""

import pandas as pd
import pytest

from comity import CorpusError, find_mentions, read_honorifics

OWN = {"term": "gossip", "language": "en", "element": "solidarity", "group": "friend", "counts": "alone"}
ELEMENTS = ["possessive", "epithet", "solidarity", "courtesy", "title"]


def test_every_english_term_fires_in_its_own_example():
    lexicon = read_honorifics()
    rows = lexicon[(lexicon["language"] == "en") & lexicon["element"].isin(ELEMENTS) & (lexicon["group"] != "respectfully")].reset_index(drop=True)
    texts = pd.DataFrame({"version_id": rows.index.astype(str), "text": rows["example"], "kind": "letter"})
    found = find_mentions(texts, lexicon)
    silent = []
    for number, row in rows.iterrows():
        mentions = found[found["version_id"] == str(number)]
        # The noun of a people or party is part of its name.
        element = "name" if row["group"] == "body" else row["element"]
        if not mentions[element].str.lower().str.contains(row["term"].lower().rstrip("."), regex=False).any():
            silent.append((row["term"], row["element"], row["example"]))
    assert silent == [], silent


def test_a_users_terms_join_the_lexicon(tmp_path):
    path = tmp_path / "own.csv"
    pd.DataFrame([OWN]).to_csv(path, index=False)
    for extra in (pd.DataFrame([OWN]), path, str(path)):
        found = find_mentions(pd.DataFrame({"version_id": ["a"], "text": ["My dear gossip Ann Lee came."]}), read_honorifics(extra=extra))
        assert found[["matched", "solidarity"]].values.tolist() == [["My dear gossip Ann Lee", "gossip"]]


def test_a_users_row_replaces_ours():
    own = OWN | {"term": "comrade", "group": "citizen"}
    lexicon = read_honorifics(extra=pd.DataFrame([own]))
    assert lexicon.query("term == 'comrade' and language == 'en' and element == 'solidarity'")["group"].tolist() == ["citizen"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"element": "epithett"}, ["row 2", "element", "'epithett'", "Did you mean 'epithet'"]),
        ({"counts": "always"}, ["row 2", "counts", "alone, beside, joins"]),
        ({"power": "high"}, ["row 2", "power", "raises, level"]),
        ({"term": " "}, ["row 2", "term is blank"]),
    ],
)
def test_a_wrong_cell_is_explained(row, says):
    with pytest.raises(CorpusError) as error:
        read_honorifics(extra=pd.DataFrame([OWN | row]))
    assert all(words in str(error.value) for words in says), error.value


def test_a_missing_column_and_a_missing_file_are_explained(tmp_path):
    with pytest.raises(CorpusError, match="lacks counts"):
        read_honorifics(extra=pd.DataFrame([OWN]).drop(columns="counts"))
    with pytest.raises(CorpusError, match="cannot be opened"):
        read_honorifics(tmp_path / "none.csv")

