"""The package as it is installed, on a study of six documents."""

import pathlib
import pickle
import subprocess
import sys
import time

import pandas
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
    # A figure of the same name shows a part of the table.
    shown = results["figures/prevalence"]
    assert set(shown["frame"]) == {"cost"} and len(shown) <= len(shares)


def test_parts_merge_to_the_bytes_of_a_single_run(study, coder, tmp_path):
    parallax.run(study, tmp_path / "single")
    parts = [coder.code_part(tmp_path / "articles" / f"{name}.jsonl", tmp_path / name) for name in ("one", "two")]
    parallax.merge(coder.bundle, parts, tmp_path / "merged", expect=2)
    for table in pathlib.Path(tmp_path / "single").glob("*.csv"):
        assert table.read_bytes() == (tmp_path / "merged" / table.name).read_bytes(), table.name


def test_a_coder_that_was_pickled_codes_any_table(coder, frame):
    again = pickle.loads(pickle.dumps(coder))
    of_pandas = again.code(frame, threads=1)
    of_arrow = again.code(pyarrow.Table.from_pandas(frame), threads=1)
    assert list(of_pandas["codings"]["document"]) == [f"d{number}" for number in range(5)]
    for name, table in of_pandas.items():
        pandas.testing.assert_frame_equal(table, of_arrow[name])


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


def test_importing_takes_no_time_and_no_pandas():
    code = "import sys, parallax; assert 'pandas' not in sys.modules and 'pyarrow' not in sys.modules"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    # Python itself starts in some hundredths of a second.
    assert time.perf_counter() - start < 2
