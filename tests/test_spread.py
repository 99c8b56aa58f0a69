"""Measuring at size: the rows of one process, whatever the partitions, and whoever dies on the way."""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from comity import CorpusError, read_measurements
from comity.cli import main
from comity.measure import measure_texts
from comity.measure.counter import count_words
from comity.measure.identity import Telling
from comity.measure.messages import find_messages
from comity.sources import read_letters
from comity.tone import read_tone

pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

from comity.measure.spread import grouping, kept, parts, read_spread, spread_texts  # noqa: E402
from comity.measure.spread import letters as from_files  # noqa: E402
from comity.measure.spread.finishing import read_names  # noqa: E402
from comity.measure.spread.files import STAGED, list_parts, write_part  # noqa: E402
from comity.measure.spread.parts import Choices, measure_part  # noqa: E402

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
PHRASES, WORDS = ("thank you", "nowhere at all"), ("dear", "harbour")
CHOICES = Choices(phrases=PHRASES, repeated=True, words=WORDS)
FAILING = json.loads((CASES / "spread" / "failing.json").read_text(encoding="utf-8"))


def planted():
    """The generator of letters beside the benchmarks."""
    spec = importlib.util.spec_from_file_location("letters", ROOT / "benchmarks" / "letters.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told():
    """The texts of all cases of what is one message, under ids of their own, and some that nobody wrote."""
    usual = {"text": "Dear friend, I thank you. Our fleets will sail together.", "date": "1701-01-01", "sender": "Ann Lee", "recipient": "Bob Moe"}
    cases = json.loads((CASES / "measure" / "identity.json").read_text(encoding="utf-8"))
    rows = [usual | {"kind": "letter"} | text for case in cases for text in case["texts"]]
    rows = [row | ({"sender": "", "recipient": ""} if row["kind"] == "report" else {}) | {"version_id": f"v{n}"} for n, row in enumerate(rows)]
    made = planted().make(0, 20, 20, words=40)[0].assign(date=lambda table: table["date"].dt.strftime("%Y-%m-%d"))
    return pd.concat([pd.DataFrame(rows), made], ignore_index=True).astype("object").where(lambda table: table.notna(), None)


def cut(texts, size):
    return [texts.iloc[begin : begin + size] for begin in range(0, len(texts), size)]


def in_order(table):
    return table.astype("str").sort_values(list(table), ignore_index=True)


def assert_same(folder, texts):
    """Every table has the rows of one process, whatever their order; the tables that nobody asked for are blank."""
    found, expected = vars(read_spread(folder)), vars(measure_texts(texts, phrases=PHRASES, repeated=True))
    pd.testing.assert_frame_equal(read_measurements(folder).versions, found["versions"])
    expected |= {"counts": count_words(WORDS, texts, None), "messages": expected["messages"].astype({"date": "datetime64[s]"})}
    for name, table in expected.items():
        pd.testing.assert_frame_equal(in_order(found[name]), in_order(table), obj=name, check_index_type=False)
        assert len(found[name]) == len(table) > 0, name


def rejected(folder):
    return pd.concat(map(pd.read_parquet, list_parts(folder, "rejected")), ignore_index=True)


def letters(*texts):
    usual = {"text": "Dear friend, I thank you for the ships.", "date": "1701-01-01", "sender": "Ann Lee", "recipient": "Bob Moe", "kind": "letter"}
    return pd.DataFrame([usual | {"version_id": f"v{number}"} | text for number, text in enumerate(texts)], dtype="object")


# --- The rows of one process.

@pytest.mark.parametrize("size", [11, 1000])
def test_the_rows_are_those_of_one_process(size, tmp_path, monkeypatch):
    monkeypatch.setattr(grouping, "AT_ONCE", 9)
    texts = told()
    done = spread_texts(cut(texts, size), tmp_path / "out", CHOICES, workers=1)
    assert_same(tmp_path / "out", texts)
    assert done.rows["versions"] == len(texts) and done.rows["rejected"] == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        ".comity-measure", "counts", "formulas", "lengths", "mentions", "messages", "rejected", "repeated", "sought", "token_counts", "tone", "versions", "wordings",
    }  # fmt: skip


def test_a_dask_data_frame_is_measured_by_its_partitions(tmp_path):
    from dask import dataframe

    texts = planted().make(0, 10, 10, words=20)[0]
    done = spread_texts(dataframe.from_pandas(texts, npartitions=3), tmp_path / "out", workers=1)
    assert len(list_parts(tmp_path / "out", "versions")) == 3
    assert done.rows["messages"] == len(measure_texts(texts).messages) == 6


def test_what_only_counts_is_not_measured(tmp_path):
    texts = letters({}, {"told": False, "text": "Dear harbour."}).assign(told=[True, False])
    done = spread_texts([texts], tmp_path / "out", Choices(words=WORDS), workers=1)
    assert done.rows["versions"] == 1
    assert read_spread(tmp_path / "out").counts.groupby("word")["hits"].sum().to_dict() == {"dear": 2, "harbour": 1}


def test_what_is_planted_is_found(tmp_path):
    made = planted()
    texts, truth = made.make(0, 40, 40, words=60)
    spread_texts(cut(texts, 15), tmp_path / "out", workers=1)
    found = read_spread(tmp_path / "out")
    assert made.found(len(found.messages), len(found.versions), found.mentions, found.tone, found.formulas) == truth


# --- Which texts are one message: by shares as all at once.

NAMES = st.sampled_from(["Ann Lee", "ann lee", "Bob Moe", "Ann Lee|Bob Moe", "Cid", ""])
DAYS = st.sampled_from([None, *(date(1701, 1, day) for day in (1, 2, 3, 9))])
TELLINGS = st.builds(
    Telling, st.just(0), st.just(""), NAMES, NAMES, st.sampled_from(["", "", "", "mine", "ann-lee-bob-moe-1701-01-01-2"]), DAYS,
    st.sampled_from(["sent", "published"]), st.sampled_from(["not stated", "birthday", "condolence"]), st.booleans(), st.booleans(), st.booleans(),
    st.booleans(), st.just(("en", "", "", "")), st.sampled_from(["", "the ships sail", "the ships lie at anchor"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(TELLINGS, max_size=12), st.integers(1, 5))
def test_shares_group_and_name_as_one_process_does(tmp_path_factory, tellings, size):
    tellings = [telling._replace(number=n, version=f"v{n}", basis=telling.basis if telling.day else "") for n, telling in enumerate(tellings)]
    tellings = [telling for telling in tellings if telling.sender or telling.recipient or telling.given]
    out, made = tmp_path_factory.mktemp("shares"), []
    (out / STAGED).mkdir()
    for number in range(0, len(tellings), size):
        table = parts._as_table(tellings[number : number + size], 0)
        write_part(table, out / STAGED, "tellings", f"part-{number:06d}")
        made.append(parts.Part(f"part-{number:06d}", 0, 0, 0, grouping.AT_ONCE, table["node"].to_numpy()[:0], parts.list_held(table), None))
    for share in grouping.list_shares(made, {}):
        grouping.group_share(share, out)
    names = read_names(out, 0, 1 << 20, grouping.name_contested(out))
    assert {int(number): name for number, name in names.items()} == find_messages(tellings)[0]


# --- What cannot be measured.

@pytest.mark.parametrize("case", FAILING, ids=lambda case: case["label"])
def test_a_failing_record_costs_no_other(case, tmp_path):
    texts = letters({}, {}, {"version_id": "bad"} | case["text"], {})
    spread_texts([texts], tmp_path / "out", workers=1)
    row = rejected(tmp_path / "out")
    assert len(row) == 1 and case["told"] in row.loc[0, "reason"] and row.loc[0, "remedy"]
    assert read_spread(tmp_path / "out").versions["version_id"].tolist() == ["v0", "v1", "v3"]


def test_an_error_that_nobody_foresaw_costs_its_text_only(tmp_path, monkeypatch):
    def fail(texts):
        if texts["version_id"].isin(["v2", "v5"]).any():
            raise RuntimeError("a text that nobody can read")
        return tell(texts)

    tell = parts.tell
    monkeypatch.setattr(parts, "tell", fail)
    spread_texts([letters(*[{}] * 7)], tmp_path / "out", workers=1)
    assert rejected(tmp_path / "out")["record"].tolist() == ["v2", "v5"]
    assert read_spread(tmp_path / "out").versions["version_id"].tolist() == ["v0", "v1", "v3", "v4", "v6"]


def test_of_texts_with_one_id_the_first_is_kept(tmp_path):
    first, second = letters({}, {"sender": "Eve Ray"}), letters({"sender": "Cid Fox"}, {"version_id": "w", "sender": "Cid Fox"})
    spread_texts([first, second], tmp_path / "out", workers=1)
    found = read_spread(tmp_path / "out")
    assert found.versions["version_id"].tolist() == ["v0", "v1", "w"]
    assert dict(zip(found.messages["sender"], found.messages["versions"])) == {"Ann Lee": 1, "Eve Ray": 1, "Cid Fox": 1}
    assert set(found.token_counts.loc[found.token_counts["version_id"] == "v0", "message_id"]) == {"ann-lee-bob-moe-1701-01-01"}
    assert "'v0'" in rejected(tmp_path / "out").loc[0, "reason"]


def test_nothing_but_rejected_records_is_a_result_too(tmp_path):
    done = spread_texts([letters({"date": "Michaelmas"})], tmp_path / "out", workers=1)
    assert (done.rows["versions"], done.rows["rejected"]) == (0, 1)


def test_texts_without_a_column_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="lack the column date"):
        spread_texts([letters({}).drop(columns="date")], tmp_path / "out", workers=1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("package", ["distributed", "pyarrow", "dask.dataframe"])
def test_the_missing_extra_is_named(package, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(CorpusError, match=r'pip install -e "\.\[size\]"'):
        spread_texts([letters({})], tmp_path / "out", workers=1)


# --- Whoever stops it.

def test_an_interrupted_run_leaves_the_old_result(tmp_path):
    def stop():
        yield letters({})
        raise KeyboardInterrupt

    spread_texts([letters({}, {})], tmp_path / "out", workers=1)
    with pytest.raises(KeyboardInterrupt):
        spread_texts(stop(), tmp_path / "out", workers=1)
    assert len(read_spread(tmp_path / "out").versions) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.comity-kept", "out"]


@pytest.mark.slow
def test_an_interrupted_run_with_workers_leaves_only_what_is_kept(tmp_path):
    def stop():
        for _ in range(5):
            yield letters(*[{}] * 60)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spread_texts(stop(), tmp_path / "out", workers=2)
    time.sleep(3)
    assert [path.name for path in tmp_path.iterdir() if path.name != ".out.comity-kept"] == []


@pytest.fixture
def stopped(tmp_path, monkeypatch):
    """A run into out that was stopped after two partitions of twenty; what goes on from there, and the partitions that are measured then."""
    texts, measured = told(), []

    def stop():
        yield from cut(texts, 20)[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spread_texts(stop(), tmp_path / "out", choices=CHOICES, workers=1)

    def measure(some, part, *rest):
        measured.append(part)
        return measure_part(some, part, *rest)

    monkeypatch.setattr(kept, "measure_part", measure)

    def go_on(table=texts, choices=CHOICES):
        return spread_texts(cut(table, 20), tmp_path / "out", choices=choices, workers=1)

    return texts, go_on, measured


def test_a_stopped_run_goes_on(stopped, tmp_path):
    texts, go_on, measured = stopped
    assert go_on().taken == 40 and measured == list(range(2, len(cut(texts, 20))))
    assert_same(tmp_path / "out", texts)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    done = go_on()
    assert done.taken == 0 and "taken" not in done.rows


def test_what_would_be_measured_otherwise_is_measured_anew(stopped, tmp_path):
    texts, go_on, measured = stopped
    changed = texts.assign(text=texts["text"].mask(texts.index == 33, "Dear friend, I thank you."))
    assert go_on(changed).taken == 20 and measured == list(range(1, len(cut(texts, 20))))
    assert_same(tmp_path / "out", changed)


@pytest.mark.parametrize("choices", [{"phrases": ("good health",)}, {"tone": read_tone().iloc[5:]}, {"words": ("dear",)}])
def test_other_choices_take_nothing(stopped, choices):
    texts, go_on, measured = stopped
    assert go_on(choices=CHOICES._replace(**choices)).taken == 0 and measured == list(range(len(cut(texts, 20))))


@pytest.mark.parametrize("changed", ["people.csv", "lexicons/tone.csv"])
def test_other_names_or_words_in_the_data_folder_take_nothing(changed, tmp_path):
    shutil.copytree(ROOT / "data" / "lexicons", tmp_path / "lexicons")
    shutil.copy(ROOT / "data" / "people.csv", tmp_path / "people.csv")
    before = kept._surroundings.__wrapped__(tmp_path / "lexicons")
    assert kept._surroundings.__wrapped__(tmp_path / "lexicons") == before
    with open(tmp_path / changed, "a", encoding="utf-8") as file:
        file.write("\n")
    assert kept._surroundings.__wrapped__(tmp_path / "lexicons") != before


def test_a_kept_part_that_is_damaged_is_measured_anew(stopped, tmp_path):
    texts, go_on, measured = stopped
    facts = sorted((tmp_path / ".out.comity-kept").glob("*/facts.json"))
    facts[0].write_text("{", encoding="utf-8")
    assert go_on().taken == 20 and len(measured) == len(cut(texts, 20)) - 1
    assert_same(tmp_path / "out", texts)


def test_whoever_stops_the_command_is_told_how_to_go_on(tmp_path, monkeypatch):
    (tmp_path / "one.txt").write_text("sender: Cid Fox\n\nDear friend, I thank you.", encoding="utf-8")
    monkeypatch.setattr(from_files, "spread_texts", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    done = CliRunner().invoke(main, ["measure", str(tmp_path / "one.txt"), "--out", str(tmp_path / "out"), "--engine", "dask", "--workers", "1"])
    assert done.exit_code == 1 and "the same command goes on from there" in done.output


def test_other_files_are_not_removed(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CorpusError, match="mine.txt"):
        spread_texts([letters({})], tmp_path, workers=1)


RUN = """
import sys
import pandas as pd
from comity.measure.spread import spread_texts
if __name__ == "__main__":
    texts = pd.read_parquet(sys.argv[1])
    print("begun", flush=True)
    spread_texts([texts.iloc[n : n + 10] for n in range(0, len(texts), 10)], sys.argv[2], workers=1)
"""


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.97])
def test_a_killed_run_leaves_a_whole_result(share, tmp_path):
    old, new = planted().make(0, 5, 50, words=20)[0], planted().make(0, 50, 50, words=20)[0]
    new.to_parquet(tmp_path / "new.parquet")
    spread_texts([old], tmp_path / "out", workers=1)
    begin = time.monotonic()
    spread_texts(cut(new, 10), tmp_path / "timed", workers=1)
    seconds = time.monotonic() - begin
    run = subprocess.Popen([sys.executable, "-c", RUN, tmp_path / "new.parquet", tmp_path / "out"], stdout=subprocess.PIPE)
    assert run.stdout.readline() == b"begun\n"
    time.sleep(seconds * share)
    run.kill()
    run.wait()
    found = read_spread(tmp_path / "out")
    assert (len(found.versions), len(found.messages)) in ((5, 4), (50, 30))
    # The next run goes on, and what was killed is cleared away.
    spread_texts(cut(new, 10), tmp_path / "out", workers=1)
    assert len(read_spread(tmp_path / "out").messages) == 30
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.parquet", "out", "timed"]


@pytest.fixture
def cluster():
    import dask
    from distributed import LocalCluster

    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
        made = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50)
        with made:
            yield made


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(cluster, tmp_path):
    texts, killed = told(), []

    def coming():
        for number, table in enumerate(cut(texts, 9)):
            if number == 5:
                worker = next(iter(cluster.workers.values())).process.process.pid
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)
            yield table

    spread_texts(coming(), tmp_path / "out", CHOICES, scheduler=cluster.scheduler_address)
    assert killed
    assert_same(tmp_path / "out", texts)


def poison(cluster, deadly):
    """Workers of the cluster are killed before they measure texts of which this is true, in all processes that it will have."""
    import cloudpickle
    from distributed import Client, WorkerPlugin

    class Poison(WorkerPlugin):
        def setup(self, worker):
            from comity.measure.spread import parts

            tell = parts.tell
            parts.tell = lambda texts: os.kill(os.getpid(), signal.SIGKILL) if deadly(texts) else tell(texts)

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with Client(cluster, set_as_default=False) as client:
        client.register_plugin(Poison())


@pytest.mark.slow
def test_a_text_of_which_workers_die_is_rejected(cluster, tmp_path):
    poison(cluster, lambda texts: texts["version_id"].isin(["v1"]).any())
    spread_texts([letters({}, {}), letters({"version_id": "w"})], tmp_path / "out", scheduler=cluster.scheduler_address)
    assert rejected(tmp_path / "out")["record"].tolist() == ["v1"]
    assert sorted(read_spread(tmp_path / "out").versions["version_id"]) == ["v0", "w"]


@pytest.mark.slow
def test_a_text_that_only_waited_beside_one_of_which_workers_die_is_measured(cluster, tmp_path):
    """So many workers die over a text that the cluster gives it up; then no more do."""
    deaths = tmp_path / "deaths"
    deaths.mkdir()

    def deadly(texts):
        here = "v0" in texts["version_id"].tolist() and len(list(deaths.iterdir())) < 2
        if here:
            (deaths / str(len(list(deaths.iterdir())))).touch()
        return here

    poison(cluster, deadly)
    spread_texts([letters({}), letters({"version_id": "w"})], tmp_path / "out", scheduler=cluster.scheduler_address)
    assert len(list(deaths.iterdir())) == 2 and rejected(tmp_path / "out").empty
    assert sorted(read_spread(tmp_path / "out").versions["version_id"]) == ["v0", "w"]


def test_a_scheduler_that_does_not_answer_is_named(tmp_path, monkeypatch):
    from comity.measure.spread import running

    monkeypatch.setattr(running, "PATIENCE", "1s")
    with pytest.raises(CorpusError, match="No scheduler answers at tcp://127.0.0.1:9"):
        spread_texts([letters({})], tmp_path / "out", scheduler="tcp://127.0.0.1:9")


# --- From files.

def test_letters_from_files_are_those_that_are_read_at_once(tmp_path, monkeypatch):
    folder = tmp_path / "letters"
    folder.mkdir()
    rows = [{"text": f"Dear friend, I thank you for ship {n % 6}.", "date": f"1701-01-0{n % 6 + 1}", "sender": "Ann Lee", "recipient": "Bob Moe"} for n in range(9)]
    (folder / "table.jsonl").write_text("\n".join(map(json.dumps, [*rows, {"text": " "}])), encoding="utf-8")
    (folder / "one.txt").write_text("sender: Cid Fox\nrecipient: Bob Moe\ndate: 1 May 1702\n\nDear friend, I thank you.", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK no letter")
    monkeypatch.setattr(from_files, "A_PARTITION", 3)
    said = from_files.spread_letters([folder], tmp_path / "out", choices=CHOICES, workers=1)
    read = read_letters(folder)
    assert_same(tmp_path / "out", read.texts)
    counts = read.counts.set_index("kind")["n"]
    assert said.startswith(f"{counts['records']} records = {counts['texts']} measured + 0 other stories + {counts['duplicates']} duplicates + {counts['rejected']} rejected.")
    assert sorted(rejected(tmp_path / "out")["reason"]) == sorted(read.rejected["reason"])
    assert (counts["duplicates"], counts["rejected"]) == (3, 2)


def test_where_nothing_can_be_read_the_old_result_stays(tmp_path):
    (tmp_path / "broken.docx").write_bytes(b"PK no letter")
    spread_texts([letters({})], tmp_path / "out", workers=1)
    with pytest.raises(CorpusError, match="Nothing can be read. broken.docx"):
        from_files.spread_letters([tmp_path / "broken.docx"], tmp_path / "out", workers=1)
    assert len(read_spread(tmp_path / "out").versions) == 1


def test_the_command_measures_with_dask(tmp_path):
    (tmp_path / "one.txt").write_text("sender: Cid Fox\nrecipient: Bob Moe\ndate: 1 May 1702\n\nDear friend, I thank you.", encoding="utf-8")
    done = CliRunner().invoke(main, ["measure", str(tmp_path / "one.txt"), "--out", str(tmp_path / "out"), "--engine", "dask", "--workers", "1", "--count", "dear"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("1 records = 1 measured + 0 other stories + 0 duplicates + 0 rejected.")
    found = read_spread(tmp_path / "out")
    assert found.messages["message_id"].tolist() == ["cid-fox-bob-moe-1702-05-01"] and found.counts["hits"].sum() == 1


def test_both_engines_remark_the_same_of_the_letters(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.txt").write_text("sender: Ann Lee\nrecipient: Bob Moe\ndate: 3/4/1962\n\nDear Bob,\nI thank you.", encoding="utf-8")
    (folder / "b.txt").write_bytes("sender: Ann Lee\nrecipient: Bob Moe\n\nDear Bob,\nI was at the café of São José.".encode("cp1252"))
    (folder / "c.txt").write_bytes(b"")
    said = []
    for engine in ([], ["--engine", "dask", "--workers", "1"]):
        done = CliRunner().invoke(main, ["measure", str(folder), "--out", str(tmp_path / f"out{len(engine)}"), *engine])
        assert done.exit_code == 0, done.output
        said.append([line for line in done.output.splitlines() if "have no day" in line or "was guessed" in line])
        assert "c.txt: The file is empty." in done.output
    assert said[0] == said[1] and len(said[0]) == 2 and said[0][0].startswith("2 have no day; 1 give one that is not read")


def test_the_command_names_the_missing_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "one.txt").write_text("sender: Cid Fox\n\nDear friend, I thank you.", encoding="utf-8")
    done = CliRunner().invoke(main, ["measure", str(tmp_path / "one.txt"), "--out", str(tmp_path / "out"), "--engine", "dask"])
    assert done.exit_code == 1 and 'pip install -e ".[size]"' in done.output
