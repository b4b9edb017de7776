"""What the Manager records, and what it answers about it."""

from types import SimpleNamespace

import numpy as np
import pytest

from neuronvisio.manager import BaseRef, Manager, NeuronvisioWarning, SynVecRef, VecRef


def test_recording_again_or_what_is_not_there_makes_no_vector(cell, manager):
    assert manager.add_vecRef("v", cell[0]) is True
    assert manager.add_vecRef("v", cell[0]) is False
    assert manager.add_vecRef("m_hh", cell[1]) is False
    assert manager.add_vecRef("nonsense", cell[0]) is False
    assert [list(ref.vecs) for ref in manager.refs["VecRef"]] == [["v"]]


def test_further_variables_join_the_ref_of_their_section(cell, manager):
    manager.add_vecRef("v", cell[0])
    manager.add_vecRef("ina", cell[0])
    [ref] = manager.refs["VecRef"]
    assert type(ref) is VecRef
    assert (ref.sec_name, list(ref.vecs)) == ("soma", ["v", "ina"])
    assert str(ref) == "section: soma, detail: , vars recorded: ['v', 'ina']"


def test_a_property_of_the_whole_section_can_not_be_recorded(cell, manager):
    with pytest.raises(AttributeError, match="L"):
        manager.add_vecRef("L", cell[0])
    assert manager.refs == {}


def test_all_sections_are_recorded_and_one_warning_names_those_that_lack_it(cell, manager):
    with pytest.warns(NeuronvisioWarning, match=r"m_hh.*: dend\[0\], dend\[1\], dend\[2\]$") as got:
        assert manager.add_all_vecRef("m_hh") is None
    assert len(got) == 1
    assert got[0].filename == __file__
    assert [ref.sec_name for ref in manager.refs["VecRef"]] == ["soma"]


def test_an_interval_holds_for_the_vector_and_for_the_time(cell, manager, run):
    manager.add_vecRef("v", cell[0], 0.5)
    run(5)
    assert len(manager.get_vector(cell[0], "v")) == len(manager.get_time()) == 11
    np.testing.assert_allclose(manager.get_time().as_numpy(), np.arange(11) * 0.5)


def test_a_point_process_of_the_section_may_set_the_steps(h, cell, manager, run):
    assert manager.find_point_process(cell[1]) is None
    synapse = h.ExpSyn(cell[1](0.9))
    assert manager.find_point_process(cell[1]).same(synapse)
    manager.add_vecRef("v", cell[1], None, synapse)
    run(1)
    assert len(manager.get_vector(cell[1], "v")) == len(manager.get_time()) == 41


def test_vectors_are_found_by_section_and_by_name(cell, manager):
    with pytest.raises(KeyError):
        manager.get_vector(cell[0], "v")
    with pytest.raises(KeyError):
        manager.get_time()
    manager.add_vecRef("v", cell[1])
    vector = manager.refs["VecRef"][0].vecs["v"]
    assert manager.get_vector(cell[1], "v") is vector
    assert manager.get_vector("dend[0]", "v") is vector
    assert manager.get_vector(cell[1], "ina") is None
    assert manager.get_vector(cell[0], "v") is None
    assert manager.get_vectors(cell[:2], "v") == {"soma": None, "dend[0]": vector}
    with pytest.raises(AttributeError):
        manager.get_vectors(["soma"], "v")
    with pytest.raises(KeyError):
        manager.get_vector("soma", "v", group="Other")


def test_two_sections_of_one_name_keep_their_own_vectors(h, manager):
    sections = [h.Section(name="soma") for _ in range(2)]
    manager.add_all_vecRef("v")
    first, second = (manager.get_vector(section, "v") for section in sections)
    assert not first.same(second)


def test_vectors_are_summed_sample_by_sample(h, manager):
    assert manager.sum_vector(h.Vector([1, 2]), [10, 20]).tolist() == [11.0, 22.0]
    with pytest.raises(ValueError, match="1 and 2"):
        manager.sum_vector([1], [1, 2])


def test_a_synapse_needs_a_recorded_time(cell, manager):
    synapse = SimpleNamespace(chan_type="ampa", section=cell[1], vecs={"g": [1.0]})
    with pytest.raises(KeyError, match="t"):
        manager.add_synVecRef(synapse)
    assert manager.refs == {}
    time = manager.create_time_record()
    manager.add_synVecRef(synapse)
    [ref] = manager.refs["SynVecRef"]
    assert type(ref) is SynVecRef
    assert (ref.detail, ref.sec_name, ref.vecs) == ("ampa", "dend[0]", {"g": [1.0]})
    assert manager.groups["SynVecRef"] is time


def test_the_first_x_of_a_group_wins(manager):
    manager.add_ref(BaseRef(), "first")
    manager.add_ref(BaseRef(), "second")
    assert manager.groups == {"BaseRef": "first"}
    assert len(manager.refs["BaseRef"]) == 2


def test_a_group_called_t_does_not_take_the_place_of_the_time(cell, manager, run):
    ref = BaseRef()
    ref.group_id, ref.vecs = "t", {"a": [1.0, 2.0]}
    manager.add_ref(ref, [5.0, 6.0])
    manager.add_vecRef("v", cell[0])
    run(1)
    assert manager.groups["t"] == [5.0, 6.0]
    assert len(manager.groups["VecRef"]) == 41


def test_two_managers_do_not_disturb_each_other(cell, run):
    first, second = Manager(), Manager()
    first.add_vecRef("v", cell[0])
    second.add_vecRef("v", cell[1], 0.5)
    run(1.1)
    assert len(first.get_time()) == len(first.get_vector(cell[0], "v")) == 45
    assert len(second.get_time()) == len(second.get_vector(cell[1], "v")) == 3
    assert [ref.sec_name for ref in first.refs["VecRef"]] == ["soma"]


def test_a_changed_list_of_refs_is_noticed(cell, manager):
    manager.add_vecRef("v", cell[0])
    manager.refs = {}
    assert manager.add_vecRef("v", cell[0]) is True
    assert len(manager.refs["VecRef"]) == 1


def test_a_subclass_needs_no_call_of_the_base_class():
    class Silent(BaseRef):
        detail = "set on the class"

        def __init__(self, weight):
            self.vecs["weight"] = weight

    class Polite(BaseRef):
        def __init__(self):
            self.group_id = "mine"
            BaseRef.__init__(self)

    one, two = Silent([1.0]), Silent([2.0])
    assert one.vecs == {"weight": [1.0]} and two.vecs == {"weight": [2.0]}
    assert (one.group_id, one.sec_name, one.detail) == ("Silent", "", "set on the class")
    assert (Polite().group_id, Polite().vecs) == ("mine", {})
    assert SynVecRef().vecs == {} and SynVecRef().detail == ""


def test_thousands_of_sections_share_one_recorded_time(h, manager):
    sections = [h.Section(name=f"dend[{i}]") for i in range(2000)]
    looked_up = []
    manager.find_point_process = looked_up.append
    manager.add_all_vecRef("v")
    assert len(manager.refs["VecRef"]) == len(sections)
    assert len(looked_up) == 1  # once for the time, not once a section
