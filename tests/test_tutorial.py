"""The code in the documentation does what the documentation says."""

import re

import matplotlib
import pytest
from helpers import ROOT

matplotlib.use("Agg")


def python_in(page):
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text(), re.S)


@pytest.fixture
def ran(h, tmp_path, monkeypatch):
    """All code of the page on the Manager, run from top to bottom in an empty folder."""
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in python_in("manager.md"):
        exec(compile(block, "docs/manager.md", "exec"), names)
    return names


def test_the_tutorial_of_the_manager_runs_and_says_what_is_true(ran):
    manager, soma, dend = ran["manager"], ran["soma"], ran["dend"]
    assert manager.get_distance(dend, soma) == {"dend[0]": 200.0, "dend[1]": 200.0}
    assert (ran["v"].units, ran["v"].x.units) == ("mV", "ms")
    assert ran["figure"].axes[0].get_zlabel() == "v (mV)"
    assert ran["table"]["soma", "v"].max() == manager.get_vector(soma, "v").as_numpy().max() > 0
    with ran["Manager"]() as loaded:
        results = loaded.load_from_hdf(ran["folder"] + "/storage.h5")
        assert results.parameters == {"current": 0.5, "note": "first try"}
        ca = loaded["Calcium"]["spine[1]"]["ca"]
        assert (ca.read().tolist(), ca.units, ca.detail) == ([0.1, 0.4, 0.2], "uM", "free calcium")
        assert loaded.get_vector("soma", "v")[0] == -65.0
        assert results.sections["L"].tolist() == [20.0, 200.0, 200.0]
