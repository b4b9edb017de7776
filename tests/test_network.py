"""A network of template cells, whose sections all have the same names."""

import numpy as np
import pytest
from helpers import TEMPLATE, read_like_the_original

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
