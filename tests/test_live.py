"""A display that follows NEURON while it runs, in a real kernel."""

import json
import time

import jsonschema
import numpy as np
import pytest
from helpers import ROOT

from neuronvisio.display import MIME_TYPE
from neuronvisio.display.live import even
from neuronvisio.views import VariableView

pytest.importorskip("neuron")
SCHEMA = json.loads((ROOT / "docs" / "refs.schema.json").read_text())

MODEL = """
import warnings; warnings.simplefilter('ignore')
import hashlib
from neuron import h
from neuronvisio.manager import Manager
h.load_file('stdrun.hoc')
soma = h.Section(name='soma'); soma.nseg = 101; soma.L = 1000; soma.insert('hh')
clamp = h.IClamp(soma(0.5)); clamp.delay = 1; clamp.dur = 1e9; clamp.amp = 0.5
manager = Manager(); manager.add_all_vecRef('v')
def run(ms):
    h.tstop = ms; h.run()
    return hashlib.sha1(manager.get_vector(soma, 'v').as_numpy().tobytes()).hexdigest()
"""


class Kernel:
    """A kernel, and what it shows: (time, is an update, data) each."""

    def __init__(self, client, manager):
        self._client, self._manager = client, manager
        self.shown, self.errors, self.result = [], [], ""

    def run(self, code, interrupt_at=None):
        self.shown, self.errors, self.result = [], [], ""

        def hook(message):
            kind, content = message["msg_type"], message["content"]
            if kind in ("display_data", "update_display_data"):
                display_id = content["transient"]["display_id"]
                update = kind == "update_display_data"
                self.shown.append((time.monotonic(), update, content["data"], display_id))
                if interrupt_at is not None and len(self.shown) == interrupt_at:
                    self._manager.interrupt_kernel()
            elif kind == "error":
                self.errors.append(content["evalue"])
            elif kind == "execute_result":
                self.result = content["data"]["text/plain"]

        self._client.execute_interactive(code, output_hook=hook, timeout=120)
        return [self.bundle(data) for _, _, data, _ in self.shown]

    @staticmethod
    def bundle(data):
        bundle = json.loads(json.dumps(data[MIME_TYPE], allow_nan=False))
        jsonschema.validate(bundle, SCHEMA, jsonschema.Draft202012Validator)
        return bundle


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(
        kernel_name="python3", cwd=str(tmp_path_factory.mktemp("kernel"))
    )
    kernel = Kernel(client, manager)
    try:
        kernel.run(MODEL)
        assert kernel.errors == []
        yield kernel
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def lengths(bundles):
    return [bundle["drawn"][0]["variable"]["shape"][0] for bundle in bundles]


pytestmark = pytest.mark.filterwarnings("ignore")


def test_the_traces_grow_while_the_simulation_runs_and_end_whole(kernel):
    kernel.run("live = manager.show(['VecRef/soma/v'], live=True)\nrun(1500)")
    shown, alone = kernel.shown, kernel.result
    bundles = [kernel.bundle(data) for _, _, data, _ in shown]
    assert [update for _, update, _, _ in shown] == [False] + [True] * (len(shown) - 1)
    assert len({display_id for *_, display_id in shown}) == 1
    assert [bundle.get("state") for bundle in bundles[1:-1]] == ["running"] * (len(shown) - 2)
    assert len(bundles) >= 4
    grown = lengths(bundles)
    assert grown == sorted(grown)
    assert grown[0] == 0
    assert grown[-1] == 60001
    assert all(part["drawn"][0].get("reason") is None for part in bundles[1:])
    final = shown[-1][2]
    assert sorted(final) == [MIME_TYPE, "text/html", "text/plain"]
    assert "state" not in bundles[-1] and bundles[-1]["groups"][0]["sectionCount"] == 1
    assert shown[1][2]["text/plain"].startswith("running: t = ")
    kernel.run("live.close()\nrun(1500)")
    assert (kernel.shown, kernel.result) == ([], alone)


def test_updates_are_few_and_small(kernel):
    kernel.run("live = manager.show(live=True)\nfor _ in range(3): run(500)")
    updates = kernel.shown[1:-1]
    assert len(updates) >= 3
    passed = updates[-1][0] - updates[0][0]
    assert (len(updates) - 1) / passed <= 5.2  # messages may come a little closer than they left
    size = sum(len(json.dumps(data)) for _, _, data, _ in updates[1:])
    assert size / passed <= 200_000
    kernel.run("live.close()")


@pytest.mark.parametrize("local", [0, 1])
def test_variable_steps_are_followed_and_stay_as_they_are(kernel, local):
    kernel.run(f"h.cvode.active(1); h.cvode.use_local_dt({local}); run(5000)")
    alone = kernel.result
    kernel.run("live = manager.show(['VecRef/soma/v'], live=True)\nrun(5000)")
    assert kernel.errors == []
    assert kernel.result == alone
    assert kernel.bundle(kernel.shown[-1][2])["drawn"][0]["variable"]["shape"][0] > 100
    kernel.run("live.close(); h.cvode.use_local_dt(0); h.cvode.active(0)")


def test_an_interrupt_leaves_what_there_was(kernel):
    bundles = kernel.run(
        "live = manager.show(['VecRef/soma/v'], live=True)\nrun(1e6)", interrupt_at=4
    )
    assert kernel.errors
    assert "state" not in bundles[-1]
    assert 0 < lengths(bundles)[-1] < 40_000_000
    assert lengths(bundles)[-1] >= lengths(bundles)[-2]
    assert "text/html" in kernel.shown[-1][2]
    kernel.run("live.close()")


def test_a_later_cell_updates_the_same_output_and_one_without_a_run_does_not(kernel):
    kernel.run("live = manager.show(['VecRef/soma/v'], live=True)")
    [(_, _, _, display_id)] = kernel.shown
    kernel.run("1 + 1")
    assert kernel.shown == []
    kernel.run("h.finitialize(-65); h.continuerun(5)")
    assert [update for _, update, _, _ in kernel.shown] == [True]
    assert kernel.shown[0][3] == display_id
    kernel.run("live = manager.show(['VecRef/soma/v'], live=True)")
    kernel.run("run(5)")
    assert display_id not in {shown for *_, shown in kernel.shown}
    kernel.run("live.close()")


def test_a_failure_of_the_display_is_told_and_ends_nothing(kernel):
    kernel.run(
        "live = manager.show(['VecRef/soma/v'], live=True)\n"
        "make, live._make = live._make, lambda state, budget: 1 / 0 if state else make('', None)\n"
        "import io, contextlib\nwarnings.simplefilter('default')\nrun(1500)"
    )
    assert kernel.errors == []
    assert lengths([kernel.bundle(kernel.shown[-1][2])]) == [60001]
    kernel.run("warnings.simplefilter('ignore'); live.close()")


def test_without_a_notebook_it_says_so(cell, manager):
    manager.add_all_vecRef("v")
    with pytest.raises(RuntimeError, match="needs a notebook"):
        manager.show(live=True)
    with pytest.raises(KeyError, match="no variable 'cai'"):
        manager.show(["VecRef/soma/cai"], live=True)


def test_in_the_middle_of_a_step_both_are_as_long_as_the_shorter():
    def view(values, x=None):
        return VariableView(
            "v", "g/s/v", lambda part: values[part], shape=values.shape, dtype=values.dtype, x=x
        )

    for samples, places in ((5, 4), (4, 5), (4, 4)):
        [shown] = even([view(np.arange(samples), view(np.arange(places)))])
        assert len(shown) == len(shown.x) == 4
        assert list(shown.read()) == list(shown.x.read()) == [0, 1, 2, 3]
