"""Tone: our lexicon and its words of scope, the hits in a text, and a lexicon of one's own."""

import csv
import json
import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.address import find_mentions
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError
from comity.sources import read_archive
from comity.speech import split_frames
from comity.tone import TONE_COLUMNS, find_tone, find_tone_in, list_forms, list_silent_tone, read_tone
from comity.tone.hits import CONTEXT, Reader, show_context
from comity.tone.lexicon import NONE, read_scope

CASES = Path(__file__).parent / "cases" / "tone"
ARCHIVE = Path(__file__).parents[2] / "shared" / "kcna" / "headlines_2024-11-11.json"
LEXICON = read_tone()
SCOPE = pd.read_csv(Path(__file__).parents[1] / "data/lexicons/scope.csv", dtype="str", keep_default_na=False)
READER = Reader(LEXICON, "en")
STORIES = json.loads((CASES / "stories.json").read_text(encoding="utf-8"))


def letter(text: str, **more) -> pd.DataFrame:
    return pd.DataFrame({"version_id": ["a"], "text": [text], "kind": ["letter"]} | {name: [value] for name, value in more.items()})


def story(case: dict) -> pd.DataFrame:
    return pd.DataFrame({"version_id": ["a"], "headline": [case["headline"]], "text": [case["text"]]})


def told(hits: pd.DataFrame) -> str:
    """The hits in one line, as the cases have them."""
    return "|".join(f"{' '.join(hit.matched.split())}:{hit.dimension}:{hit.negated}" for hit in hits.itertuples())


def read_cases() -> list:
    with open(CASES / "terms.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    limits = {row["label"]: (pytest.mark.xfail(strict=True, reason=row["reason"]),) for row in rows if row["status"] == "fail"}
    return [pytest.param(row["text"], row["expected"], id=row["label"], marks=limits.get(row["label"], ())) for row in rows]


@pytest.mark.parametrize(("text", "expected"), read_cases())
def test_terms_in_letters(text, expected):
    assert told(find_tone(letter(text))) == expected


def test_known_limits_have_a_reason():
    cases = pd.read_csv(CASES / "terms.csv", dtype="str", keep_default_na=False)
    assert set(cases["status"]) == {"pass", "fail"} and ((cases["status"] == "fail") == (cases["reason"] != "")).all()
    assert not cases["label"].duplicated().any()


# --- our lexicon


def test_every_term_has_a_source_an_example_and_a_reason():
    assert set(LEXICON["dimension"]) == {*TONE_DIMENSIONS, NONE}
    assert LEXICON.loc[(LEXICON[["source", "example", "reason"]] == "").any(axis="columns"), "term"].tolist() == []


def test_an_example_is_no_passage():
    assert LEXICON.loc[LEXICON["example"].str.split().str.len() > CONTEXT, "term"].tolist() == []


def test_every_example_fires_its_term():
    rows = LEXICON[LEXICON["dimension"] != NONE].itertuples()
    silent = [row.term for row in rows if (row.term, False) not in {(hit.code.term, no) for hit, no in READER.read(row.example)}]
    assert silent == [], "these terms do not stand in their own examples, or a longer term or a negation takes them"


def test_every_example_of_words_that_must_not_count_holds_them():
    rows = LEXICON[LEXICON["dimension"] == NONE].itertuples()
    silent = [row.term for row in rows if row.term not in {hit.code.term for hit in READER.terms.find(row.example)}]
    assert silent == []


def test_no_form_is_shadowed():
    forms = list_forms(LEXICON)
    shadowed = []
    for form, term in zip(forms["form"], forms["term"], strict=True):
        hits = READER.terms.find(form)
        if [(hit.code.term, form[hit.start : hit.end]) for hit in hits] != [(term, form.rstrip("."))]:
            shadowed.append(form)
    assert shadowed == [], "these forms by themselves are not found whole and once as their own term"


def test_words_that_must_not_count_are_needed():
    """A form of the dimension none takes a scoring term out; without one in it, it would do nothing."""
    scoring = Reader(LEXICON[LEXICON["dimension"] != NONE], "en")
    forms = list_forms(LEXICON[LEXICON["dimension"] == NONE])["form"]
    assert [form for form in forms if not scoring.read(form)] == []


def test_the_term_is_one_of_its_forms():
    assert [row.term for row in LEXICON.itertuples() if row.term not in row.forms.split("|")] == []


# --- our words of scope


@pytest.mark.parametrize("row", list(SCOPE.itertuples(index=False)), ids=SCOPE["term"] + ", " + SCOPE["kind"])
def test_every_word_of_scope_does_in_its_example_what_it_is_said_to_do(row):
    forms = (row.forms or row.term).split("|")
    marks = READER.scope.matcher.find(row.example)
    assert [mark for mark in marks if row.kind in mark.code.kinds and row.example[mark.start : mark.end].lower() in forms]
    hits = READER.read(row.example)
    assert hits, "the example has no term of tone"
    assert hits[-1][1] == (row.kind in ("negates", "after") or row.term == "nor")


def test_no_word_of_scope_is_shadowed():
    marks = {form: READER.scope.matcher.find(form) for form in read_scope()["form"]}
    assert [form for form, found in marks.items() if [(mark.start, mark.end) for mark in found] != [(0, len(form))]] == []


def test_the_reach_of_a_negation_is_that_of_the_lexicon():
    reach = int(SCOPE.set_index("term").loc["not", "reach"])
    for between in range(reach + 2):
        hits = find_tone(letter(f"It is not {'x ' * between}friendship."))
        assert hits["negated"].tolist() == ["yes" if between <= reach else "no"]


# --- frames, places, contexts, addresses


@pytest.mark.parametrize("case", STORIES, ids=[case["label"] for case in STORIES])
def test_whose_words_count(case):
    hits = find_tone(story(case), frames=tuple(case["frames"]) if "frames" in case else ("letter",))
    assert told(hits) == case["expected"]
    assert set(hits["frame"]) <= set(case.get("frames", ["letter"]))


def test_no_other_frames():
    with pytest.raises(CorpusError) as error:
        find_tone(letter("Dear friend"), frames=("letters",))
    assert str(error.value) == "There is no frame 'letters'. Frames are headline, agency, letter, reported."


def test_a_hit_tells_where_it_is_and_of_whose_message():
    text = "Ann Lee sent a message to Bob Moe. The message said: I thank you, my friend."
    hits = find_tone(pd.DataFrame({"version_id": ["v"], "text": [text]}))
    assert list(hits.columns) == TONE_COLUMNS
    first = hits.iloc[0].to_dict()
    assert first == {
        "version_id": "v", "part": "text", "start": 55, "end": 60, "matched": "thank", "frame": "letter", "sender": "Ann Lee",
        "recipient": "Bob Moe", "dimension": "warmth", "term": "thank", "negated": "no", "address": "",
        "context": "I thank you, my friend.",
    }  # fmt: skip


def test_no_hits_make_a_table_of_the_same_kind():
    empty, full = find_tone(letter("Nothing.")), find_tone(letter("Dear friend."))
    assert empty.empty and empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_texts_split_before_give_the_same_hits():
    texts = pd.concat([story(case) for case in STORIES], ignore_index=True).assign(version_id=lambda table: table.index.astype(str))
    pd.testing.assert_frame_equal(find_tone_in(split_frames(texts), texts), find_tone(texts))


def test_a_context_is_as_received_and_at_most_a_dozen_words():
    text = "one two three four five six seven eight nine ten my  dear friendKim eleven twelve thirteen fourteen fifteen"
    hits = find_tone(letter(text)).set_index("matched")["context"]
    assert hits["friend"] == "seven eight nine ten my dear friendKim eleven twelve thirteen fourteen fifteen"
    assert hits["dear"].split() == "seven eight nine ten my dear friendKim eleven twelve thirteen fourteen fifteen".split()


@pytest.mark.parametrize(
    ("at", "most", "expected"),
    [("a", 3, "a b c"), ("e", 3, "c d e"), ("c", 1, "c"), ("b c d", 2, "b c d"), ("c", 9, "a b c d e"), ("c", 4, "b c d e")],
)
def test_a_context_takes_what_room_there_is(at, most, expected):
    start = "a b c d e".index(at)
    assert show_context("a b c d e", start, start + len(at), most) == expected


def test_terms_in_forms_of_address_are_told_apart():
    text = "Dear Comrade Moe,\nYou are a dear comrade of mine, Comrade President Moe."
    texts = letter(text, sender="Ann Lee", recipient="Bob Moe")
    hits = find_tone(texts, mentions=find_mentions(texts))
    inside = {text[row.start : row.end]: (row.start, row.end) for row in find_mentions(texts).itertuples()}
    assert inside
    expected = ["yes" if any(start <= hit.start < end for start, end in inside.values()) else "no" for hit in hits.itertuples()]
    assert hits["address"].tolist() == expected
    assert set(hits.loc[hits["start"] < text.index("\n"), "address"]) == {"yes"}
    assert set(find_tone(texts)["address"]) == {""}
    assert set(find_tone(texts, mentions=find_mentions(texts).iloc[:0])["address"]) == {"no"}


def test_a_place_in_another_text_or_part_is_no_address():
    texts = pd.concat([letter("Dear friend"), letter("Dear friend").assign(version_id="b")], ignore_index=True)
    mention = pd.DataFrame({"version_id": ["b"], "part": ["text"], "start": [0], "end": [11]})
    assert find_tone(texts, mentions=mention)["address"].tolist() == ["no", "no", "yes", "yes"]
    assert set(find_tone(texts, mentions=mention.assign(part="headline"))["address"]) == {"no"}


def test_tables_are_left_alone():
    texts, lexicon, mentions = letter("Dear friend"), read_tone(), find_mentions(letter("Dear friend"))
    before = [table.copy(deep=True) for table in (texts, lexicon, mentions)]
    list_silent_tone(find_tone(texts, lexicon, mentions=mentions), lexicon)
    for table, same in zip((texts, lexicon, mentions), before, strict=True):
        pd.testing.assert_frame_equal(table, same)


# --- terms that were not found


def test_terms_found_nowhere():
    silent = list_silent_tone(find_tone(letter("My dear friends, we are no longer friends.")))
    assert list(silent.columns) == list(LEXICON.columns)
    scoring = LEXICON.loc[LEXICON["dimension"] != NONE, "term"]
    assert [term for term in scoring if term not in ("dear", "friend")] == silent["term"].tolist()


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="the archive is not beside the project")
def test_what_the_archive_says():
    """No dimension rests on one term alone; and the outlet's honours are not the letter's."""
    texts = read_archive(ARCHIVE).texts_of(False)
    sentences = split_frames(texts)
    hits = find_tone_in(sentences, texts, frames=("letter", "reported"))
    share = hits.groupby("dimension")["term"].agg(lambda terms: terms.value_counts(normalize=True).iloc[0])
    assert set(share.index) == set(TONE_DIMENSIONS) and share.max() < 0.5
    assert len(list_silent_tone(hits)) < (LEXICON["dimension"] != NONE).sum() / 2
    respected = find_tone_in(sentences, texts, frames=("headline", "agency", "letter"))
    respected = respected[respected["matched"].str.lower() == "respected"]["frame"].value_counts()
    assert respected["headline"] > 10 * respected["letter"]
    held = {(row.version_id, row.part): getattr(row, "text") for row in texts.assign(part="text").itertuples()}
    assert all(held[hit.version_id, hit.part][hit.start : hit.end] == hit.matched for hit in hits.itertuples())


# --- a lexicon of one's own


def own(**columns) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    return table.assign(language="en") if "language" not in table else table


def write(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lexicon_replaces_ours(tmp_path):
    lexicon = read_tone(write(tmp_path, "term,language,dimension\nship,en,sea\n"))
    assert lexicon["forms"].tolist() == ["ship"]
    assert told(find_tone(letter("Dear friend, the ship is here."), lexicon)) == "ship:sea:no"


def test_a_lexicon_extends_ours_with_a_dimension_of_its_own(tmp_path):
    path = write(tmp_path, "term,forms,language,dimension\nship,ship|ships,en,sea\n")
    for extra in (path, pd.read_csv(path)):
        lexicon = read_tone(extra=extra)
        assert len(lexicon) == len(LEXICON) + 1
        assert told(find_tone(letter("Dear friend, the ships are here."), lexicon)) == "Dear:warmth:no|friend:warmth:no|ships:sea:no"


def test_a_row_of_one_s_own_replaces_the_term():
    lexicon = read_tone(extra=own(term=["thank"], forms=["thank|thanks"], dimension=["deference"]))
    assert len(lexicon) == len(LEXICON)
    assert told(find_tone(letter("We thanked you: thanks, we thank you."), lexicon)) == "thanks:deference:no|thank:deference:no"


def test_a_row_of_one_s_own_takes_its_forms_from_other_terms():
    lexicon = read_tone(extra=own(term=["closest"], dimension=["intensity"]))
    assert told(find_tone(letter("An intimate, my closest ally."), lexicon)) == "intimate:warmth:no|closest:intensity:no|ally:solidarity:no"
    gone = read_tone(extra=own(term=["mine"], forms=[LEXICON.set_index("term").loc["amity", "forms"]], dimension=["sea"]))
    assert "amity" not in set(gone["term"])


def test_a_row_of_one_s_own_takes_words_out():
    lexicon = read_tone(extra=own(term=["dear sea"], dimension=[NONE]))
    assert told(find_tone(letter("The dear sea, my dear."), lexicon)) == "dear:warmth:no"


KOREAN = own(term=["동지", "친선"], dimension=["solidarity", "warmth"], language="ko")


def test_another_language_has_terms_of_its_own():
    texts = pd.concat([letter("총서기동지께, 조중친선은", language="ko"), letter("Dear 동지").assign(version_id="b")], ignore_index=True)
    lexicon = read_tone(extra=KOREAN)
    assert told(find_tone(texts, lexicon)) == "동지:solidarity:no|친선:warmth:no|Dear:warmth:no"
    assert find_tone(letter("총서기동지께", language="ko")).empty


BAD = {
    "a column is missing": (b"term,language\nship,en\n", "{path}: the lexicon lacks dimension. It needs the columns term, language, dimension."),
    "a blank dimension": (b"term,language,dimension\nship,en,\n", "{path}, row 2: dimension is blank. Fill it in, or take the row out."),
    "a blank language": (b"term,language,dimension\nship,en,sea\nsail,,sea\n", "{path}, row 3: language is blank. Fill it in, or take the row out."),
    "one form under two terms": (
        b"term,forms,language,dimension\nship,ship|Sail  boat,en,sea\nboat,sail boat,en,sea\n",
        "The form 'sail boat' stands under 'ship' and 'boat'. Leave it under one of them: a word is counted once.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("label", BAD)
def test_a_bad_lexicon_is_refused_with_what_to_do(tmp_path, label):
    data, message = BAD[label]
    (tmp_path / "own.csv").write_bytes(data)
    for read in (read_tone, lambda path: read_tone(extra=path)):
        with pytest.raises(CorpusError) as error:
            read(tmp_path / "own.csv")
        assert str(error.value) == message.format(path=tmp_path / "own.csv")


def test_no_file_and_no_text(tmp_path):
    path = tmp_path / "own.csv"
    with pytest.raises(CorpusError) as error:
        read_tone(path)
    assert str(error.value) == f"{path}: the lexicon cannot be opened (No such file or directory). Check its name and place."
    path.write_bytes("term,language,dimension\nchère,en,warmth\n".encode("latin-1"))
    with pytest.raises(CorpusError) as error:
        read_tone(extra=path)
    assert str(error.value).startswith(f"{path}: this is no CSV file in UTF-8 (")


def test_the_same_form_in_two_languages_is_two_terms():
    both = own(term=["ship", "ship"], dimension=["sea", "mer"], language=["en", "fr"])
    lexicon = read_tone(extra=both)
    assert told(find_tone(letter("The ship", language="fr"), lexicon)) == "ship:mer:no"


# --- what holds for every text

WORDS = st.lists(st.sampled_from([*list_forms(LEXICON)["form"], *read_scope()["form"], "the", ",", "x", "Kim Jong Un"]), max_size=12)
TEXTS = WORDS.flatmap(lambda words: st.sampled_from([" ", "", "\n", "  "]).map(lambda space: space.join(words)))
ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@given(TEXTS | ANY)
def test_the_reader_reads_every_sentence(sentence):
    hits = [hit for hit, _ in READER.read(sentence)]
    edges = [edge for hit in hits for edge in (hit.start, hit.end)]
    assert edges == sorted(edges) and len(set(zip(edges[::2], edges[1::2]))) == len(hits)
    assert all(hit.end <= len(sentence) and hit.code.dimension != NONE for hit in hits)


@settings(max_examples=25, deadline=None)
@given(TEXTS | st.text(max_size=60))
def test_every_hit_replays_and_has_a_short_context(text):
    for hit in find_tone(letter(text)).itertuples():
        assert text[hit.start : hit.end] == hit.matched
        assert len(hit.context.split()) <= CONTEXT and " ".join(hit.matched.split()) in hit.context


@settings(max_examples=25, deadline=None)
@given(TEXTS, st.integers(0, 1000))
def test_the_order_of_rows_and_forms_does_not_matter(text, seed):
    some = random.Random(seed)
    forms = LEXICON["forms"].str.split("|").map(lambda forms: "|".join(some.sample(forms, len(forms))))
    shuffled = LEXICON.assign(forms=forms).iloc[some.sample(range(len(LEXICON)), len(LEXICON))]
    pd.testing.assert_frame_equal(find_tone(letter(text), shuffled), find_tone(letter(text)))


TIMES = 20_000
REPEATS = {"not ": 0, "dear friend, ": 2 * TIMES, "no longer ": 0, "no longer friends ": TIMES, "under the ": 0, "“": 0, "\u202edear\u202c": TIMES}


@pytest.mark.parametrize("unit", REPEATS, ids=ascii)
def test_long_repeats_are_read(unit):
    """In time that grows as the text does, or this test would not end."""
    assert len(READER.read(unit * TIMES)) == REPEATS[unit]
