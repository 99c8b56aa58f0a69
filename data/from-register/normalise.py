"""Build the tables of data/ from the register: rules here, judgements in the CSV files beside this script.

Run from the root of the project: python data/from-register/normalise.py ../shared/register data
"""

import sys
from pathlib import Path

import pandas as pd
from mentions import build_mentions

HERE = Path(__file__).parent
NATIVE = {"Kim Jong Un": "ko", "Xi Jinping": "zh", "Vladimir Putin": "ru"}


def read_table(path):
    """Read a CSV file as text: a blank cell is the empty string."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def read_decisions(name):
    """Read one of the decision files beside this script."""
    return read_table(HERE / f"{name}.csv")


def build_messages(register):
    """One row a message, its occasion split and its date settled."""
    occasions = read_decisions("occasions").set_index("register")
    exceptions = read_decisions("date_exceptions").set_index("message_id")["date_sent"]
    rows = []
    for message_id, versions in register.groupby("message_id"):
        first = versions.iloc[0]
        told = occasions.loc[first["occasion"]]
        sent = exceptions.get(message_id, first_of(versions["date_sent"]))
        date, basis = settle_date(message_id, versions, sent)
        rows.append({
            "message_id": message_id, "sender": first["sender"], "recipient": first["recipient"],
            "date_sent": sent, "date": date, "date_basis": basis,
            "medium": told["medium"], "occasion": told["occasion"], "occasion_count": told["count"],
            "occasion_detail": told["detail"], "reply": told["reply"], "note": told["why"],
        })
    return pd.DataFrame(rows)


def settle_date(message_id, versions, sent):
    """The day by which a message is ordered, and what it rests on."""
    if sent:
        return sent, "sent"
    if published := first_of(versions["date_published"]):
        return published, "published"
    year, month, day = message_id.split("-")[2:5]
    return (f"{year}-{month}-{day}", "id") if day.isdigit() else (f"{year}-{month}-01", "month")


def first_of(days):
    """The earliest day among some, blanks aside."""
    return min((day for day in days if day), default="")


def build_versions(register):
    """One row a published version, with publisher, translation and extent decided."""
    outlets = read_decisions("outlets").set_index("outlet")
    called = read_decisions("outlet_names").set_index("outlet")["called"]
    extents = read_decisions("extent_exceptions").set_index("version_id")["extent"]
    translations = read_decisions("translation_exceptions").set_index("version_id")["translation"]
    rows = []
    for version in register.to_dict("records"):
        outlet, key = outlets.loc[version["outlet"]], version["version_id"]
        rows.append(version | {
            "outlet": called.get(version["outlet"], version["outlet"]),
            "publisher": outlet["publisher"],
            "translation": translations.get(key) or decide_translation(version, outlet["translation"]),
            "extent": extents.get(key) or decide_extent(version, outlet["text"]),
            "speech": version["speech_mode"] or "unknown",
            "note": "; ".join(filter(None, [version["note"], remark(version["agency_honorifics"])])),
        })
    columns = [
        "version_id", "message_id", "outlet", "publisher", "language", "translation", "date_published", "extent",
        "speech", "words", "salutation", "valediction", "note",
    ]  # fmt: skip
    return pd.DataFrame(rows)[columns]


def decide_translation(version, of_the_outlet):
    """Words in the sender's language are original, unless they went through another language or nothing is known."""
    native = version["language"] == NATIVE[version["sender"]]
    return "original" if native and of_the_outlet in ("official", "press") else of_the_outlet


def decide_extent(version, text):
    """How much of the message a version shows: see the rule in the codebook."""
    if version["complete"] == "unknown":
        return "unknown"
    if version["complete"] == "yes":
        return "summary" if text == "summarises" or "summary release" in version["note"] else "full"
    return "opening" if text == "prints" else "excerpt"


def remark(cell):
    """What a cell of honorifics says of an honorific that is not there; it becomes part of the version's note."""
    decisions = read_decisions("honorifics")
    found = decisions[(decisions["register"] == cell) & (decisions["frame"] == "none")]
    return "; ".join(found["note"])


def build_sources(register):
    """Every address: of the versions, of what their notes refer to, of the articles and the data sets."""
    own = register[["version_id", "outlet", "url"]].assign(kind="version", note="")
    own.loc[own["url"].str.endswith("..."), "note"] = "the address ends in ... as it was received"
    own["outlet"] = own["outlet"].replace(read_decisions("outlet_names").set_index("outlet")["called"].to_dict())
    further = read_decisions("further_sources").assign(kind="further")
    addresses = pd.concat([own, further], ignore_index=True)
    addresses["source_id"] = [f"S{number:03}" for number in range(1, len(addresses) + 1)]
    every = pd.concat([addresses, read_decisions("other_sources")])
    return every[["source_id", "kind", "version_id", "outlet", "url", "note"]]


def build_phrases(register):
    """The short phrases on the relationship, numbered within their version."""
    told = register.assign(phrase=register["notable_epithets"].str.split("|"))[["version_id", "phrase"]]
    told = told.explode("phrase").query("phrase != ''")
    told.insert(1, "position", told.groupby("version_id").cumcount() + 1)
    return told


def build_lengths(lengths, versions):
    """The lengths as counted, with the extent that their version was given here."""
    extents = versions.set_index("version_id")["extent"]
    columns = ["version_id", "extent", "whitespace_words", "tokens", "sentences", "characters"]
    return lengths.assign(extent=lengths["version_id"].map(extents))[columns].sort_values("version_id")


def build_tables(source, data):
    """All tables by the name of their file; `data` holds the two hand-written ones, people and honorifics."""
    register = read_table(source / "versions.csv").sort_values("version_id")
    terms, people = read_table(data / "lexicons" / "honorifics.csv"), read_table(data / "people.csv")
    # The lexicon knows more words than the register; it was checked against the register for those that stand in it.
    terms = terms[terms["example_version"] != ""]
    versions = build_versions(register)
    return {
        "messages": build_messages(register),
        "versions": versions,
        "sources": build_sources(register),
        "mentions": build_mentions(register, read_decisions, terms, people),
        "phrases": build_phrases(register),
        "token_counts": read_table(source / "token_counts.csv").sort_values(["version_id", "token"]),
        "lengths": build_lengths(read_table(source / "lengths.csv"), versions),
    }


def main(source, target):
    """Write every table into the target folder."""
    for name, table in build_tables(Path(source), HERE.parent).items():
        table.to_csv(Path(target) / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
