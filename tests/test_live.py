"""A display that follows NEURON while it runs, in a real kernel."""

import json
import time
from contextlib import contextmanager

import jsonschema
import numpy as np
import pytest
from helpers import ROOT

from neuronvisio.display import MIME_TYPE, Display
from neuronvisio.display.live import even
from neuronvisio.notes import NeuronvisioWarning
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
        self.shown, self.errors, self.warnings, self.result = [], [], [], ""

    def run(self, code, interrupt_at=None, wait=0):
        self.shown, self.errors, self.warnings, self.result = [], [], [], ""

        def hook(message):
            kind, content = message["msg_type"], message["content"]
            if kind in ("display_data", "update_display_data"):
                display_id = content["transient"]["display_id"]
                update = kind == "update_display_data"
                sent = message["header"]["date"].timestamp()
                self.shown.append((sent, update, content["data"], display_id))
                if interrupt_at is not None and len(self.shown) == interrupt_at:
                    time.sleep(wait)
                    self._manager.interrupt_kernel()
            elif kind == "error":
                self.errors.append(f"{content['ename']}: {content['evalue']}")
            elif kind == "stream" and "NeuronvisioWarning" in content["text"]:
                self.warnings.append(content["text"])
            elif kind == "execute_result":
                self.result = content["data"]["text/plain"]

        self._client.execute_interactive(code, output_hook=hook, timeout=120)
        return [self.bundle(data) for _, _, data, _ in self.shown]

    @staticmethod
    def bundle(data):
        bundle = json.loads(json.dumps(data[MIME_TYPE], allow_nan=False))
        jsonschema.validate(bundle, SCHEMA, jsonschema.Draft202012Validator)
        return bundle


@contextmanager
def started(folder):
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder))
    kernel = Kernel(client, manager)
    try:
        kernel.run(MODEL)
        assert kernel.errors == []
        yield kernel
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    with started(tmp_path_factory.mktemp("kernel")) as kernel:
        yield kernel


@pytest.fixture(scope="module")
def varying(tmp_path_factory):
    """A kernel for variable steps, after which NEURON has no threads any more."""
    with started(tmp_path_factory.mktemp("varying")) as kernel:
        yield kernel


def lengths(bundles):
    return [bundle["drawn"][0]["variable"]["shape"][0] for bundle in bundles]


pytestmark = pytest.mark.filterwarnings("ignore")


def test_the_traces_grow_while_the_simulation_runs_and_end_whole(kernel):
    kernel.run("live = manager.show(['VecRef/soma/v'], live=True)\nrun(6000)")
    shown, alone = kernel.shown, kernel.result
    bundles = [kernel.bundle(data) for _, _, data, _ in shown]
    assert [update for _, update, _, _ in shown] == [False] + [True] * (len(shown) - 1)
    assert len({display_id for *_, display_id in shown}) == 1
    assert [bundle.get("state") for bundle in bundles[1:-1]] == ["running"] * (len(shown) - 2)
    assert len(bundles) >= 4
    grown = lengths(bundles)
    assert grown == sorted(grown)
    assert grown[0] == 0
    assert grown[-1] == 240001
    assert all(part["drawn"][0].get("reason") is None for part in bundles[1:])
    final = shown[-1][2]
    assert sorted(final) == [MIME_TYPE, "text/html", "text/plain"]
    assert "state" not in bundles[-1] and bundles[-1]["groups"][0]["sectionCount"] == 1
    assert shown[1][2]["text/plain"].startswith("running: t = ")
    kernel.run("live.close()\nrun(6000)")
    assert (kernel.shown, kernel.result) == ([], alone)


def test_updates_are_few_and_small(kernel):
    kernel.run(
        "import time\nlive = manager.show(live=True)\nend = time.time() + 3\n"
        "while time.time() < end: run(500)"
    )
    sent = [at for at, *_ in kernel.shown[1:]]
    assert len(sent) >= 4
    for first, sixth in zip(sent, sent[5:], strict=False):
        assert sixth - first >= 1
    running = kernel.shown[1:-1]
    sizes = [len(json.dumps(data)) for _, _, data, _ in running]
    assert sum(sizes[:-1]) <= 200_000 * (running[-1][0] - running[0][0])
    assert max(sizes) <= 41_000
    kernel.run("live.close()")


def test_many_short_runs_are_followed_too(kernel):
    kernel.run("live = manager.show(live=True)\nfor _ in range(60): run(20)")
    assert [kernel.bundle(data).get("state") for _, _, data, _ in kernel.shown][1] == "running"
    # Nothing of the run before: a trace never has more samples than its run.
    assert max(lengths([kernel.bundle(data) for _, _, data, _ in kernel.shown[1:]])) <= 801
    kernel.run("live.close()")


@pytest.mark.parametrize("local", [0, 1])
def test_variable_steps_are_followed_and_stay_as_they_are(varying, local):
    kernel, stop = varying, 500_000 if local else 300_000
    kernel.run(f"h.cvode.active(1); h.cvode.use_local_dt({local}); run({stop})")
    alone = kernel.result
    bundles = kernel.run(f"live = manager.show(['VecRef/soma/v'], live=True)\nrun({stop})")
    assert kernel.errors == []
    assert kernel.result == alone
    assert bundles[1].get("state") == "running"
    assert all(bundle["drawn"][0].get("reason") is None for bundle in bundles[1:])
    assert lengths(bundles)[1:] == sorted(lengths(bundles)[1:])
    assert lengths(bundles)[-1] > 100
    kernel.run("live.close(); h.cvode.use_local_dt(0); h.cvode.active(0)")


def test_after_variable_steps_threads_are_refused_and_the_kernel_lives(varying):
    varying.run("h.cvode.active(1); live = manager.show(live=True); run(10); live.close()")
    varying.run("pc = h.ParallelContext(); pc.nthread(2); run(10)")
    assert "restart the kernel" in varying.errors[-1]
    varying.run("pc.nthread(1); run(10); h.cvode.active(0)")
    assert varying.errors == []


def test_variable_steps_on_threads_are_shown_at_the_end_and_it_is_said_once(kernel):
    kernel.run("pc = h.ParallelContext(); pc.nthread(2); h.cvode.active(1); run(100)")
    alone = kernel.result
    kernel.run("warnings.simplefilter('always'); live = manager.show(live=True)\nrun(100)")
    assert kernel.result == alone
    assert [update for _, update, _, _ in kernel.shown] == [False, True]
    assert ["several threads" in text for text in kernel.warnings] == [True]
    kernel.run("run(100)")
    assert (len(kernel.shown), kernel.warnings) == (1, [])
    kernel.run("live.close(); warnings.simplefilter('ignore')\nh.cvode.active(0); pc.nthread(1)")


PSOLVE = "h.ParallelContext().set_maxstep(1); h.finitialize(-65); h.ParallelContext().psolve(1e6)"
LOOP = "h.finitialize(-65)\nwhile h.t < 1e6: h.fadvance()"


@pytest.mark.parametrize("wait", [0, 0.03, 0.11])
@pytest.mark.parametrize(
    ("before", "loop"),
    [("", "run(1e6)"), ("h.ParallelContext().nthread(2)", "run(1e6)"), ("", PSOLVE), ("", LOOP)],
)
def test_an_interrupt_leaves_what_there_was(kernel, before, loop, wait):
    code = f"{before}\nlive = manager.show(['VecRef/soma/v'], live=True)\n{loop}"
    bundles = kernel.run(code, interrupt_at=3, wait=wait)
    assert kernel.errors == ["KeyboardInterrupt: "]
    assert "state" not in bundles[-1]
    assert 0 < lengths(bundles)[-1] < 40_000_000
    assert lengths(bundles)[-1] >= lengths(bundles)[-2]
    assert "text/html" in kernel.shown[-1][2]
    kernel.run("live.close(); h.ParallelContext().nthread(1)\nh.finitialize(-65)")
    kernel.run("h.ParallelContext().psolve(5); assert h.t > 4.9")
    assert kernel.errors == []


def test_an_interrupt_ends_a_run_with_variable_steps(varying):
    code = "h.cvode.active(1)\nlive = manager.show(['VecRef/soma/v'], live=True)\nrun(1e9)"
    bundles = varying.run(code, interrupt_at=3, wait=0.05)
    assert varying.errors
    assert "state" not in bundles[-1]
    varying.run("live.close(); h.cvode.active(0)")


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


def test_a_run_that_goes_on_in_a_later_cell_is_followed_to_its_end(kernel):
    kernel.run("live = manager.show(['VecRef/soma/v'], live=True)\nh.finitialize(-65)")
    for stop in (10, 20):
        bundles = kernel.run(f"h.continuerun({stop})")
        assert lengths(bundles) == [stop * 40 + 1]
        assert "state" not in bundles[-1]
    bundles = kernel.run("h.continuerun(1500)")
    assert bundles[0]["state"] == "running"
    assert "state" not in bundles[-1]
    kernel.run("live.close()")


@pytest.mark.parametrize(
    "code",
    [
        "live = manager.show(live=True); run(1500); live.close()",
        "live = manager.show(live=True); run(1500); live = manager.show(live=True)",
        "def f():\n  m = Manager(); m.add_vecRef('v', soma); m.show(live=True); h.run()\nf()",
    ],
)
def test_however_it_ends_the_final_state_is_shown(kernel, code):
    kernel.run(f"h.tstop = 1500\n{code}")
    first = kernel.shown[0][3]
    bundles = [kernel.bundle(data) for *_, data, shown in kernel.shown if shown == first]
    assert "running" in {bundle.get("state") for bundle in bundles}
    assert "state" not in bundles[-1]
    assert lengths(bundles)[-1] == 60001
    kernel.run("import gc; gc.collect(); live.close(); run(5)")
    assert kernel.shown == []


def test_the_end_of_its_manager_is_the_end_of_a_display(kernel):
    kernel.run("own = Manager(); own.add_vecRef('v', soma); kept = own.show(live=True)")
    kernel.run("del own; import gc; gc.collect()")
    kernel.run("run(5)")
    assert (kernel.shown, kernel.errors, kernel.warnings) == ([], [], [])


def test_two_managers_have_displays_of_their_own(kernel):
    kernel.run("other = Manager(); other.add_vecRef('m_hh', soma); two = other.show(live=True)")
    [(*_, second)] = kernel.shown
    kernel.run("live = manager.show(live=True)\nrun(6000)")
    names = {
        (shown == second, kernel.bundle(data)["drawn"][0]["variable"]["name"])
        for *_, data, shown in kernel.shown
    }
    assert names == {(True, "m_hh"), (False, "v")}
    assert sum(kernel.bundle(data).get("state") is None for *_, data, _ in kernel.shown) == 3
    kernel.run("two.close(); live.close()")


def test_a_failure_of_the_display_is_told_and_ends_nothing(kernel):
    kernel.run(
        "live = manager.show(['VecRef/soma/v'], live=True)\n"
        "make, live._make = live._make, lambda state, budget: 1 / 0 if state else make('', None)\n"
        "import io, contextlib\nwarnings.simplefilter('default')\nrun(1500)"
    )
    assert kernel.errors == []
    assert lengths([kernel.bundle(kernel.shown[-1][2])]) == [60001]
    kernel.run("warnings.simplefilter('ignore'); live.close()")


@pytest.mark.filterwarnings("default")
def test_without_a_notebook_it_says_so_and_shows_what_there_is(cell, manager):
    manager.add_all_vecRef("v")
    with pytest.warns(NeuronvisioWarning, match="needs a notebook"):
        shown = manager.show(["VecRef/soma/v"], live=True)
    assert isinstance(shown, Display)
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
