"""A network of template cells, whose sections all have the same names."""

import numpy as np
import pytest
from helpers import TEMPLATE, read_like_the_original, run_python

from neuronvisio.manager import Manager, NeuronvisioWarning
from neuronvisio.results import Results

CELLS = 50


@pytest.fixture
def network(h):
    if not h.name_declared("NetworkCell"):
        h(TEMPLATE)
    cells = [h.NetworkCell() for _ in range(CELLS)]
    clamps = []
    for number, cell in enumerate(cells):
        clamps.append(h.IClamp(cell.soma(0.5)))
        clamps[-1].dur, clamps[-1].amp = 5, 0.01 * number
    yield cells
    clamps.clear()


@pytest.fixture
def saved(network, manager, run, tmp_path):
    manager.add_all_vecRef("v")
    run(2)
    with pytest.warns(NeuronvisioWarning, match="kept apart by their full name.* more$") as got:
        manager.save_to_hdf(tmp_path / "storage.h5")
    assert len(got) == 1
    return tmp_path / "storage.h5"


def sections_of(cells):
    return [section for cell in cells for section in (cell.soma, *cell.dend)]


def test_every_section_of_every_cell_is_saved_with_its_own_values(saved, network, manager):
    loaded = read_like_the_original(saved)["groups"]["VecRef"][1]
    values = {name: vecs["v"] for name, _, vecs in loaded}
    assert len(values) == 3 * CELLS
    assert len({vector.tobytes() for vector in values.values()}) == 3 * CELLS
    with Results(saved) as results:
        for section in sections_of(network):
            expected = manager.get_vector(section, "v").as_numpy()
            found = results["VecRef"][section.name()]
            assert found.original_name == section.name()
            np.testing.assert_array_equal(found["v"], expected)
            np.testing.assert_array_equal(values[found.name], expected)


def test_names_in_the_file_are_names_that_the_originals_reader_can_look_up(saved):
    loaded = read_like_the_original(saved)
    for name, _, _ in loaded["groups"]["VecRef"][1]:
        assert name.isidentifier()
        assert f'name="{name}"'.encode() in loaded["geometry"]


def test_loading_finds_the_live_section_of_every_ref(saved, network, manager):
    loaded = Manager()
    loaded.load_from_hdf(saved)
    assert {ref.sec for ref in loaded.refs["VecRef"]} == set(sections_of(network))
    for section in sections_of(network):
        np.testing.assert_array_equal(
            loaded.get_vector(section, "v"), manager.get_vector(section, "v").as_numpy()
        )
    loaded.close()


def test_get_vector_finds_the_name_in_neuron_without_the_model(saved, network, tmp_path):
    names = [section.name() for section in sections_of(network)]
    code = """
import sys
import numpy as np
from neuronvisio.manager import Manager
with Manager() as manager:
    manager.load_from_hdf(sys.argv[1])
    assert "neuron" not in sys.modules
    for name in sys.argv[2:]:
        found = manager["VecRef"][name]["v"]
        assert manager.get_vector(name, "v").path == found.path
        assert manager.get_vector(found.path.split("/")[1], "v").path == found.path
    assert manager.get_vector("NetworkCell[1000].dend[0]", "v") is None
    assert manager.get_vector("dend_0", "v") is None
assert manager.get_vector("unheard of", "v") is None
"""
    run_python(code, saved, *names, cwd=tmp_path)


def test_the_name_in_the_file_is_found_with_the_model_live(saved, network):
    with Results(saved) as results:
        names = list(results["VecRef"])
    with Manager() as loaded:
        loaded.load_from_hdf(saved)
        for name in names:
            assert loaded.get_vector(name, "v").path == f"VecRef/{name}/v"
            assert loaded["VecRef"][name]["v"].path == f"VecRef/{name}/v"
            assert loaded["VecRef"][name].sec is not None


class Counted:
    """A ref that counts how often its name is asked for."""

    group_id, detail, asked = "Counted", "", 0

    def __init__(self, name):
        self.name, self.vecs = name, {"a": [float(len(name))]}

    @property
    def sec_name(self):
        Counted.asked += 1
        return self.name


def test_a_vector_is_found_without_going_through_all_refs(manager):
    refs = [Counted(f"s{number}") for number in range(200)]
    for ref in refs:
        manager.add_ref(ref, [0.0])
        assert manager.get_vector(ref.name, "a", "Counted") is ref.vecs["a"]
    assert Counted.asked < 1000


def test_changed_refs_are_found_by_what_they_are_now(manager):
    refs = [Counted("a"), Counted("b")]
    for ref in refs:
        manager.add_ref(ref, [0.0])
    assert manager.get_vector("a", "a", "Counted") is refs[0].vecs["a"]
    refs[0].name = "c"
    assert manager.get_vector("a", "a", "Counted") is None
    assert manager.get_vector("c", "a", "Counted") is refs[0].vecs["a"]
    manager.refs["Counted"][1] = other = Counted("b")
    assert manager.get_vector("b", "a", "Counted") is other.vecs["a"]
    manager.refs["Counted"] = [refs[1]]
    assert manager.get_vector("b", "a", "Counted") is refs[1].vecs["a"]
    manager.refs["Counted"].clear()
    assert manager.get_vector("b", "a", "Counted") is None
