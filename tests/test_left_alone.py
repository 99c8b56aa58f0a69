"""Tables in, new tables out: no function changes what it is given."""

import inspect
from copy import deepcopy
from dataclasses import fields, is_dataclass

import pandas as pd
import pytest

import comity
import comity.choices
import comity.contrasts
import comity.figures
import comity.habits
from comity import choices, contrasts, habits
from comity.corpus.vocabularies import TONE_DIMENSIONS
from comity.figures import plot_choices, plot_evidence, plot_intervals, plot_ladder, plot_map, plot_record, plot_versions

PAIR = {"sender": "Kim Jong Un", "recipient": "Xi Jinping"}
KIM, XI, PUTIN = "Kim Jong Un", "kim-xi-2024-10-06", "kim-putin-2024-10-07"
CALLS = {
    "find_forms": lambda c: comity.find_forms(c.mentions, c.versions, c.honorifics),
    "gloss_mentions": lambda c: comity.gloss_mentions(c.mentions, comity.find_forms(c.mentions, c.versions, c.honorifics)),
    "find_evidence": lambda c: comity.find_evidence("respected", c, **PAIR),
    "list_evidence": lambda c: comity.list_evidence("respected", c, **PAIR),
    "list_versions": lambda c: comity.list_versions(c, "kim-xi-2019-10-06"),
    "find_salutation_practice": comity.find_salutation_practice,
    "measure_record": comity.measure_record,
    "measure_lengths": comity.measure_lengths,
    "compare_lengths": lambda c: comity.compare_lengths("kim-xi-2019-10-06", "kim-xi-2024-10-06", c),
    "count_naively": lambda c: comity.count_naively("respected", c, **PAIR),
    "check_claims": lambda c: comity.check_claims(c.claims.head(12), c),
    "find_ladder": lambda c: comity.find_ladder(c, *PAIR.values()),
    "compare_renderings": lambda c: comity.compare_renderings(c, **PAIR),
    "plot_record": lambda c: plot_record(comity.measure_record(c)),
    "provenance": comity.provenance,
    "compare_versions": lambda c: comity.compare_versions(PUTIN, c),
    "ask_dropped": lambda c: choices.ask_dropped("respected", c, *PAIR.values(), c.messages.set_index("message_id").at[XI, "date"]),
    "gather_letters": lambda c: comity.gather_letters(comity.read_measurements(), c),
}

# Of all letters, those of the record and those measured.
LETTER_CALLS = {
    "measure_tone": comity.measure_tone,
    "compare_messages": lambda l: comity.compare_messages(PUTIN, XI, l),
    "compare_groups": lambda l: comity.compare_groups(*_by_recipient(l), l),
    "compare_words": lambda l: comity.compare_words(PUTIN, XI, l),
    "list_dimensions": contrasts.list_dimensions,
    "measure_likeness": lambda l: contrasts.measure_likeness(XI, l),
    "map_messages": contrasts.map_messages,
    "find_offices": lambda l: contrasts.find_offices(l.messages, l.corpus.people),
    "rank_people": lambda l: contrasts.rank_people(KIM, l, frames=("letter", "reported")),
    "find_omissions": lambda l: comity.find_omissions(XI, l),
    "find_habits": lambda l: habits.find_habits(l, KIM, "Xi Jinping"),
    "measure_repetition": lambda l: habits.measure_repetition(l, KIM),
    "check_claims": lambda l: comity.check_claims(l.corpus.claims, l.corpus, l),
    "ask_absence": lambda l: choices.ask_absence("wish for health", XI, l),
    "ask_tone": lambda l: choices.ask_tone(PUTIN, XI, l),
    "find_strongest": lambda l: choices.find_strongest(l, [XI, PUTIN], "warmth"),
    "explore": lambda l: comity.explore(l, XI, PUTIN).html,
    "try_choices": lambda l: comity.try_choices(lambda side: choices.ask_tone(side, XI, l), {"side": [PUTIN]}),
}


def _by_recipient(letters):
    direct = letters.lengths.query("frame == 'letter' and basis == 'text' and words > 0")[["message_id"]].drop_duplicates()
    sent = letters.messages[letters.messages["sender"] == KIM].merge(direct)
    return [sent.loc[sent["recipient"] == name, "message_id"].head(3).tolist() for name in ("Vladimir Putin", "Xi Jinping")]


def _tried():
    return comity.try_choices(lambda unit, side: side / unit, {"unit": {"words": 1, "sentences": 10}, "side": [1, -1]})


LOOKS = {"label": "person", "value": "value", "low": "low", "high": "high", "axis": "words in 100"}

STORIES = pd.DataFrame({"version_id": list("abcd"), "group": list("xxyy"), "words": 100} | dict.fromkeys(TONE_DIMENSIONS, [3, 4, 1, 0]))
EXPECTED = pd.DataFrame({"measure": ["warmth"], "higher": ["x"], "lower": ["y"]})

# Of tables that another function made: how they are made, and what takes them.
TABLE_CALLS = {
    "summarise_versions": (lambda l: comity.compare_versions(PUTIN, l.corpus), contrasts.summarise_versions),
    "spread_versions": (lambda l: comity.compare_versions(PUTIN, l.corpus), contrasts.spread_versions),
    "summarise_alignment": (lambda l: contrasts.align_versions("I greet you all.", "I greet you."), contrasts.summarise_alignment),
    "measure_rates": (lambda l: STORIES, contrasts.measure_rates),
    "compare_known_groups": (lambda l: contrasts.measure_rates(STORIES), lambda table: contrasts.compare_known_groups(table, EXPECTED)),
    "word_omissions": (lambda l: comity.find_omissions(XI, l), habits.word_omissions),
    "summarise_choices": (lambda l: _tried(), choices.summarise_choices),
    "plot_choices": (lambda l: _tried(), lambda table: plot_choices(table, "difference")),
    "plot_intervals": (lambda l: contrasts.rank_people(KIM, l).query("measure == 'warmth'"), lambda table: plot_intervals(table, **LOOKS)),
    "plot_versions": (
        lambda l: comity.compare_versions(PUTIN, l.corpus).query("slot != 'anywhere' and element != 'formula'"),
        lambda table: plot_versions(table, *table["version_id"].unique()[:2]),
    ),
    "plot_map": (contrasts.map_messages, lambda table: plot_map(table, {XI: "to Xi"})),
    "date_as_known": (lambda l: l.corpus.messages.head(), lambda table: comity.date_as_known(table, comity.read_corpus())),
    "name_forms": (lambda l: comity.find_forms(l.corpus.mentions.head(), l.corpus.versions, l.corpus.honorifics), comity.name_forms),
    "tabulate_evidence": (lambda l: comity.find_evidence("respected", comity.read_corpus(), sender="Kim Jong Un", recipient="Xi Jinping"),
                          lambda table: comity.tabulate_evidence(table, comity.read_corpus())),
    "add_sources": (lambda l: l.corpus.versions[["version_id"]].head(), lambda table: comity.add_sources(table, comity.read_corpus())),
}


STORY = "Oslo, May 3 (NTB) -- Ann Lee sent a letter to Bob Moe on May 2. The letter said: Dear friend, I thank you."
TEXTS = pd.DataFrame({"version_id": ["a"], "headline": ["Letter to Bob Moe"], "text": [STORY], "date": [pd.Timestamp("2001-05-03")]})
TEXT_CALLS = {
    "split_frames": comity.split_frames,
    "find_mentions": comity.find_mentions,
    "measure_texts": comity.measure_texts,
    "find_tone": comity.find_tone,
    "measure_style": comity.measure_style,
    "find_concordance": lambda texts: contrasts.find_concordance("dear friend", texts),
    "align_versions": lambda texts: contrasts.align_versions(texts.iloc[0], texts.iloc[0], comity.find_mentions(texts)),
    "compare_words (texts)": lambda texts: comity.compare_words("a", "b", texts=pd.concat([texts, texts.assign(version_id="b")])),
    "show_text": lambda texts: comity.show_text(
        texts.loc[0, "text"], comity.find_mentions(texts), comity.split_frames(texts), headline="Letter to Bob Moe", caption="A letter"
    ),
}


@pytest.mark.parametrize("name", TEXT_CALLS)
def test_texts_are_left_alone(name):
    before = TEXTS.copy(deep=True)
    TEXT_CALLS[name](TEXTS)
    pd.testing.assert_frame_equal(TEXTS, before)


def test_mentions_and_the_lexicon_are_left_alone(corpus):
    honorifics, mentions = comity.read_honorifics(), comity.find_mentions(TEXTS)
    before = honorifics.copy(deep=True), mentions.copy(deep=True)
    frames = comity.split_frames(TEXTS)
    comity.find_mentions(TEXTS, honorifics)
    comity.show_text(STORY, mentions, frames, headline="Letter to Bob Moe", caption="A letter")
    comity.list_silent_terms(corpus.mentions, corpus.versions, honorifics)
    for table, same in zip((honorifics, mentions), before, strict=True):
        pd.testing.assert_frame_equal(table, same)


@pytest.fixture(scope="module")
def corpus():
    return comity.read_corpus()


@pytest.mark.parametrize("name", CALLS)
def test_the_record_is_left_alone(corpus, name):
    before = {field.name: deepcopy(getattr(corpus, field.name)) for field in fields(corpus)}
    CALLS[name](corpus)
    for table, frame in before.items():
        if isinstance(frame, pd.DataFrame):
            pd.testing.assert_frame_equal(getattr(corpus, table), frame)


@pytest.fixture(scope="module")
def letters(corpus):
    return comity.gather_letters(comity.read_measurements(), corpus)


def tables_of(thing, name=""):
    """Every table in it, and in what it is made of."""
    if isinstance(thing, pd.DataFrame):
        return {name: thing}
    held = [(field.name, getattr(thing, field.name)) for field in fields(thing)] if is_dataclass(thing) else []
    return {key: table for part, value in held for key, table in tables_of(value, f"{name}.{part}").items()}


@pytest.mark.parametrize("name", LETTER_CALLS)
def test_letters_are_left_alone(letters, name):
    before = {key: table.copy(deep=True) for key, table in tables_of(letters).items()}
    assert ".token_counts" in before and ".corpus.versions" in before
    LETTER_CALLS[name](letters)
    for key, table in tables_of(letters).items():
        pd.testing.assert_frame_equal(table, before[key])


def test_measurements_are_left_alone(corpus):
    measured = comity.read_measurements()
    before = {key: table.copy(deep=True) for key, table in tables_of(measured).items()}
    comity.gather_letters(measured, corpus)
    for key, table in tables_of(measured).items():
        pd.testing.assert_frame_equal(table, before[key])


@pytest.mark.parametrize("name", TABLE_CALLS)
def test_tables_that_were_made_are_left_alone(letters, name):
    make, take = TABLE_CALLS[name]
    table = make(letters)
    before = table.copy(deep=True)
    take(table)
    pd.testing.assert_frame_equal(table, before)
    assert table.attrs == before.attrs


@pytest.mark.parametrize("frames", [("letter",), None])
def test_counts_and_a_prior_are_left_alone(frames):
    counts = pd.DataFrame({"message_id": [1, 1, 2], "version_id": [11, 11, 12], "frame": "letter", "token": ["dear", "all", "all"], "n": [1.0, 2.0, 3.0]})
    prior, lexicon = pd.DataFrame({"token": ["dear", "all"], "n": [1, 2]}), comity.read_tone()
    before = [table.copy(deep=True) for table in (counts, prior, lexicon)]
    comity.compare_words(1, 2, token_counts=counts, prior=prior, frames=frames)
    comity.find_tone(TEXTS, lexicon)
    comity.measure_texts(TEXTS, tone=lexicon)
    for table, same in zip((counts, prior, lexicon), before, strict=True):
        pd.testing.assert_frame_equal(table, same)


# What takes no table.
NO_TABLE = {
    "read_archive", "read_article", "read_corpus", "read_honorifics", "read_letters", "read_measurements", "read_tone", "find_problems",  # files
    "say", "claim", "phrase", "measure_surprise", "name_p",  # values
}  # fmt: skip
# What other tests here call.
BY_ITSELF = {"find_mentions", "list_silent_terms", "show", "show_text", "summarise_evidence", "plot_evidence", "plot_ladder"}


@pytest.mark.parametrize("module", [comity, comity.contrasts, comity.habits, comity.choices, comity.figures], ids=lambda module: module.__name__)
def test_every_public_function_is_called_here(module):
    public = {name for name in module.__all__ if inspect.isfunction(getattr(module, name))}
    called = set(CALLS) | set(LETTER_CALLS) | set(TABLE_CALLS) | set(TEXT_CALLS) | BY_ITSELF
    assert public - called - NO_TABLE == set()


def test_states_are_left_alone(corpus):
    states = comity.find_evidence("respected", corpus, **PAIR)
    before = states.copy(deep=True)
    comity.summarise_evidence(states)
    plot_evidence(states, "respected")
    comity.show(states, caption="states", columns=["message_id", "slot", "state"])
    pd.testing.assert_frame_equal(states, before)


def test_a_ladder_is_left_alone(corpus):
    ladder = comity.find_ladder(corpus, *PAIR.values())
    before = ladder.copy(deep=True)
    plot_ladder(ladder)
    pd.testing.assert_frame_equal(ladder, before)
