"""The tables of data/ against the register they are built from: nothing lost, nothing changed, everything explained."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
SOURCE, DATA = ROOT / ".." / "shared" / "register", ROOT / "data"
GENERATOR = DATA / "from-register"
GENERATED = ("messages", "versions", "sources", "mentions", "phrases", "token_counts", "lengths")

pytestmark = pytest.mark.skipif(not SOURCE.is_dir(), reason="the register (../shared/register) is not here")


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def items(column):
    return column.str.split("|").explode().loc[lambda cells: cells != ""]


@pytest.fixture(scope="module")
def register():
    return read(SOURCE / "versions.csv").set_index("version_id")


@pytest.fixture(scope="module")
def mentions():
    return read(DATA / "mentions.csv")


@pytest.fixture(scope="module")
def honours():
    return read(GENERATOR / "honorifics.csv")


def seen_terms():
    """The words of the lexicon that stand in the register; it holds more."""
    return read(DATA / "lexicons" / "honorifics.csv").query("example_version != ''")


def test_generating_again_gives_the_same_bytes(tmp_path):
    subprocess.run([sys.executable, GENERATOR / "normalise.py", SOURCE, tmp_path], check=True)
    assert {path.stem for path in tmp_path.iterdir()} == set(GENERATED)
    differing = [n for n in GENERATED if (tmp_path / f"{n}.csv").read_bytes() != (DATA / f"{n}.csv").read_bytes()]
    assert differing == []


def test_every_message_is_kept(register):
    messages = read(DATA / "messages.csv").set_index("message_id")
    assert len(messages) == 120
    assert set(messages.index) == set(register["message_id"])
    ours = register[["message_id", "sender", "recipient"]].drop_duplicates().set_index("message_id")
    assert messages[["sender", "recipient"]].equals(ours.loc[messages.index])


def test_every_version_is_kept_as_it_was(register):
    versions = read(DATA / "versions.csv").set_index("version_id")
    assert len(versions) == 353
    kept = ["message_id", "language", "date_published", "words", "salutation", "valediction"]
    assert versions.loc[register.index, kept].equals(register[kept])
    called = read(GENERATOR / "outlet_names.csv").set_index("outlet")["called"]
    assert versions.loc[register.index, "outlet"].equals(register["outlet"].replace(called.to_dict()))
    assert (versions["speech"].loc[register.index] == register["speech_mode"].replace("", "unknown")).all()


def test_every_note_is_kept(register):
    versions = read(DATA / "versions.csv").set_index("version_id")["note"]
    lost = [key for key, note in register["note"].items() if not versions[key].startswith(note)]
    assert lost == []


def test_every_day_of_sending_is_kept(register):
    sent = read(DATA / "messages.csv").set_index("message_id")["date_sent"]
    exceptions = read(GENERATOR / "date_exceptions.csv")
    assert (exceptions["why"] != "").all() and (exceptions["date_sent"] == "").all()
    dated = register[(register["date_sent"] != "") & ~register["message_id"].isin(exceptions["message_id"])]
    assert (dated["message_id"].map(sent) == dated["date_sent"]).all()
    assert set(sent.index[sent == ""]) == set(register["message_id"]) - set(dated["message_id"])


def test_no_version_was_published_before_its_message_was_sent():
    messages, versions = read(DATA / "messages.csv"), read(DATA / "versions.csv")
    both = versions.merge(messages, on="message_id").query("date_published != '' and date_sent != ''")
    assert both.loc[both["date_published"] < both["date_sent"], "version_id"].tolist() == []


def test_every_address_of_a_page_is_kept(register):
    sources = read(DATA / "sources.csv")
    own = sources[sources["kind"] == "version"].set_index("version_id")["url"]
    assert own.loc[register.index].equals(register["url"])
    assert sources["source_id"].is_unique


@pytest.mark.parametrize("trace", [
    "3481959", "81813", "ytn.co.kr/_ln/0101_201810120912510767", "china.hket.com/article/2639026",
    "AEN20201001000500325", "kcna.co.jp/item/2021/202110/news23/20211023-02ee.html", "Seq_Code=188293", "artsakh.news",
])  # fmt: skip
def test_every_address_in_a_note_is_a_source_of_its_version(trace, register):
    noted = register.index[register["note"].str.contains(trace, regex=False)]
    sources = read(DATA / "sources.csv").query("kind == 'further'")
    # Where the register gives only a number of a page, the number stays in the note: no address is made up from it.
    found = sources[(sources["url"] + " " + sources["note"]).str.contains(trace, regex=False)]
    assert len(noted) == 1
    assert found["version_id"].tolist() == list(noted)


def test_no_other_note_holds_an_address(register):
    looks_like_one = r"https?:|\.(?:com|kr|jp|news|org)/|\w_?(?:no|num|Code)=|AEN\d"
    noted = register.index[register["note"].str.contains(looks_like_one)]
    sources = read(DATA / "sources.csv").query("kind == 'further'")
    assert set(noted) <= set(sources["version_id"])


def test_every_form_of_address_is_a_mention(register, mentions):
    """In the order of the register, each as often as there; what was added stands in added.csv or repeats in the close."""
    own = mentions[~mentions["mention_id"].isin(_added(mentions)) & ~mentions["mention_id"].isin(_agency(mentions))]
    once = own[~_closing_repetition(own)]
    theirs = items(register["address_terms"])
    assert len(theirs) == 592
    for version_id, terms in theirs.groupby(level=0):
        assert once.loc[once["version_id"] == version_id, "matched"].tolist() == terms.tolist(), version_id
    assert len(once) == len(theirs)


def _agency(mentions):
    """The mentions that come from agency_honorifics: without those among the address terms."""
    bestowed = mentions[mentions["frame"].isin(["headline", "agency"])]
    terms = read(GENERATOR / "terms.csv").query("frame in ('headline', 'agency')")
    listed = set(zip(terms["version_id"], terms["term"]))
    ours = [pair not in listed for pair in zip(bestowed["version_id"], bestowed["matched"])]
    return bestowed.loc[ours, "mention_id"]


def _added(mentions):
    added = read(GENERATOR / "added.csv")
    keys = ["version_id", "matched", "slot", "basis"]
    both = mentions.merge(added[keys], on=keys)
    assert len(both) == len(added)
    return both["mention_id"]


def _closing_repetition(mentions):
    """A row with slot close right behind a row of the same words."""
    before = mentions[["version_id", "matched"]].shift()
    same = (mentions[["version_id", "matched"]] == before).all(axis="columns")
    return same & (mentions["slot"] == "close")


def test_every_honorific_of_an_agency_is_a_mention(register, mentions, honours):
    cells = register.loc[register["agency_honorifics"] != "", "agency_honorifics"]
    assert len(cells) == 124
    assert set(cells) == set(honours["register"])
    expected = cells.rename("register").reset_index().merge(honours, on="register")
    expected = expected[expected["frame"].isin(["headline", "agency"])]
    found = mentions[mentions["mention_id"].isin(_agency(mentions))]
    keys = ["version_id", "frame", "matched", "honoree"]
    assert sorted(map(tuple, expected[keys].values)) == sorted(map(tuple, found[keys].values))


def test_every_word_of_an_honorific_is_from_its_cell(honours):
    bestowed = honours[honours["frame"].isin(["headline", "agency"])]
    strange = [row["matched"] for row in bestowed.to_dict("records") if row["matched"] not in row["register"]]
    assert strange == []


def test_an_honorific_listed_among_the_address_terms_is_counted_there_as_the_agencys(register, mentions, honours):
    listed = honours[honours["frame"] == "term"].set_index("register")["matched"]
    for version_id, matched in register["agency_honorifics"].map(listed).dropna().items():
        found = mentions[(mentions["version_id"] == version_id) & (mentions["matched"] == matched)]
        assert found["frame"].tolist() == ["agency"], version_id
    assert len(listed) == 2


def test_what_an_honorific_is_not_is_kept_in_the_note(register, honours):
    versions = read(DATA / "versions.csv").set_index("version_id")["note"]
    remarks = honours[honours["frame"] == "none"].set_index("register")["note"]
    told = register["agency_honorifics"].map(remarks).dropna()
    assert len(told) == 2
    assert all(versions[key].endswith(remark) for key, remark in told.items())


def test_every_salutation_has_one_mention(register, mentions):
    with_line = register[register["salutation"] != ""]
    assert len(with_line) == 39
    lines = mentions[(mentions["slot"] == "salutation") & (mentions["frame"] == "letter")].set_index("version_id")
    for version_id, line in with_line["salutation"].items():
        assert lines.loc[[version_id], "matched"].tolist() == [line.rstrip(",、:!")], version_id
        assert lines.loc[[version_id], "form"].tolist() == ["vocative"], version_id


def test_every_form_in_a_valediction_has_a_mention_in_the_close(register, mentions):
    closes = mentions[mentions["slot"] == "close"].groupby("version_id")["matched"].agg(list)
    terms = seen_terms().query("element in ('epithet', 'solidarity', 'title', 'pronoun')")
    for version_id, row in register[register["valediction"] != ""].iterrows():
        own = terms.loc[terms["language"] == row["language"], "term"]
        spaced = f" {row['valediction'].replace(',', ' ').replace('.', ' ')} "
        held = [term for term in own if (f" {term} " if term.isascii() else term) in spaced]
        missing = [term for term in held if not any(term in close for close in closes.get(version_id, []))]
        assert missing == [], version_id


def test_every_phrase_is_kept_in_order(register):
    phrases = read(DATA / "phrases.csv")
    theirs = items(register["notable_epithets"]).groupby(level=0).agg(list)
    assert phrases.groupby("version_id")["phrase"].agg(list).equals(theirs)
    assert len(phrases) == 426


def test_counts_and_lengths_are_kept():
    assert len(read(DATA / "token_counts.csv").merge(read(SOURCE / "token_counts.csv"))) == 2894
    units = ["version_id", "whitespace_words", "tokens", "sentences", "characters"]
    ours, theirs = read(DATA / "lengths.csv")[units], read(SOURCE / "lengths.csv")[units]
    assert ours.equals(theirs.sort_values("version_id", ignore_index=True))


def test_elements_are_words_of_the_mention(mentions):
    elements = ["possessive", "epithet", "solidarity", "courtesy", "title", "name", "pronoun"]
    versions = read(DATA / "versions.csv").set_index("version_id")["language"]
    epithets = seen_terms().query("element == 'epithet'").groupby("language")["term"].agg(list)
    for mention in mentions.to_dict("records"):
        rest = mention["matched"]
        for element in elements:
            for word in mention[element].split():
                assert word in rest, mention["mention_id"]
                rest = rest.replace(word, " ", 1)
        unseen = [term for term in epithets.get(versions[mention["version_id"]], []) if term.casefold() in rest.casefold()]
        assert unseen == [], mention["mention_id"]


def test_every_term_of_the_lexicon_stands_in_its_example(register):
    columns = ["address_terms", "salutation", "valediction", "agency_honorifics", "notable_epithets"]
    everything = register[columns].agg("\n".join, axis="columns").str.casefold()
    for row in seen_terms().to_dict("records"):
        assert row["term"].casefold() in everything[row["example_version"]], row["term"]
        assert register.loc[row["example_version"], "language"] == row["language"], row["term"]


def test_every_decision_is_used(register):
    outlets, occasions = read(GENERATOR / "outlets.csv"), read(GENERATOR / "occasions.csv")
    assert set(outlets["outlet"]) == set(register["outlet"])
    assert set(occasions["register"]) == set(register["occasion"])
    assert set(read(GENERATOR / "outlet_names.csv")["outlet"]) <= set(register["outlet"])
    terms = read(GENERATOR / "terms.csv")
    theirs = items(register["address_terms"])
    assert set(zip(terms["version_id"], terms["term"])) <= set(theirs.items())
    for name in ("extent_exceptions", "translation_exceptions", "added", "further_sources", "terms"):
        assert set(read(GENERATOR / f"{name}.csv")["version_id"]) <= set(register.index), name


def test_every_exception_says_why():
    for name in ("extent_exceptions", "translation_exceptions", "added", "terms", "outlets", "outlet_names", "elements_by_hand"):
        assert (read(GENERATOR / f"{name}.csv")["why"] != "").all(), name


@pytest.mark.parametrize(("mention", "expected"), [
    (("xi-kim-2024-01-01__kcna__en", "the respected Comrade Kim Jong Un"), ("agency", "", "recipient")),
    (("xi-kim-2024-09-09__kcna-kcnawatch__en", "the respected Comrade Kim Jong Un"), ("agency", "", "recipient")),
    (("putin-kim-2021-09-09__kkfonline-kcna-copy__en", "the respected Comrade Kim Jong Un"), ("agency", "", "recipient")),
    (("kim-putin-2023-06-12__thenewsontime-tass__en", "Comrade Kim Jong-un"), ("agency", "", "sender")),
    (("kim-xi-2024-10-06__kcna-stiles-archive__en", "Respected Comrade"), ("headline", "", "sender")),
    (("kim-xi-2019-10-06__rodong-sinmun-web-uridongpo__ko", "존경하는 총서기동지"), ("letter", "salutation", "recipient")),
    (("kim-xi-2019-10-01__tv-chosun-quoting-kcna__ko", "존경하는 총서기 동지"), ("letter", "close", "recipient")),
    (("kim-xi-2019-04-17__dong-a-news1-quoting-rodong__ko", "존경하는 총서기 동지"), ("letter", "body", "recipient")),
    (("kim-putin-2025-10-07__korea-herald__en", "‘closest comrade’"), ("headline", "", "recipient")),
    (("kim-putin-2025-06-11__dobriymir-mirtesen__ru", "Самый близкий мой товарищ"), ("letter", "body", "recipient")),
    (("xi-kim-2023-01-17__rodong-sinmun__en", "Comrade Jiang Zemin"), ("letter", "body", "third")),
])  # fmt: skip
def test_voice_place_and_role(mention, expected, mentions):
    found = mentions[(mentions["version_id"] == mention[0]) & (mentions["matched"] == mention[1])]
    assert found[["frame", "slot", "role"]].apply(tuple, axis="columns").tolist() == [expected]
