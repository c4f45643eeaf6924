"""The package as it is installed, on a study of six documents."""

import os
import pathlib
import pickle
import signal
import subprocess
import sys

import duckdb
import pandas
import polars
import pyarrow
import pytest

import parallax

CODEBOOK = """
title = "Trams"
language = "en"
[[frame]]
id = "cost"
label = "Cost"
definition = "Presents the tram as dear."
[[rule]]
id = "million"
frame = "cost"
match = "million*"
hits = ["It swallows a million."]
"""

STUDY = """
title = "Trams"
seed = 1
codebook = "codebook.toml"
[[corpus]]
path = "articles/*.jsonl"
"""


@pytest.fixture
def frame():
    return pandas.DataFrame(
        {
            "id": [f"d{number}" for number in range(6)],
            "outlet": ["Quay Mail", "Yard Times"] * 3,
            "date": ["2023-05-02"] * 6,
            "title": ["Tram"] * 6,
            "text": [f"The tram swallows a million in year {number}." for number in range(5)] + ["It rains."],
        }
    )


@pytest.fixture
def study(tmp_path, frame):
    (tmp_path / "articles").mkdir()
    (tmp_path / "codebook.toml").write_text(CODEBOOK)
    (tmp_path / "study.toml").write_text(STUDY)
    for name, rows in (("one", frame[:3]), ("two", frame[3:])):
        rows.to_json(tmp_path / "articles" / f"{name}.jsonl", orient="records", lines=True)
    return tmp_path / "study.toml"


@pytest.fixture
def coder(study):
    bundle = study.with_name("study.plx")
    subprocess.run([parallax.program(), "bundle", study, "--output", bundle, "--quiet"], check=True)
    return parallax.Coder(bundle)


def test_a_run_gives_tables_with_types(study, tmp_path):
    results = parallax.run(study, tmp_path / "results", threads=1)
    shares = results["prevalence"]
    assert len(results["documents"]) == 6
    assert str(shares["documents"].dtype) == "Int64"
    assert str(shares["estimate"].dtype) == "Float64"
    assert str(shares["note"].dtype) == "string"
    assert results["codings"]["date"].dt.year.eq(2023).all()
    assert list(results.meanings("prevalence")) == list(shares.columns) and all(results.meanings("prevalence").values())
    # A figure of the same name shows a part of the table.
    shown = results["figures/prevalence"]
    assert set(shown["frame"]) == {"cost"} and len(shown) <= len(shares)


def test_tables_go_to_stata_with_what_their_columns_mean(study, tmp_path):
    results = parallax.run(study, tmp_path / "results")
    meanings = results.meanings("codings") | {"stop": results.meanings("codings")["end"]}
    # Nobody is quoted here, and pandas exports no column of text without any.
    codings = results["codings"].rename(columns={"end": "stop"}).dropna(axis="columns", how="all")
    labels = {name: meanings[name][:80] for name in codings}
    codings.to_stata(tmp_path / "codings.dta", write_index=False, version=118, variable_labels=labels)
    with pandas.read_stata(tmp_path / "codings.dta", iterator=True) as read:
        assert read.variable_labels() == labels
        assert read.read()["stop"].tolist() == results["codings"]["end"].tolist()


def test_tables_of_parquet_are_those_of_the_csv(study, frame, tmp_path):
    frame.to_parquet(tmp_path / "articles" / "three.parquet")
    for name in ("one", "two"):
        (tmp_path / "articles" / f"{name}.jsonl").unlink()
    study.write_text('tables = ["csv", "parquet"]' + STUDY.replace("*.jsonl", "*.parquet"))
    results = parallax.run(study, tmp_path / "results")
    assert not any("parquet" in name for name in results), "each table once"
    for name in ("codings", "documents", "prevalence", "metadata"):
        packed = pandas.read_parquet(tmp_path / "results" / f"{name}.parquet", dtype_backend="numpy_nullable")
        read = results[name]
        days = read.select_dtypes("datetime").columns
        read[days] = read[days].apply(lambda column: column.dt.date)
        assert len(packed) > 0 and list(packed.columns) == list(read.columns)
        for column in packed:
            assert packed[column].isna().equals(read[column].isna()), column
            assert packed[column].dropna().tolist() == read[column].dropna().tolist(), column


def test_parts_merge_to_the_bytes_of_a_single_run(study, coder, tmp_path):
    parallax.run(study, tmp_path / "single")
    parts = [coder.code_part(tmp_path / "articles" / f"{name}.jsonl", tmp_path / name) for name in ("one", "two")]
    parallax.merge(coder.bundle, parts, tmp_path / "merged", expect=2)
    for table in pathlib.Path(tmp_path / "single").glob("*.csv"):
        assert table.read_bytes() == (tmp_path / "merged" / table.name).read_bytes(), table.name


def tables_of(frame):
    """The frame as every library holds it."""
    relation = duckdb.sql("select * from frame")
    categories = polars.DataFrame(frame.to_dict("list")).with_columns(polars.col("outlet").cast(polars.Categorical))
    return {"pandas": frame, "pyarrow": pyarrow.Table.from_pandas(frame), "Polars": categories, "DuckDB": relation}


def test_a_coder_that_was_pickled_codes_any_table_as_a_run_does(study, coder, frame, tmp_path):
    results = parallax.run(study, tmp_path / "results")
    again = pickle.loads(pickle.dumps(coder))
    for name, table in tables_of(frame).items():
        coded = again.code(table, threads=1)
        assert coded.column("document").to_pylist() == list(frame["id"]), name
        codings = [(row["document"], *coding.values()) for row in coded.to_pylist() for coding in row["codings"]]
        expected = results["codings"].drop(columns=["outlet", "date"])
        assert [row[:5] for row in codings] == [tuple(row)[:5] for row in expected.itertuples(index=False)], name
        hits = [sum(count["hits"] for count in row["counts"]) for row in coded.to_pylist()]
        assert hits == list(results["documents"]["hits"]), name
    assert len(polars.DataFrame(coded)) == 6, "the answer is a table for any library"


def test_an_empty_table_has_an_answer_with_the_same_columns(coder, frame):
    whole = pyarrow.Table.from_pandas(frame)
    empty = coder.code(whole.slice(0, 0))
    assert empty.num_rows == 0 and empty.schema == coder.code(whole).schema == coder.columns(whole.schema)


def test_batches_become_parts_that_merge_to_the_bytes_of_a_single_run(study, coder, frame, tmp_path):
    parallax.run(study, tmp_path / "single")
    whole = pyarrow.Table.from_pandas(frame)
    for name, rows in (("one", whole.slice(3)), ("two", whole.slice(0, 3))):
        answers = list(coder.code_batches(iter(rows.to_batches(max_chunksize=2)), tmp_path / "parts" / name, threads=1))
        assert [answer.num_rows for answer in answers] == [2, 1]
    assert list(coder.code_batches(iter([]), tmp_path / "parts" / "none")) == []
    parallax.merge(coder.bundle, sorted((tmp_path / "parts").iterdir()), tmp_path / "merged", expect=2)
    for table in pathlib.Path(tmp_path / "single").glob("*.csv"):
        assert table.read_bytes() == (tmp_path / "merged" / table.name).read_bytes(), table.name


def child_of(parent):
    return int(pathlib.Path(f"/proc/{parent}/task/{parent}/children").read_text().split()[-1])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for the program in /proc")
def test_a_program_that_is_killed_raises_and_leaves_no_part(coder, frame, tmp_path):
    batches = pyarrow.Table.from_pandas(frame).to_batches(max_chunksize=2)
    answers = coder.code_batches(iter(batches), tmp_path / "part")
    next(answers)
    os.kill(child_of(os.getpid()), signal.SIGKILL)
    with pytest.raises(RuntimeError, match="signal 9") as raised:
        list(answers)
    assert raised.value.exit_code == -9
    assert pickle.loads(pickle.dumps(raised.value)).exit_code == -9, "engines send exceptions about"
    assert not (tmp_path / "part" / "part.json").exists()
    # Whoever stops in the middle leaves no program and no part.
    answers = coder.code_batches(iter(batches), tmp_path / "part")
    next(answers)
    answers.close()
    assert not (tmp_path / "part" / "part.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_ctrl_c_stops_program_and_python(coder, tmp_path):
    code = """
import sys, pyarrow, parallax
batch = pyarrow.record_batch({name: ["x"] for name in ("id", "outlet", "date", "title", "text")})
def batches():
    yield batch
    print("coding", flush=True)
    __import__("time").sleep(60)
list(parallax.Coder(sys.argv[1]).code_batches(batches(), sys.argv[2]))
"""
    command = [sys.executable, "-c", code, coder.bundle, str(tmp_path / "part")]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "coding\n"
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=20)
    assert child.returncode != 0 and "KeyboardInterrupt" in errors
    assert not (tmp_path / "part" / "part.json").exists()


def test_trouble_is_an_exception_with_the_remedy(study, coder, tmp_path):
    with pytest.raises(parallax.ParallaxError, match="nowhere.toml"):
        parallax.run(tmp_path / "nowhere.toml", tmp_path / "results")
    with pytest.raises(parallax.ParallaxError, match="2"):
        part = coder.code_part(tmp_path / "articles" / "one.jsonl", tmp_path / "one")
        parallax.merge(coder.bundle, [part], tmp_path / "results", expect=2)
    with pytest.raises(FileNotFoundError):
        parallax.read(tmp_path / "results")
    with pytest.raises(TypeError):
        coder.code([1, 2])
    with pytest.raises(parallax.ParallaxError, match="no column \"outlet\"") as raised:
        coder.code(pyarrow.table({"text": ["It rains."]}))
    assert raised.value.exit_code == 2


def test_importing_takes_no_time_and_no_pandas():
    code = "import sys, parallax; assert 'pandas' not in sys.modules and 'pyarrow' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    # Of CPU time, as others may use the machine.
    spent = "import time; start = time.process_time(); import parallax; print(time.process_time() - start)"
    assert float(subprocess.run([sys.executable, "-c", spent], check=True, capture_output=True).stdout) < 0.2
