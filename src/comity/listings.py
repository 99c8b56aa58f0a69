"""Evidence as a reader wants it: the versions of a message, and the words behind a state, with outlet and address."""

import pandas as pd

from comity.errors import CorpusError
from comity.evidence import TOLD, between, find_kinds, urls
from comity.forms import find_forms, gloss_mentions
from comity.lengths import measure_lengths
from comity.record import known_date, rank_seen
from comity.sightings import judge_versions
from comity.slots import PLACES


def list_versions(corpus, message_id):
    """List the published versions of one message, the fullest first.

    Columns out: ``outlet, language, speech, extent, length`` (in words, with its bound), ``salutation, gloss`` (the
    salutation in English, from the lexicon), ``published, url, version_id``.

    >>> from comity import read_corpus
    >>> list_versions(read_corpus(), "kim-xi-2019-10-06")["gloss"].max()
    'respected comrade general secretary'
    """
    mine = corpus.versions[corpus.versions["message_id"] == message_id]
    mine = mine.assign(seen=rank_seen(mine)).sort_values(["seen", "language", "version_id"])
    address = corpus.mentions.query("slot == 'salutation' and frame == 'letter'").drop_duplicates("version_id")
    glosses = address.set_index("version_id")["mention_id"].map(_glosses(address, corpus))
    columns = ["outlet", "language", "speech", "extent", "length", "salutation", "gloss", "published", "url", "version_id"]
    ids = mine["version_id"]
    lengths = measure_lengths(corpus).set_index("version_id")["length"].replace("not known", "")
    told = mine.assign(length=ids.map(lengths), gloss=ids.map(glosses).fillna(""), url=ids.map(urls(corpus)), published=mine["date_published"])
    return told[columns].reset_index(drop=True)


def list_evidence(form, corpus, *, sender=None, recipient=None):
    """List what each version shows of a form of address, with the words, their gloss and where they were published.

    Columns out: ``date, slot, state, polarity, as_printed, gloss, language, outlet, reason, url, message_id,
    version_id``; one row a version and slot that shows something, by date.

    >>> from comity import read_corpus
    >>> shown = list_evidence("respected", read_corpus(), sender="Kim Jong Un", recipient="Xi Jinping")
    >>> shown.loc[shown["state"] == "attested", "gloss"].iloc[-1]
    'respected comrade general secretary'
    """
    messages = between(corpus.messages, sender, recipient)
    shown = judge_versions(form, corpus).merge(messages[["message_id", "date"]], on="message_id")
    glosses = _glosses(corpus.mentions, corpus)
    by_words = dict(zip(zip(corpus.mentions["version_id"], corpus.mentions["matched"]), glosses[corpus.mentions["mention_id"]]))
    outlets = corpus.versions.set_index("version_id")["outlet"]
    shown = shown.assign(
        gloss=[
            "|".join(filter(None, (by_words.get((version, words), "") for words in printed.split("|"))))
            for version, printed in zip(shown["version_id"], shown["as_printed"])
        ],
        outlet=shown["version_id"].map(outlets), url=shown["version_id"].map(urls(corpus)),
    )
    columns = ["date", "slot", "state", "polarity", "as_printed", "gloss", "language", "outlet", "reason", "url", "message_id", "version_id"]
    return shown[columns].sort_values(["date", "version_id"], kind="stable").reset_index(drop=True)


def date_as_known(table, corpus):
    """Give the month alone where no more than the month of a message is known: a reader is not told a day that nobody knows.

    Columns in: ``message_id, date``. Columns out: the same; ``date`` then holds days (Timestamp) and months (Period), to be shown, not
    to be counted with.

    >>> from comity import read_corpus
    >>> corpus = read_corpus()
    >>> date_as_known(corpus.messages.query("message_id == 'kim-xi-2021-07-flood'"), corpus)["date"].item()
    Period('2021-07', 'M')
    """
    basis = table["message_id"].map(corpus.messages.set_index("message_id")["date_basis"])
    dates = [known_date(day, what) for day, what in zip(table["date"], basis, strict=True)]
    return table.assign(date=pd.Series(dates, table.index, dtype="object"))


def tabulate_evidence(states, corpus):
    """Set out what was seen of a form of address letter by letter, in the words of the key of a figure (``comity.evidence.TOLD``).

    Columns in: as :func:`comity.find_evidence` gives them. Columns out: ``date`` (as it is known), ``message_id``, and a column a part
    of the letter (opening line, main text, closing wish; not said where, if there is such); one row a letter, by date.

    >>> from comity import find_evidence, read_corpus
    >>> corpus = read_corpus()
    >>> table = tabulate_evidence(find_evidence("respected", corpus, sender="Kim Jong Un", recipient="Xi Jinping"), corpus)
    >>> table.set_index("message_id").at["kim-xi-2024-10-06", "opening line"]
    'said to lack it'
    """
    told = states.assign(part=states["slot"].map(PLACES), told=find_kinds(states).map(TOLD))
    table = told.pivot(index=["date", "message_id"], columns="part", values="told").fillna("").reset_index().rename_axis(columns=None)
    return date_as_known(table[["date", "message_id", *(place for place in PLACES.values() if place in table)]], corpus)


def add_sources(table, corpus):
    """Add to what rests on versions where they were published: a reader can look there.

    Columns in: ``version_id``, or ``version_ids`` or ``versions`` (several, joined by ``|``). Columns out: the same with ``outlet, url``
    (several joined by a line end, line by line; "" where none is known). Raises CorpusError where the table has none of these columns.

    >>> from comity import read_corpus
    >>> add_sources(pd.DataFrame({"version_id": ["kim-xi-2024-10-06__kcna-stiles-archive__en"]}), read_corpus())["outlet"].item()
    'KCNA (stiles archive)'
    """
    column = next((name for name in ("version_id", "version_ids", "versions") if name in table), None)
    if column is None:
        raise CorpusError("The table has no column version_id, version_ids or versions: it does not say on which versions its rows rest.")
    outlets, addresses = corpus.versions.set_index("version_id")["outlet"].to_dict(), urls(corpus).to_dict()
    cells = table[column].fillna("").astype("str").str.split("|")
    found = [dict.fromkeys((outlets[version], addresses.get(version, "")) for version in ids if version in outlets) for ids in cells]
    lines = [["\n".join(cells) for cells in zip(*pairs, strict=True)] or ["", ""] for pairs in found]
    return table.assign(outlet=[outlets for outlets, _ in lines], url=[addresses for _, addresses in lines])


def _glosses(mentions, corpus):
    return gloss_mentions(mentions, find_forms(mentions, corpus.versions, corpus.honorifics))
