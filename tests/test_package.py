"""The package as users find it."""

import os
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
from helpers import ROOT, read_like_the_original, run_python

import neuronvisio

WITHOUT_NEURON = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "neuron":
            raise ModuleNotFoundError("No module named 'neuron'", name="neuron")
sys.meta_path.insert(0, Blocker())
"""


def test_without_neuron_everything_works_but_recording(tmp_path):
    code = f"""{WITHOUT_NEURON}
from neuronvisio.manager import BaseRef, Manager
from neuronvisio.reader import ResultFile
manager, ref = Manager(), BaseRef()
ref.sec_name, ref.vecs = "soma", {{"a": [1.0, 2.0]}}
manager.add_ref(ref, [0.0, 1.0])
manager.save_to_hdf("storage.h5")
with ResultFile("storage.h5") as result:
    print(result.read("/results/BaseRef/soma/a"))
for record in (manager.create_time_record, lambda: manager.add_all_vecRef("v")):
    try:
        record()
    except ModuleNotFoundError as error:
        print(error)
"""
    lines = run_python(code, cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "[1. 2.]"
    assert lines[1:] == ["recording needs NEURON: pip install 'jupyterlab-neuronvisio[neuron]'"] * 2


def test_a_manager_alone_does_not_load_neuron_or_pytables(tmp_path):
    code = """
import sys
from neuronvisio.manager import Manager
Manager()
print([name for name in ("neuron", "tables", "matplotlib") if name in sys.modules])
"""
    assert run_python(code, cwd=tmp_path).stdout == "[]\n"


def test_a_manager_made_after_neuron_brings_the_standard_run_library(tmp_path):
    code = """
from neuron import h
from neuronvisio.manager import Manager
Manager()
h.tstop = 1
h.run()
print(round(h.t, 3))
"""
    assert run_python(code, cwd=tmp_path).stdout.splitlines()[-1] == "1.0"


def test_jupyterlab_is_told_where_the_extension_lies():
    [entry] = neuronvisio._jupyter_labextension_paths()
    assert entry == {"src": "labextension", "dest": "jupyterlab-neuronvisio"}
    assert neuronvisio.__version__
    assert (Path(neuronvisio.__file__).parent / "py.typed").exists()


def run_example(folder, *arguments):
    script = ROOT / "examples" / "ball_and_stick.py"
    done = subprocess.run(
        [sys.executable, "-W", "error", script, "--output-root", folder, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    return Path(done.stdout.splitlines()[-1])


def spikes_of(voltage):
    return np.count_nonzero((voltage[1:] > 0) & (voltage[:-1] <= 0))


def test_the_example_with_another_current_is_another_run_of_the_same_cell(tmp_path):
    paths = [run_example(tmp_path, *arguments) for arguments in ([], ["--current", "0.1"])]
    assert [path.parent.name for path in paths] == ["Sim_0", "Sim_1"]
    runs = [read_like_the_original(path)["groups"]["VecRef"] for path in paths]
    (time, refs), (other_time, other_refs) = runs
    assert np.array_equal(time, other_time)
    voltage, other = refs[-1][2]["v"], other_refs[-1][2]["v"]
    # The same until the step.
    before = time < 95
    assert np.array_equal(voltage[before], other[before])
    assert spikes_of(other) < spikes_of(voltage)


def test_the_example_makes_a_run_folder_with_a_spiking_cell(tmp_path):
    path = run_example(tmp_path)
    assert path.is_absolute()
    assert path.name == "storage.h5"
    assert path.parent.name == "Sim_0"
    assert path.parent.parent.parent == tmp_path.resolve() / "Sims"
    groups = read_like_the_original(path)["groups"]
    time, refs = groups["VecRef"]
    names = {name: (str(detail), sorted(vecs)) for name, detail, vecs in refs}
    assert names.pop("soma") == ("Hodgkin-Huxley membrane", ["ik", "ina", "m_hh", "v"])
    assert names == {f"dend_{i}": ("passive membrane", ["v"]) for i in range(4)}
    voltage = refs[-1][2]["v"]
    assert len(voltage) == len(time)
    assert 3 <= spikes_of(voltage) <= 30
    assert voltage.min() > -90
    x, calcium = groups["Calcium"]
    assert len(x) == 300 != len(time)
    assert [name for name, _, _ in calcium] == ["dend_0", "soma"]
    assert np.ptp(calcium[1][2]["calcium"]) > 0.1
    assert groups["SynVecRef"][1][0][1] == "AMPA"
    with h5py.File(path) as h5file:
        assert h5file["results/VecRef/soma/v"].attrs["units"].decode() == "mV"
