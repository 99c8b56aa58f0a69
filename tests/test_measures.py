"""What is counted in which letter: terms by their denominators, versions, frames; length and readability; how letters are seen."""

import math

import pandas as pd
import pytest
from made_letters import make_letters, make_lexicon

from comity import read_corpus, read_measurements
from comity.contrasts.measures import check_dimensions, list_dimensions, measure_styles, measure_tone
from comity.contrasts.messages import compare_messages
from comity.contrasts.views import describe_side, describe_sides, see_letters
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.errors import CorpusError
from comity.letters import gather_letters


@pytest.fixture(scope="module")
def real():
    return gather_letters(read_measurements(), read_corpus())


def tone_of(letters, message, dimension="warmth", **given):
    table = measure_tone(letters, message, **given)
    return table[table["dimension"] == dimension].iloc[0]


TWO_FRAMES = make_letters(
    {"message": "x", "words": 80, "high": math.inf, "extent": "excerpt", "terms": {"warmth": 2, "pledge": 1}},
    {"message": "x", "words": 120, "high": math.inf, "extent": "excerpt", "frame": "reported", "terms": {"warmth": 6}},
)  # fmt: skip


@pytest.mark.parametrize(
    ("frames", "n", "words", "rate"), [("letter", 2, 80, 2.5), (("reported",), 6, 120, 5), (("letter", "reported"), 8, 200, 4)]
)
def test_terms_are_counted_by_the_words_of_the_same_frames(frames, n, words, rate):
    row = tone_of(TWO_FRAMES, "x", frames=frames)
    assert (row["n"], row["words"], row["rate"]) == (n, words, rate)


def test_every_dimension_has_a_row_and_none_found_is_zero_not_missing():
    table = measure_tone(TWO_FRAMES)
    assert table["dimension"].tolist() == list(TONE_DIMENSIONS)
    assert table.set_index("dimension")["n"].to_dict() == dict.fromkeys(TONE_DIMENSIONS, 0) | {"warmth": 2, "pledge": 1}


def test_negated_terms_and_those_of_the_agency_do_not_count():
    hits = [
        {"dimension": "warmth"}, {"dimension": "warmth", "negated": "yes"}, {"dimension": "warmth", "frame": "agency"},
        {"dimension": "warmth", "address": "yes"}, {"dimension": "warmth", "address": ""},
    ]  # fmt: skip
    letters = make_letters({"message": "x", "words": 100, "hits": hits})
    assert tone_of(letters, "x")["n"] == 3
    assert tone_of(letters, "x", address="without")["n"] == 2


def test_a_text_tells_of_two_letters_and_each_has_its_own_terms():
    shared = {"version": "text", "words": 100}
    letters = make_letters({"message": "x", "terms": {"warmth": 1}} | shared, {"message": "y", "terms": {"warmth": 4}} | shared)
    assert [tone_of(letters, message)["n"] for message in "xy"] == [1, 4]


def test_one_version_is_read_of_each_message():
    letters = make_letters(
        {"message": "x", "version": "x-cut", "words": 90, "high": math.inf, "extent": "opening", "terms": {"warmth": 9}},
        {"message": "x", "version": "x-whole", "words": 80, "terms": {"warmth": 1}},
    )
    assert (tone_of(letters, "x")["version_id"], tone_of(letters, "x")["n"]) == ("x-whole", 1)
    assert (tone_of(letters, "x", versions={"x": "x-cut"})["words"], tone_of(letters, "x", versions={"x": "x-cut"})["n"]) == (90, 9)


@pytest.mark.parametrize(
    ("text", "counts", "read"),
    [
        ({"words": 52, "extent": "summary"}, {"words": 54, "extent": "summary"}, "text"),
        ({"words": 270}, {"words": 273}, "text"),
        ({"words": 90, "extent": "excerpt"}, {"words": 273}, "counts"),
    ],
)
def test_a_text_is_read_unless_only_counts_show_the_letter_whole(text, counts, read):
    letters = make_letters({"message": "x", "version": "text"} | text, {"message": "x", "version": "counts", "basis": "counts"} | counts)
    row = tone_of(letters, "x")
    assert (row["version_id"], row["counted"]) == (read, read == "counts")


def test_single_words_are_counted_alike_in_texts_and_counts():
    """In the text the phrase has swallowed its words, and a negation is seen; in counts neither."""
    tokens = {"warm": 2, "friends": 1, "greetings": 1, "great": 3}
    letters = make_letters(
        {"message": "x", "words": 100, "tokens": tokens, "hits": [{"dimension": "warmth", "matched": "warm greetings"}]},
        {"message": "y", "words": 100, "tokens": tokens, "basis": "counts"},
        {"message": "y", "words": 50, "tokens": {"warm": 7}, "basis": "counts", "frame": "reported"},
    )
    lexicon = make_lexicon(warmth="warm|friends|warm greetings", none="great")
    rows = [tone_of(letters, message, words_only=True, tone=lexicon) for message in "xy"]
    assert [row["n"] for row in rows] == [3, 3]
    assert tone_of(letters, "x")["n"] == 1


def test_messages_without_words_have_no_row():
    letters = make_letters(
        {"message": "x", "words": 100}, {"message": "y", "words": 100, "frame": "reported"}, {"message": "z", "words": 0}
    )
    assert set(measure_tone(letters)["message_id"]) == {"x"}


def test_a_language_of_which_the_lexicon_knows_no_term_has_no_row_and_no_zero():
    letters = make_letters(
        {"message": "x", "words": 80, "language": "ko"}, {"message": "y", "words": 80, "language": "en-GB"},
        {"message": "z", "version": "z__ko", "words": 200, "language": "ko"}, {"message": "z", "version": "z__en", "words": 80, "extent": "excerpt"},
    )  # fmt: skip
    assert measure_tone(letters)[["message_id", "version_id"]].drop_duplicates().values.tolist() == [["y", "y__en"], ["z", "z__en"]]
    with pytest.raises(CorpusError, match="The tone of x cannot be measured: the lexicon of tone knows no term"):
        compare_messages("x", "y", letters)


def test_a_language_in_which_terms_were_found_is_known_though_our_lexicon_has_none():
    letters = make_letters({"message": "x", "words": 80, "language": "ko", "terms": {"warmth": 1}}, {"message": "y", "words": 80, "language": "ko"})
    assert measure_tone(letters).groupby("message_id")["n"].sum().to_dict() == {"x": 1, "y": 0}


def test_other_lexicons_bring_their_own_dimensions():
    letters = make_letters({"message": "x", "words": 50, "terms": {"zeal": 1, "anger": 2}})
    assert list_dimensions(letters) == [*TONE_DIMENSIONS, "anger", "zeal"]
    assert tone_of(letters, "x", "anger")["rate"] == 4
    assert check_dimensions("zeal", letters) == ["zeal"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"messages": "nobody"}, "no message 'nobody'"),
        ({"address": "yes"}, "with or without"),
        ({"versions": {"x": "y__en"}}, "'y__en' has no words of x"),
        ({"versions": {"x": "x__en"}, "frames": "mixed"}, "frames mixed"),
    ],
)
def test_what_cannot_be_measured_is_said(given, said):
    with pytest.raises(CorpusError, match=said):
        measure_tone(TWO_FRAMES, **given)


def test_an_unknown_dimension_is_said():
    with pytest.raises(CorpusError, match="no dimension 'love'.*warmth"):
        check_dimensions(["warmth", "love"], TWO_FRAMES)


def styles_of(letters, frames=("letter",), message="x"):
    chosen = pd.DataFrame({"message_id": [message], "version_id": [f"{message}__en"]})
    return measure_styles(letters, chosen, frames).iloc[0]


def test_over_frames_words_and_sentences_add_up():
    """100 words in 2 sentences and 50 in 8: a sentence has 15 words, not the mean of 50 and 6."""
    letters = make_letters(
        {"message": "x", "words": 100, "sentences": 2, "flesch": 20, "lix": 70},
        {"message": "x", "words": 50, "sentences": 8, "flesch": 80, "lix": 40, "frame": "reported"},
    )
    row = styles_of(letters, ("letter", "reported"))
    assert row[["words", "high", "sentences", "mean_sentence", "flesch", "lix"]].tolist() == [150, 150, 10, 15, 40, 60]
    assert row["frame"] == "letter+reported"


def test_what_is_unknown_of_a_frame_is_unknown_of_the_letter():
    letters = make_letters(
        {"message": "x", "words": 100},
        {"message": "x", "words": 50, "high": math.nan, "flesch": math.nan, "lix": math.nan, "frame": "reported"},
    )
    row = styles_of(letters, ("letter", "reported"))
    assert row[["high", "flesch", "lix"]].isna().all()
    assert styles_of(letters)["high"] == 100


def views(**differs):
    whole = {"speech": ["direct"], "seen": ["whole"], "language": ["en"], "translation": ["official"]}
    return pd.DataFrame(whole | {name: [value] for name, value in differs.items()})


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ({}, {"translation": "unknown"}, "yes"),
        ({}, {"speech": "indirect"}, "speech: a direct, b indirect"),
        ({"speech": "indirect"}, {"speech": "indirect"}, "speech: a indirect, b indirect"),
        ({"seen": "in part"}, {"seen": "as a summary"}, "seen: a in part, b as a summary"),
        ({"language": "ko"}, {}, "language: a ko, b en"),
        ({"language": ""}, {}, "language: a unknown, b en"),
        ({"translation": "retranslation"}, {}, "translation: a retranslation, b official"),
        ({}, {"speech": "indirect", "translation": "machine"}, "speech: a direct, b indirect; translation: a official, b machine"),
    ],
)
def test_what_stands_between_two_letters_is_said(a, b, said):
    assert describe_sides(views(**a), views(**b)) == said


def test_of_sides_it_is_said_how_many():
    many = pd.concat([views(), views(seen="in part"), views(seen="in part"), views(speech="indirect", seen="as a summary")])
    assert describe_side(many) == "direct 3, indirect 1; in part 2, as a summary 1, whole 1"
    assert describe_sides(views(), many).startswith("speech: a direct, b direct 3, indirect 1; seen: a whole, b in part 2")


FROM_KOREA = {"translation": "press", "language": "ko"}


def test_how_a_letter_is_seen():
    letters = make_letters(
        {"message": "whole", "words": 100},
        {"message": "cut", "words": 90, "high": math.inf, "extent": "opening", "frame": "mixed"},
        {"message": "retold", "words": 60, "high": math.nan, "extent": "summary", "frame": "reported"} | FROM_KOREA,
    )
    chosen = pd.DataFrame({"message_id": ["retold", "whole", "cut"], "version_id": ["retold__en", "whole__en", "cut__en"]})
    table = see_letters(letters, measure_styles(letters, chosen, ("letter", "reported", "mixed"))).set_index("message_id")
    assert table.loc["whole"].to_dict() == {"language": "en", "translation": "official", "speech": "direct", "seen": "whole"}
    assert table.loc["cut", ["speech", "seen"]].tolist() == ["direct and indirect not told apart", "in part"]
    assert table.loc["retold"].tolist() == ["ko", "press", "indirect", "as a summary"]
    assert table.index.tolist() == ["retold", "whole", "cut"]


def test_of_the_record_every_rate_follows_from_its_counts(real):
    table = measure_tone(real, frames=("letter", "reported", "mixed"))
    assert len(table) and not table.duplicated(["message_id", "dimension"]).any()
    assert table["rate"].tolist() == pytest.approx((100 * table["n"] / table["words"]).tolist())
    styles = measure_styles(real, table, ("letter", "reported", "mixed"))
    assert styles["message_id"].tolist() == table["message_id"].drop_duplicates().tolist()
    assert (styles["high"].isna() | (styles["high"] >= styles["words"])).all()
    # One frame at a time the mean sentence is that which was measured.
    alone = measure_styles(real, measure_tone(real), "letter")
    alone = alone.merge(real.lengths[real.lengths["frame"] == "letter"], on=["message_id", "version_id"])
    assert alone["mean_sentence_x"].tolist() == pytest.approx(alone["mean_sentence_y"].tolist())


def test_of_the_letters_of_that_week_the_texts_are_read(real):
    table = measure_tone(real, ["kim-putin-2024-10-07", "kim-xi-2024-10-06"])
    assert not table["counted"].any()


def test_single_words_of_counted_letters_are_those_of_the_record(real):
    counted = real.lengths[real.lengths["basis"] == "counts"].drop_duplicates("message_id").set_index("message_id")["version_id"].to_dict()
    frames = ("letter", "reported", "mixed")
    given = measure_tone(real, list(counted), frames, versions=counted)
    assert given["counted"].all() and given["n"].sum() > 0
    assert given["n"].tolist() == measure_tone(real, list(counted), frames, versions=counted, words_only=True)["n"].tolist()


def test_tables_are_left_as_they_were():
    before = TWO_FRAMES.tone.copy(), TWO_FRAMES.lengths.copy()
    measure_styles(TWO_FRAMES, measure_tone(TWO_FRAMES, frames=("letter", "reported")), ("letter", "reported"))
    pd.testing.assert_frame_equal(TWO_FRAMES.tone, before[0])
    pd.testing.assert_frame_equal(TWO_FRAMES.lengths, before[1])
