"""`neuronvisio info` lists every file without harm."""

import os
import resource
import signal
import subprocess
import sys

import h5py
import numpy as np
import pytest
from helpers import FIXTURES, ROOT

import neuronvisio
from neuronvisio.cli import main

ALL = sorted(str(path.relative_to(FIXTURES)) for path in FIXTURES.rglob("*.h5"))


def start(*words, **options):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "neuronvisio", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def listed(capsys, *words):
    assert main(["info", *map(str, words)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def failed(capsys, *words):
    assert main([*map(str, words)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("neuronvisio: ")
    assert captured.err.endswith(".\n")
    return captured.err


@pytest.fixture
def made(tmp_path):
    """A file with units, original names and the facts of the root."""
    path = tmp_path / "storage.h5"
    with h5py.File(path, "w") as h5file:
        h5file.attrs["creator"] = "neuronvisio"
        h5file.attrs["neuron_version"] = np.bytes_("9.0.2")
        h5file.attrs["script"] = "run\x1b[31m.py"
        group = h5file.create_group("results/VecRef")
        group["x"] = np.arange(4) * 0.1
        group["x"].attrs["units"] = "ms"
        for i in (10, 2):
            section = group.create_group(f"dend_{i}")
            section.attrs["original_name"] = f"Cell[0].dend[{i}]"
            section["v"] = np.array([-65.0, 0.1, np.nan, 40.0])
            section["v"].attrs["units"] = "mV"
            section["v"].attrs["TITLE"] = "evil\x1b]0;title\x07 \u202e μ"
        group["dend_2"]["outside"] = h5py.ExternalLink("other.h5", "/x")
        group["dend_2"]["big"] = np.array([2**63 - 1, -(2**63)], dtype="i8")
        group["dend_2"]["none"] = h5py.Empty("f8")
    return path


def test_the_tree_is_listed_in_natural_order_with_all_that_is_known(made, capsys):
    assert listed(capsys, made) == [
        str(made),
        "creator: neuronvisio",
        "neuron_version: 9.0.2",
        "script: run\\x1b[31m.py",
        "VecRef",
        "  x  4  <f8  ms  0.0..0.30000000000000004",
        "  dend_2 = Cell[0].dend[2]",
        "    big  2  <i8  -9223372036854775808..9223372036854775807",
        "    none  no values  <f8",
        "    outside  is a link into another file",
        '    v  4  <f8  mV  -65.0..40.0, 1 not finite  "evil\\x1b]0;title\\x07 \\u202e μ"',
        "  dend_10 = Cell[0].dend[10]",
        '    v  4  <f8  mV  -65.0..40.0, 1 not finite  "evil\\x1b]0;title\\x07 \\u202e μ"',
    ]


def test_without_ranges_no_values_are_read(made, capsys, monkeypatch):
    def refuse(*_):
        raise AssertionError("values were read")

    monkeypatch.setattr("neuronvisio.datasets.Rows.read", refuse)
    lines = listed(capsys, "--no-ranges", made)
    assert "  x  4  <f8  ms" in lines
    with pytest.raises(AssertionError, match="values were read"):
        main(["info", str(made)])


@pytest.mark.parametrize("name", ALL)
def test_every_fixture_is_listed_or_refused_in_one_sentence(name, capsys):
    code = main(["info", str(FIXTURES / name)])
    captured = capsys.readouterr()
    assert (code, captured.out == "", captured.err.count("\n")) in ((0, False, 0), (1, True, 1))
    text = (captured.out + captured.err).replace("\n", "")
    assert text.isprintable()
    assert "Traceback" not in text
    assert "root:" not in text
    if "/" not in name:  # those at the top are valid
        assert code == 0


def test_what_can_not_be_opened_is_said_in_one_sentence(capsys, tmp_path):
    assert "There is no file" in failed(capsys, "info", tmp_path / "nope.h5")
    assert "is a folder" in failed(capsys, "info", tmp_path)
    assert "is not an HDF5 file" in failed(capsys, "info", FIXTURES / "broken" / "text.h5")
    assert "can't be opened" in failed(
        capsys, "info", FIXTURES / "broken" / "signature-then-garbage.h5"
    )
    assert "no group /results" in failed(capsys, "info", FIXTURES / "edge" / "no-results.h5")
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert "not a regular file" in failed(capsys, "info", fifo)
    assert "\\x1b[31m" in failed(capsys, "info", "\x1b[31m.h5")


def test_a_damaged_chunk_costs_its_own_line_only(tmp_path, capsys):
    path = tmp_path / "damaged.h5"
    with h5py.File(path, "w") as h5file:
        section = h5file.create_group("results/VecRef/soma")
        data = np.random.default_rng(1).random(1000)
        section.create_dataset("bad", data=data, chunks=(1000,), compression="gzip")
        at = section["bad"].id.get_chunk_info(0).byte_offset
        section["good"] = np.arange(3)
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 64)
    lines = listed(capsys, path)
    assert lines[-2].startswith("    bad  1000  <f8  can't be decoded")
    assert lines[-1] == "    good  3  <i8  0..2"


def test_large_arrays_are_read_in_pieces(tmp_path):
    path = tmp_path / "large.h5"
    with h5py.File(path, "w") as h5file:
        data = h5file.create_dataset("results/VecRef/soma/v", (1 << 26,), "f8", chunks=(1 << 18,))
        data[0], data[1 << 25], data[-1] = 3.0, -7.5, 1e300
        # Unwritten chunks of a chunked array claim too much; half a GiB is read all the same.
    limit = 1 << 29

    def bound():
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    process = start("info", path, preexec_fn=bound)
    out, err = process.communicate(timeout=50)
    assert (process.returncode, err) == (0, "")
    assert out.splitlines()[-1] == "    v  67108864  <f8  -7.5..1e+300"


def test_a_file_that_claims_more_than_it_holds_is_not_read(capsys):
    lines = listed(capsys, FIXTURES / "hostile" / "petabyte-chunked.h5")
    assert any("claims far more values than the file holds" in line for line in lines)


def test_help_version_and_wrong_usage(capsys):
    for words in (["--help"], ["info", "--help"], ["export", "--help"]):
        assert main(words) == 0
        assert "usage: neuronvisio" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"neuronvisio {neuronvisio.__version__}\n"
    for words in (["info"], ["info", "a", "b"], ["--nope"], ["--port", "x"], ["a", "b"]):
        assert main(words) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "usage: neuronvisio" in captured.err


def test_a_closed_pipe_ends_silently():
    with start("info", FIXTURES / "edge" / "many-groups.h5") as process:
        process.stdout.close()
        err = process.stderr.read()
        assert (process.wait(50), err) == (0, "")


def test_an_interrupt_ends_with_130(tmp_path):
    path = tmp_path / "long.h5"
    with h5py.File(path, "w") as h5file:
        for i in range(1000):
            h5file[f"results/VecRef/{'s' * 500}{i}/v"] = np.zeros(1)
    process = start("info", path)
    # The listing is longer than a pipe holds: it waits there, within its own main.
    assert process.stdout.read(1) == str(path)[0]
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=50)
    assert (process.returncode, err) == (130, "")


def test_nothing_large_is_imported(tmp_path):
    code = (
        "import sys; from neuronvisio.cli import main; main(sys.argv[1:]);"
        "names = ('neuron', 'jupyterlab', 'jupyter_server', 'matplotlib', 'tables');"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "info", FIXTURES / "small.h5"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_parameters_are_shown_escaped_unless_they_are_very_long(tmp_path, capsys):
    from neuronvisio.manager import BaseRef, Manager

    ref, manager = BaseRef(), Manager()
    ref.sec_name, ref.vecs = "soma", {"v": [1.0]}
    manager.add_ref(ref, [0.0])
    manager.save_to_hdf(tmp_path / "a.h5", parameters={"gbar": 0.12, "note": "a\x1b[31mb"})
    assert main(["info", str(tmp_path / "a.h5")]) == 0
    assert 'parameters: {"gbar": 0.12, "note": "a\\u001b[31mb"}' in capsys.readouterr().out
    manager.save_to_hdf(tmp_path / "a.h5", parameters={"weights": list(range(50_000))})
    assert main(["info", str(tmp_path / "a.h5")]) == 0
    assert "parameters:" not in capsys.readouterr().out
