"""What goes wrong by mistake is told in a sentence that says what, where and what to do."""

import re

import pytest

from neuronvisio.manager import BaseRef, Manager


def told(kind, call):
    with pytest.raises(kind) as got:
        call()
    return str(got.value)


@pytest.fixture
def filled(manager):
    ref = BaseRef()
    ref.group_id, ref.sec_name, ref.vecs = "Calcium", "spine", {"ca": [1.0, 2.0]}
    manager.add_ref(ref, [0.0, 1.0])
    return manager


def test_a_group_that_is_not_there_is_told_with_those_that_are(filled):
    sentence = "there is no group 'Nope'; the groups are: Calcium"
    assert told(KeyError, lambda: filled["Nope"]) == sentence
    assert told(KeyError, lambda: filled.get_vector("spine", "ca", "Nope")) == sentence
    assert "nothing was recorded, added or loaded" in told(KeyError, lambda: Manager()["VecRef"])


def test_a_section_or_variable_that_is_not_there_is_told_with_those_that_are(filled):
    group = filled["Calcium"]
    assert told(KeyError, lambda: group["soma"]) == "Calcium has no section 'soma'; there is: spine"
    assert told(KeyError, lambda: group["spine"]["v"]) == (
        "spine has no variable 'v'; there is: ca"
    )
    assert 5 not in group


def test_a_synapse_before_the_time_says_what_to_do_first(manager, cell):
    class Synapse:
        chan_type, section, vecs = "ampa", cell[0], {"g": [1.0]}

    assert "add_vecRef" in told(KeyError, lambda: manager.add_synVecRef(Synapse()))
    assert "no time is recorded yet" in told(KeyError, manager.get_time)
    assert manager.refs == {}


@pytest.mark.parametrize("given", [[1], "text", 5])
def test_parameters_that_are_no_dictionary_are_told_before_a_file_is_made(filled, tmp_path, given):
    path = tmp_path / "storage.h5"
    sentence = told(TypeError, lambda: filled.save_to_hdf(path, parameters=given))
    assert sentence == f"parameters is a dictionary of name -> value, not {given!r}"
    filled.parameters = given
    assert told(TypeError, lambda: filled.save_to_hdf(path)) == sentence
    assert list(tmp_path.iterdir()) == []


def test_a_sum_with_what_was_not_recorded_says_which(manager):
    sentence = told(TypeError, lambda: manager.sum_vector([1.0], None))
    assert sentence == "the second vector of the sum is None, so it was not recorded; give values"
    assert "first vector of the sum has None" in told(
        TypeError, lambda: manager.sum_vector([None, 1.0], [1.0, 2.0])
    )
    assert "first vector of the sum is int" in told(TypeError, lambda: manager.sum_vector(1, [1]))


def test_names_where_sections_are_wanted_are_told(manager, cell):
    manager.add_vecRef("v", cell[0])
    for call in (
        lambda: manager.add_vecRef("v", "soma"),
        lambda: manager.create_record_vector("soma", "v"),
        lambda: manager.find_point_process("soma"),
        lambda: manager.get_vectors(["soma"], "v"),
        lambda: manager.get_vectors("soma", "v"),
        lambda: manager.get_tree("soma"),
        lambda: manager.get_distance(["soma"], cell[0]),
        lambda: manager.get_distance(cell, "soma"),
        lambda: manager.plot3D(["soma"], cell[0], "v"),
    ):
        sentence = told(AttributeError, call)
        assert re.match("'soma' is no NEURON section; give the section itself, not its", sentence)
    assert "5 is no NEURON section" in told(AttributeError, lambda: manager.get_vector(5, "v"))
