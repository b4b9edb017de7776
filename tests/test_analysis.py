"""Trees, distances, surfaces and plots of recorded sections."""

import matplotlib
import numpy as np
import pytest

from neuronvisio.manager import NeuronvisioWarning

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402 - the backend comes first


@pytest.fixture(autouse=True)
def no_figures():
    yield
    pyplot.close("all")


@pytest.fixture
def recorded(cell, manager, run):
    manager.add_all_vecRef("v")
    run(1)
    return manager


def lines():
    return pyplot.gcf().axes[0].lines


def test_the_tree_of_a_section_leads_to_the_root(cell, manager):
    soma, first, _, third = cell
    assert manager.get_tree(third) == [third, first, soma]
    assert manager.get_tree(soma) == [soma]


def test_distances_add_whole_lengths_from_the_base(cell, manager):
    soma, first, second, third = cell
    distances = manager.get_distance([soma, first, third], soma)
    assert distances == {"soma": 0.0, "dend[0]": 100.0, "dend[2]": 200.0}
    assert manager.get_distance([third], first) == {"dend[2]": 120.0}


def test_a_surface_has_one_row_per_section_in_the_order_of_the_distances(manager):
    x, y, z = manager.create_3d_grid(
        {"far": 20.0, "near": 0.0}, [0.0, 1.0, 2.0], {"near": [1, 2, 3], "far": [4, 5, 6]}
    )
    assert x.tolist() == [[0.0, 1.0, 2.0]] * 2
    assert y.tolist() == [[20.0] * 3, [0.0] * 3]
    assert z.tolist() == [[4.0, 5.0, 6.0], [1.0, 2.0, 3.0]]


def test_a_surface_of_values_that_do_not_fit_the_time_is_an_error(manager):
    with pytest.raises(ValueError, match="near has 2 samples, the time has 3"):
        manager.create_3d_grid({"near": 0.0}, [0.0, 1.0, 2.0], {"near": [1, 2]})


def test_vectors_are_drawn_against_the_recorded_time_with_a_legend(cell, recorded):
    assert recorded.plot_vecs(recorded.get_vectors(cell[:2], "v")) is None
    soma, dend = lines()
    np.testing.assert_array_equal(soma.get_xdata(), recorded.get_time().as_numpy())
    expected = recorded.get_vector(cell[1], "v").as_numpy()
    np.testing.assert_array_equal(dend.get_ydata(), expected)
    texts = [text.get_text() for text in pyplot.gcf().axes[0].get_legend().get_texts()]
    assert texts == ["soma", "dend[0]"]


def test_vectors_of_several_variables_get_both_names(recorded):
    recorded.plot_vecs({"soma": {"v": np.ones(41), "i": np.zeros(41)}}, legend=False, points=True)
    assert [line.get_label() for line in lines()] == ["soma v", "soma i"]
    assert lines()[0].get_marker() == "o"
    assert pyplot.gcf().axes[0].get_legend() is None


def test_a_vector_of_another_length_is_drawn_against_its_samples_with_a_warning(recorded):
    with pytest.warns(NeuronvisioWarning, match="sample number: short") as got:
        recorded.plot_vecs({"short": [5.0, 6.0], "fits": [1.0, 2.0, 3.0]}, x=[0.0, 0.1, 0.2])
    assert got[0].filename == __file__
    assert lines()[0].get_xdata().tolist() == [0, 1]
    assert lines()[1].get_xdata().tolist() == [0.0, 0.1, 0.2]


def test_a_figure_number_draws_into_that_figure_and_none_makes_a_new_one(recorded):
    recorded.plot_vecs({"a": [1.0, 2.0]}, x=[0.0, 1.0], figure_num=7)
    recorded.plot_vecs({"b": [1.0, 2.0]}, x=[0.0, 1.0], figure_num=7)
    assert pyplot.get_fignums() == [7]
    assert len(lines()) == 2
    recorded.plot_vecs({"c": [1.0, 2.0]}, x=[0.0, 1.0])
    assert len(pyplot.get_fignums()) == 2


def test_a_surface_is_drawn_with_units_and_a_colour_bar(cell, recorded):
    figure = recorded.plot3D(cell, cell[0], "v")
    surface, bar = figure.axes
    labels = (surface.get_xlabel(), surface.get_ylabel(), surface.get_zlabel())
    assert labels == ("time (ms)", "distance (µm)", "v (mV)")
    assert bar.get_ylabel() == "v (mV)"
    figure.canvas.draw()


def test_a_surface_of_what_was_not_recorded_is_an_error(cell, recorded):
    with pytest.raises(ValueError, match=r"ina was not recorded in soma, dend\[0\]"):
        recorded.plot3D(cell[:2], cell[0], "ina")
