"""`neuronvisio export` writes what is in the file, exactly."""

import csv
import hashlib
import os
import resource
import subprocess
import sys

import h5py
import numpy as np
import pytest
from helpers import FIXTURES, ROOT

from neuronvisio.cli import main
from neuronvisio.reader import ResultFile

SMALL = FIXTURES / "small.h5"


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "storage.h5"
    rng = np.random.default_rng(5)
    with h5py.File(path, "w") as h5file:
        group = h5file.create_group("results/VecRef")
        group["x"] = rng.random(50)
        group["x"].attrs["units"] = "ms"
        for name, original in (("dend_3", "dend[3]"), ("A_0_soma", "A[0].soma")):
            section = group.create_group(name)
            section.attrs["original_name"] = original
            section["v"] = rng.normal(size=50) * 10.0 ** rng.integers(-300, 300, 50)
            section["v"].attrs["units"] = "mV"
        section = group["dend_3"]
        section["wide"] = rng.random((50, 2)).astype("f4")
        section["short"] = np.array([2**63 - 1, -(2**63)], dtype=">i8")
        section['a, "b"\x1b'] = np.array([np.nan, np.inf, -0.0] + [1.0] * 47)
        section["deep"] = np.ones((2, 2, 2))
        section["text"] = np.array([b"a", b"b"])
        other = h5file.create_group("results/Other")
        other["x"] = np.arange(3, dtype="i4")
        other["soma/n"] = np.array([True, False, True])
        other["count"] = np.array([7, 8, 9], dtype="u8")
        h5file.create_group("results/NoX")["soma/n"] = np.arange(4)
    return path


def export(capsys, path, *names):
    assert main(["export", str(path), "--csv", *names]) == 0
    captured = capsys.readouterr()
    return list(csv.reader(captured.out.splitlines())), captured.err


def failed(capsys, *words):
    assert main(["export", *map(str, words)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


def column(table, index):
    return [row[index] for row in table[1:] if row[index] != ""]


def test_a_variable_stands_beside_its_x_and_reads_back_exactly(made, capsys):
    table, err = export(capsys, made, "VecRef/dend_3/v", "/results/VecRef/A_0_soma/v")
    assert err == ""
    assert table[0] == ["VecRef/x (ms)", "VecRef/dend_3/v (mV)", "VecRef/A_0_soma/v (mV)"]
    with h5py.File(made) as h5file:
        for index, path in enumerate(("x", "dend_3/v", "A_0_soma/v")):
            stored = h5file[f"results/VecRef/{path}"][()]
            assert np.array(column(table, index), dtype="f8").tobytes() == stored.tobytes()
    digits = [cell.split("e")[0].replace(".", "").lstrip("-0") for cell in column(table, 0)]
    assert max(map(len, digits)) <= 17
    assert "0.1" in export(capsys, FIXTURES / "storage.h5", "VecRef/x")[0][5]


def test_every_numeric_type_reads_back_exactly(capsys):
    path = FIXTURES / "storage.h5"
    with ResultFile(path) as result:
        [group] = [group for group in result.groups() if group.name == "VecRef"]
        [section] = [section for section in group.sections if section.name == "dtypes"]
        checked = set()
        for variable in section.variables:
            if variable.dtype[1] in "fiub" and len(variable.shape) == 1:
                values = result.read(variable.path)
                table, _err = export(capsys, path, f"VecRef/dtypes/{variable.name}")
                kind = int if values.dtype.kind in "iub" else float
                cells = [kind(cell) for cell in column(table, 1)]
                assert np.array(cells).astype(values.dtype).tobytes() == values.tobytes()
                checked.add(values.dtype.str)
    assert {">f4", "<f2", "<f8", "<i8", "|u1", "|b1"} <= checked


def test_groups_have_an_x_each_and_short_columns_are_filled_up(made, capsys):
    names = ["Other/soma/n", "VecRef/dend_3/v", "Other/count"]
    table, err = export(capsys, made, *names)
    assert err == ""
    assert table[0] == [
        *("Other/x", "Other/soma/n", "Other/count"),
        *("VecRef/x (ms)", "VecRef/dend_3/v (mV)"),
    ]
    assert [row[:3] for row in table[1:5]] == [
        ["0", "1", "7"],
        ["1", "0", "8"],
        ["2", "1", "9"],
        ["", "", ""],
    ]
    assert len(table) == 51
    assert len(column(table, 3)) == len(column(table, 4)) == 50


def test_what_does_not_fit_its_x_stands_beside_its_sample_index(made, capsys):
    table, err = export(capsys, made, "VecRef/dend_3/short", "NoX/soma/n")
    assert table == [
        ["sample index", "VecRef/dend_3/short", "sample index", "NoX/soma/n"],
        ["0", "9223372036854775807", "0", "0"],
        ["1", "-9223372036854775808", "1", "1"],
        ["", "", "2", "2"],
        ["", "", "3", "3"],
    ]
    assert err.splitlines() == [
        "neuronvisio: VecRef/dend_3/short stands beside its sample index, "
        "since it has 2 values and its x has 50.",
        "neuronvisio: NoX/soma/n stands beside its sample index, since its group has no x.",
    ]


def test_two_dimensions_are_a_column_each(made, capsys):
    table, err = export(capsys, made, "VecRef/dend_3/wide")
    assert err == ""
    assert table[0] == ["VecRef/x (ms)", "VecRef/dend_3/wide[0]", "VecRef/dend_3/wide[1]"]
    with h5py.File(made) as h5file:
        stored = h5file["results/VecRef/dend_3/wide"][()]
    cells = np.array([row[1:] for row in table[1:]], dtype="f4")
    assert cells.tobytes() == stored.tobytes()
    assert max(len(cell) for row in table[1:] for cell in row[1:]) <= 14  # of float32


def test_x_alone_and_twice_the_same_are_one_column(made, capsys):
    assert export(capsys, made, "Other/x")[0] == [["Other/x"], ["0"], ["1"], ["2"]]
    table, _err = export(capsys, made, "Other/count", "Other/x", "Other/count")
    assert table[0] == ["Other/x", "Other/count"]


def test_names_may_be_original_ones_or_as_they_are_shown(made, capsys):
    for name in ("VecRef/dend[3]/v", "VecRef/A[0].soma/v", "VecRef/soma/v"):
        table, _err = export(capsys, made, name)
        wanted = "dend_3" if "dend" in name else "A_0_soma"
        assert table[0][1] == f"VecRef/{wanted}/v (mV)"
    odd = 'VecRef/dend_3/a, "b"'
    for name in (odd + "\x1b", odd + "\\x1b"):
        table, _err = export(capsys, made, name)
        assert table[0][1] == odd + "\\x1b"
        assert [row[1] for row in table[1:5]] == ["nan", "inf", "-0.0", "1.0"]


def test_a_name_of_several_is_refused(tmp_path, capsys):
    path = tmp_path / "two.h5"
    with h5py.File(path, "w") as h5file:
        for cell in "AB":
            section = h5file.create_group(f"results/VecRef/{cell}_0_soma")
            section.attrs["original_name"] = f"{cell}[0].soma"
            section["v"] = np.ones(2)
    err = failed(capsys, path, "--csv", "-", "VecRef/soma/v")
    assert "is the name of 2 variables: VecRef/A_0_soma/v, VecRef/B_0_soma/v." in err


def test_what_can_not_be_exported_is_said_in_one_sentence(made, capsys):
    assert "has no variable VecRef/nope" in failed(capsys, made, "--csv", "-", "VecRef/nope")
    assert "lists what it has" in failed(capsys, made, "--csv", "-", "VecRef")
    assert "is not numeric" in failed(capsys, made, "--csv", "-", "VecRef/dend_3/text")
    assert "3 dimensions" in failed(capsys, made, "--csv", "-", "VecRef/dend_3/deep")
    assert "There is no file" in failed(capsys, "nope.h5", "--csv", "-", "VecRef/soma/v")
    hostile = FIXTURES / "hostile"
    bomb = hostile / "petabyte-chunked.h5"
    assert "claims far more" in failed(capsys, bomb, "--csv", "-", "VecRef/dend/v")


def test_wrong_usage(made, capsys):
    for words in ([made, "VecRef/soma/v"], [made, "--csv"], [made, "--csv", "-"], ["--csv"]):
        assert main(["export", *map(str, words)]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "usage: neuronvisio export" in captured.err
    assert main(["export", str(made), "--csv"]) == 2
    assert f"'neuronvisio info {made}' lists them" in capsys.readouterr().err


def test_a_file_is_written_whole_and_never_over_another(made, tmp_path, capsys):
    out = tmp_path / "out.csv"
    words = ["export", str(made), "--csv", str(out), "Other/count"]
    assert main(words) == 0
    wanted = b"Other/x,Other/count\n0,7\n1,8\n2,9\n"
    assert out.read_bytes() == wanted
    out.write_text("precious")
    assert "exists: name another file" in failed(capsys, *words[1:])
    assert out.read_text() == "precious"
    assert main([*words, "--force"]) == 0
    assert out.read_bytes() == wanted
    assert main(["export", str(made), f"--csv={tmp_path / 'out.txt'}", "Other/count"]) == 0
    assert (tmp_path / "out.txt").read_bytes() == wanted
    assert capsys.readouterr().out == ""
    assert sorted(os.listdir(tmp_path)) == ["out.csv", "out.txt", "storage.h5"]
    assert "There is no" in failed(capsys, tmp_path / "x.h5", "--csv", out, "Other/x")
    assert "No such file" in failed(capsys, made, "--csv", tmp_path / "no" / "o.csv", "Other/x")


def test_the_result_file_itself_is_never_written(made, capsys):
    before = hashlib.sha256(made.read_bytes()).digest()
    link = made.parent / "link.csv"
    link.symlink_to(made)
    err = failed(capsys, made, f"--csv={link}", "--force", "Other/x")
    assert "is the result file itself" in err
    assert hashlib.sha256(made.read_bytes()).digest() == before


def test_a_failure_half_way_leaves_the_old_file(tmp_path, capsys):
    path, out = tmp_path / "damaged.h5", tmp_path / "out.csv"
    with h5py.File(path, "w") as h5file:
        data = np.random.default_rng(1).random(1 << 18)
        dataset = h5file.create_dataset(
            "results/VecRef/soma/v", data=data, chunks=(1 << 17,), compression="gzip"
        )
        at = dataset.id.get_chunk_info(1).byte_offset
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 64)
    out.write_text("old")
    assert "can't be decoded" in failed(capsys, path, "--csv", out, "--force", "VecRef/soma/v")
    assert out.read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["damaged.h5", "out.csv"]


def run(*words, **options):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "neuronvisio.cli", "export", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / "long.h5"
    with h5py.File(path, "w") as h5file:
        group = h5file.create_group("results/VecRef")
        group["x"] = np.arange(1_500_000) * 0.025
        group["soma/v"] = np.sin(np.arange(1_500_000))
    return path


def test_a_long_export_needs_little_memory_and_is_exact(long, tmp_path):
    limit = 160 << 20  # all cells as Python texts would need 200 MB more

    def bound():
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    out = tmp_path / "out.csv"
    with run(long, "--csv", out, "VecRef/soma/v", preexec_fn=bound) as process:
        _, err = process.communicate(timeout=50)
    assert (process.returncode, err) == (0, b"")
    table = np.loadtxt(out, delimiter=",", skiprows=1)
    with h5py.File(long) as h5file:
        assert table[:, 0].tobytes() == h5file["results/VecRef/x"][()].tobytes()
        assert table[:, 1].tobytes() == h5file["results/VecRef/soma/v"][()].tobytes()


def test_a_pipe_that_is_closed_early_ends_silently(long):
    with run(long, "--csv", "VecRef/soma/v") as process:
        assert process.stdout.readline() == b"VecRef/x,VecRef/soma/v\n"
        process.stdout.close()
        err = process.stderr.read()
        assert (process.wait(50), err) == (0, b"")
