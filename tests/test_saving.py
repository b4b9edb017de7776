"""What a save writes, node by node."""

import h5py
import numpy as np
import pytest
import tables
from helpers import nodes_of, read_like_the_original, start_python

from neuronvisio.manager import BaseRef, Manager, NeuronvisioWarning, SynVecRef, VecRef
from neuronvisio.reader import ResultFile


def ref_of(vecs, section="soma", group="Own", detail=""):
    ref = BaseRef()
    ref.vecs, ref.sec_name, ref.group_id, ref.detail = vecs, section, group, detail
    return ref


def save(manager, path, *refs, x=(0.0, 1.0)):
    for ref in refs:
        manager.add_ref(ref, x)
    manager.save_to_hdf(path)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "storage.h5"


def text_of(node, name):
    """One of our own attributes, None where there is none."""
    return node.attrs[name].decode() if name in node.attrs else None


def attributes_of(path, node):
    """Raw form of each attribute: size, padding, character set, kind of space, bytes."""
    raw = {}
    with h5py.File(path) as h5file:
        for name in h5file[node].attrs:
            attribute = h5py.h5a.open(h5file[node].id, name.encode())
            kind, space = attribute.get_type(), attribute.get_space()
            value = b""
            if space.get_simple_extent_type() == h5py.h5s.SCALAR:
                buffer = np.zeros((), dtype=f"S{kind.get_size()}")
                attribute.read(buffer, mtype=kind)
                value = buffer[()]
            else:
                assert space.get_simple_extent_type() == h5py.h5s.NULL
            assert kind.get_class() == h5py.h5t.STRING and not kind.is_variable_str()
            assert kind.get_strpad() == h5py.h5t.STR_NULLTERM
            assert kind.get_cset() == h5py.h5t.CSET_UTF8
            raw[name] = (kind.get_size(), value)
    return raw


def test_attributes_are_as_long_as_their_text(manager, path):
    save(manager, path, ref_of({"v": np.array([1.0, 2.0])}, detail="café μM"))
    group = {"CLASS": (5, b"GROUP")}
    root = {"TITLE": (1, b""), "VERSION": (3, b"1.0"), "PYTABLES_FORMAT_VERSION": (3, b"2.1")}
    assert group.items() | root.items() <= attributes_of(path, "/").items()
    assert attributes_of(path, "/results") == group
    assert attributes_of(path, "/results/Own/soma") == group
    array = {"CLASS": (5, b"ARRAY"), "FLAVOR": (5, b"numpy"), "VERSION": (3, b"2.4")}
    title = "café μM".encode()
    assert attributes_of(path, "/results/Own/soma/v") == {**array, "TITLE": (len(title), title)}
    python = {**array, "FLAVOR": (6, b"python")}
    assert attributes_of(path, "/results/Own/x") == python


NUMPY_VALUES = {
    "f8": np.linspace(0, 1, 3),
    "f4": np.linspace(0, 1, 3, dtype="<f4"),
    "f2": np.linspace(0, 1, 3, dtype="<f2"),
    "i4": np.array([1, -2, 3], dtype="<i4"),
    "u1": np.array([1, 2, 255], dtype="u1"),
    "i8": np.array([2**53 + 1, -(2**62)]),
    "big_endian": np.array([1.5, 2.5], dtype=">f8"),
    "bool": np.array([True, False, True]),
    "complex": np.array([1 + 2j, 3 - 4j]),
    "two_d": np.arange(6.0).reshape(3, 2),
    "strided": np.arange(10.0)[::3],
    "transposed": np.arange(6.0).reshape(2, 3).T,
    "strided_bool": (np.arange(6) % 2 == 0)[::2],
    "nan": np.array([np.nan, np.inf, -0.0]),
    "no_columns": np.zeros((3, 0)),
    "zero_dimensional": np.array(4.5),
}


@pytest.mark.parametrize("name", NUMPY_VALUES)
@pytest.mark.filterwarnings("ignore:the length differs")
def test_an_array_keeps_type_byte_order_shape_and_values(manager, path, name):
    value = NUMPY_VALUES[name]
    save(manager, path, ref_of({name: value}))
    with tables.open_file(str(path)) as h5file:
        node = h5file.get_node(f"/results/Own/soma/{name}")
        assert type(node) is tables.Array
        assert (node.flavor, node.shape) == ("numpy", value.shape)
        dtype = node.dtype.newbyteorder(">" if node.byteorder == "big" else "<")
        assert dtype == value.dtype
        np.testing.assert_array_equal(node.read(), value)


@pytest.mark.parametrize(
    ("value", "read", "dtype"),
    [
        ([1.5, 2], [1.5, 2.0], "<f8"),
        ((1, 2), [1, 2], "<i8"),
        ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 4.0]], "<f8"),
        (["a", "μμ"], [b"a", "μμ".encode()], "|S4"),
        (b"bytes", b"bytes", "|S5"),
        ("text", b"text", "|S4"),
        (4.5, 4.5, "<f8"),
    ],
)
@pytest.mark.filterwarnings("ignore:the length differs")
def test_python_values_come_back_as_python_values(manager, path, value, read, dtype):
    save(manager, path, ref_of({"a": value}))
    with tables.open_file(str(path)) as h5file:
        node = h5file.get_node("/results/Own/soma/a")
        assert (node.flavor, node.dtype.str) == ("python", dtype)
        assert node.read() == read


def test_truth_values_are_stored_as_bits_as_pytables_does(manager, path):
    save(manager, path, ref_of({"flag": np.array([True, False])}))
    with h5py.File(path) as h5file:
        kind = h5file["results/Own/soma/flag"].id.get_type()
        assert (kind.get_class(), kind.get_size()) == (h5py.h5t.BITFIELD, 1)


def test_a_vector_of_another_length_than_the_time_is_marked_as_a_list(h, cell, manager, run, path):
    manager.add_vecRef("v", cell[0])
    manager.add_ref(ref_of({"short": h.Vector([1, 2])}), h.Vector([0, 1]))
    run(1)
    manager.save_to_hdf(path)
    with tables.open_file(str(path)) as h5file:
        short = h5file.get_node("/results/Own/soma/short")
        assert (short.flavor, short.dtype.str, short.read()) == ("python", "<f8", [1.0, 2.0])
        assert h5file.get_node("/results/VecRef/soma/v").flavor == "numpy"
        assert h5file.get_node("/results/Own/x").flavor == "numpy"


def test_empty_vectors_are_saved_as_they_are_and_named_in_one_warning(manager, path, h):
    vecs = {"vector": h.Vector(), "list": [], "array": np.zeros((0, 3), "<i4")}
    with pytest.warns(NeuronvisioWarning, match=r"Own/soma/vector, .*/list, .*/array$") as got:
        save(manager, path, ref_of(vecs))
    assert len(got) == 1
    loaded = read_own(path)[1][0][2]
    assert {name: np.asarray(values).shape for name, values in loaded.items()} == {
        "vector": (0,),
        "list": (0,),
        "array": (0, 3),
    }
    with ResultFile(path) as result:
        [group] = result.groups()
        read = {v.name: result.read(v.path) for v in group.sections[0].variables}
        assert (read["array"].shape, read["array"].dtype) == ((0, 3), "<i4")


@pytest.mark.filterwarnings("ignore:the length differs.*text has a single value, x has 2")
def test_a_variable_without_a_value_is_left_out_with_a_warning(manager, path):
    with pytest.warns(NeuronvisioWarning, match="no value and were not written: .*soma/nothing$"):
        save(manager, path, ref_of({"nothing": None, "text": ""}))
    assert "/results/Own/soma/nothing" not in nodes_of(path)
    assert "/results/Own/soma/text" in nodes_of(path)


def test_lengths_that_differ_from_x_are_saved_as_they_are_with_one_warning(manager, path):
    with pytest.warns(
        NeuronvisioWarning, match="soma/short has 1, x has 2.*soma/long has 3"
    ) as got:
        save(manager, path, ref_of({"short": np.ones(1), "ok": np.ones(2), "long": np.ones(3)}))
    assert len(got) == 1
    assert got[0].filename == __file__
    x, [(_, _, vecs)] = read_own(path)
    assert {name: len(values) for name, values in vecs.items()} == {"long": 3, "ok": 2, "short": 1}


def read_own(path, group="Own"):
    """One group as PyTables reads it, for files that have no geometry."""
    with tables.open_file(str(path)) as h5file:
        sections = [
            (
                section._v_name,
                [leaf.title for leaf in section],
                {leaf.name: leaf.read() for leaf in section},
            )
            for section in h5file.iter_nodes(f"/results/{group}", classname="Group")
        ]
        return h5file.get_node(f"/results/{group}/x").read(), sections


@pytest.mark.parametrize(("detail", "title"), [(None, ""), ({"a": 1}, "{'a': 1}"), (5, "5")])
def test_any_detail_can_be_saved(manager, path, detail, title):
    save(manager, path, ref_of({"a": np.ones(2)}, detail=detail))
    assert read_own(path)[1][0][1] == [title]


def test_a_detail_too_long_for_an_attribute_is_cut_with_a_warning(manager, path):
    with pytest.warns(NeuronvisioWarning, match="too long.*Own/soma/a"):
        save(manager, path, ref_of({"a": np.ones(2)}, detail="μ" * 50000))
    assert read_own(path)[1][0][1] == ["μ" * 30000]


def test_only_own_refs_can_be_saved_too(manager, path):
    save(manager, path, ref_of({"a": np.array([3.0, 4.0])}))
    x, [(name, _, vecs)] = read_own(path)
    assert (list(x), name, vecs["a"].tolist()) == ([0.0, 1.0], "soma", [3.0, 4.0])


def test_with_nothing_to_save_there_is_a_warning_and_no_file(manager, path):
    with pytest.warns(NeuronvisioWarning, match="no file"):
        assert manager.save_to_hdf(path) is None
    assert list(path.parent.iterdir()) == []


def test_a_group_without_x_is_saved_with_a_warning(manager, path):
    with pytest.warns(NeuronvisioWarning, match="without an x: Own"):
        save(manager, path, ref_of({"a": np.ones(2)}), x=None)
    assert "/results/Own/soma/a" in nodes_of(path)


def test_illegal_names_are_changed_and_kept_in_an_attribute(manager, path):
    refs = [ref_of({"a/b": np.ones(2), "a_b": np.zeros(2)}, section="x", group="my/group")]
    refs += [ref_of({"v": np.ones(2)}, section="", group="my/group")]
    with pytest.warns(NeuronvisioWarning, match="'my/group' to 'my_group'") as got:
        save(manager, path, *refs)
    assert len(got) == 1
    with h5py.File(path) as h5file:
        group = h5file["results/my_group"]
        assert text_of(group, "original_name") == "my/group"
        assert sorted(group) == ["unnamed", "x", "x_"]
        assert text_of(group["x_"], "original_name") == "x"
        values = {name: (text_of(a, "original_name"), a[0]) for name, a in group["x_"].items()}
        assert values == {"a_b": ("a/b", 1.0), "a_b_2": ("a_b", 0.0)}


def test_a_shortened_section_name_keeps_the_full_one_beside_it(cell, manager, run, path):
    manager.add_all_vecRef("v")
    run(1)
    manager.save_to_hdf(path)
    with h5py.File(path) as h5file:
        sections = h5file["results/VecRef"]
        assert text_of(sections["dend_0"], "original_name") == "dend[0]"
        assert "original_name" not in sections["soma"].attrs


def test_cells_with_equally_named_sections_are_all_saved_whole(h, manager, run, path):
    class Cell:
        def __init__(self, number):
            self.number = number
            self.soma = h.Section(name="soma", cell=self)
            self.soma.L = self.soma.diam = 20 + number
            self.soma.insert("pas")
            self.soma.e_pas = -65 + number

        def __str__(self):
            return f"Cell[{self.number}]"

    cells = [Cell(number) for number in range(3)]
    single = h.Section(name="axon")
    manager.add_all_vecRef("v")
    manager.add_synVecRef(type("S", (), dict(chan_type="nmda", section=cells[1].soma, vecs={})))
    run(5)
    with pytest.warns(NeuronvisioWarning, match=r"'Cell\[0\].soma' as 'Cell_0_soma'") as got:
        manager.save_to_hdf(path)
    assert len(got) == 1
    loaded = read_like_the_original(path)
    names = [name for name, _, _ in loaded["groups"]["VecRef"][1]]
    assert names == ["Cell_0_soma", "Cell_1_soma", "Cell_2_soma", "axon"]
    for (_, _, vecs), cell in zip(loaded["groups"]["VecRef"][1], cells, strict=False):
        np.testing.assert_array_equal(vecs["v"], manager.get_vector(cell.soma, "v").as_numpy())
    assert loaded["groups"]["SynVecRef"][1][0][0] == "Cell_1_soma"
    for name in names:
        assert f'name="{name}"'.encode() in loaded["geometry"]
    assert single.n3d() == 0  # the model is as it was


def test_several_synapses_of_one_section_are_all_kept(manager, path):
    refs = [SynVecRef(kind, "dend[0]", {"g": np.full(2, i), "i": np.full(2, -i)})
            for i, kind in enumerate(["ampa", "nmda"])]  # fmt: skip
    with pytest.warns(NeuronvisioWarning, match="SynVecRef/dend_0: g_2, i_2$"):
        save(manager, path, *refs)
    _, [(name, titles, vecs)] = read_own(path, "SynVecRef")
    assert name == "dend_0"
    assert {name: values[0] for name, values in vecs.items()} == dict(g=0, g_2=1, i=0, i_2=-1)
    assert titles == ["ampa", "nmda", "ampa", "nmda"]
    with h5py.File(path) as h5file:
        assert text_of(h5file["results/SynVecRef/dend_0/g_2"], "original_name") == "g"


def test_refs_of_one_section_share_its_group_and_keep_their_details(manager, path):
    one, two = ref_of({"a": np.ones(2)}, detail="one"), ref_of({"b": np.ones(2)}, detail="two")
    save(manager, path, one, two, one)
    assert read_own(path)[1][0][1] == ["one", "two"]


def test_a_section_called_like_its_group_lies_inside_it(manager, path):
    save(manager, path, ref_of({"count": np.ones(2)}, section="spikes", group="spikes"))
    assert "/results/spikes/spikes/count" in nodes_of(path)


def test_units_that_neuron_knows_stand_beside_the_values(cell, manager, run, path):
    for name in ("v", "ina", "m_hh"):
        manager.add_vecRef(name, cell[0])
    manager.add_ref(ref_of({"v": np.ones(2)}), [0.0, 1.0])
    run(1)
    manager.save_to_hdf(path)
    with h5py.File(path) as h5file:
        soma = h5file["results/VecRef/soma"]
        units = {name: text_of(array, "units") for name, array in soma.items()}
        assert units == {"v": "mV", "ina": "mA/cm2", "m_hh": None}
        assert text_of(h5file["results/VecRef/x"], "units") == "ms"
        assert "units" not in h5file["results/Own/x"].attrs
        assert "units" not in h5file["results/Own/soma/v"].attrs


def test_a_time_set_by_hand_is_the_x_of_the_recorded_sections(cell, manager, run, path):
    manager.add_vecRef("v", cell[0])
    run(1)
    manager.groups["t"] = manager.get_time().as_numpy() / 1000
    manager.save_to_hdf(path)
    x, _ = read_like_the_original(path)["groups"]["VecRef"]
    assert x[-1] == pytest.approx(0.001)
    with h5py.File(path) as h5file:
        assert "units" not in h5file["results/VecRef/x"].attrs


@pytest.mark.parametrize("value", [[[1], [1, 2]], [object()], np.array(["2020"], "datetime64[Y]")])
def test_what_can_not_be_saved_is_an_error_that_names_it(manager, path, value):
    with pytest.raises(TypeError, match="results/Own/soma/bad"):
        save(manager, path, ref_of({"bad": value}))
    assert list(path.parent.iterdir()) == []


def test_warnings_turned_into_errors_come_after_the_file_is_in_place(manager, path):
    with pytest.raises(NeuronvisioWarning):
        save(manager, path, ref_of({"short": np.ones(1)}))
    assert "/results/Own/soma/short" in nodes_of(path)


def test_one_section_can_be_written_into_an_open_file(manager, path):
    with h5py.File(path, "w") as h5file:
        manager.save_node(h5file, "/results/Own", "so/ma", {"v": [1.0], "w": np.ones(2)}, "note")
    with ResultFile(path) as result:
        [group] = result.groups()
        assert group.sections[0].name == "so_ma"
        assert [(v.name, v.title) for v in group.sections[0].variables] == [
            ("v", "note"),
            ("w", "note"),
        ]


def test_the_folders_of_many_processes_never_coincide(tmp_path):
    code = "\n".join(
        [
            "from neuronvisio.manager import Manager",
            "manager = Manager()",
            "for _ in range(100): print(manager.create_new_dir())",
        ]
    )
    processes = [start_python(code, cwd=tmp_path) for _ in range(16)]
    made = [line for process in processes for line in process.communicate()[0].splitlines()]
    assert len(made) == 1600
    assert sorted(int(line.rpartition("_")[2]) for line in made) == list(range(1600))
    assert Manager().create_new_dir(str(tmp_path)).endswith("Sim_1600")


def test_sections_deleted_before_the_save_keep_their_results(h, cell, manager, run, path):
    manager.add_all_vecRef("v")
    run(1)
    for section in cell[1:]:
        h.delete_section(sec=section)
    manager.save_to_hdf(path)
    loaded = read_like_the_original(path)
    names = [name for name, _, _ in loaded["groups"]["VecRef"][1]]
    assert names == ["dend_0", "dend_1", "dend_2", "soma"]
    assert loaded["geometry"].count(b"<cable id=") == 2  # the soma, and in the list of all


def test_a_ref_needs_no_more_attributes_than_it_ever_had(manager, path):
    class Old:
        group_id, sec_name, detail = "Old", "soma", "old"

        def __init__(self):
            self.vecs = {"a": np.arange(2.0)}

    save(manager, path, Old())
    assert read_own(path, "Old")[1] == [("soma", ["old"], {"a": pytest.approx([0.0, 1.0])})]
    assert manager["Old"]["soma"]["a"].x.read().tolist() == [0.0, 1.0]


def test_what_a_subclass_calls_units_or_x_may_be_anything(manager, path):
    class Mine(BaseRef):
        units, x = "mV", 3

        def __init__(self):
            self.sec_name, self.vecs = "soma", {"a": [1.0, 2.0]}

    save(manager, path, Mine())
    with h5py.File(path) as h5file:
        assert "units" not in h5file["results/Mine/soma/a"].attrs
        assert h5file["results/Mine/x"][()].tolist() == [0.0, 1.0]


def test_the_names_of_the_roots_hold_for_saving_and_loading(cell, manager, run, path):
    manager.results_root, manager.geometry_root = "outcome", "shape"
    manager.add_vecRef("v", cell[0])
    run(1)
    manager.save_to_hdf(path)
    assert {"/outcome/VecRef/soma/v", "/shape/geom"} <= set(nodes_of(path))
    loaded = Manager()
    loaded.results_root = "outcome"
    assert len(loaded.load_from_hdf(path)["VecRef"]["soma"]["v"]) == 41
    loaded.close()


def test_a_path_may_be_text_bytes_or_a_path(manager, path):
    for given in (str(path), bytes(path), path):
        manager.refs.clear()
        save(manager, given, ref_of({"a": [1.0, 2.0]}))
        assert read_own(path)[1][0][2] == {"a": [1.0, 2.0]}
        path.unlink()


def others(*pairs):
    """A Manager with one ref for each (section, values, x), all in one group."""
    manager = Manager()
    for section, values, x in pairs:
        manager.add_ref(ref_of({"a": values}, section), x)
    return manager


def test_a_ref_with_another_x_is_never_paired_with_that_of_its_group(path, h):
    recorded = h.Vector()  # filled later, as by a simulation
    manager = others(
        ("first", [1.0, 2.0], [0.0, 1.0]),
        ("Cell[1].second", [3.0, 4.0], [0.0, 7.0]),
        ("same", [5.0, 6.0], np.array([0.0, 1.0])),
        ("later", [7.0, 8.0], recorded),
        ("none", [9.0, 10.0], None),
    )
    recorded.append(0, 9)
    x_of = {"first": 1, "second": 7, "same": 1, "later": 9, "none": 1}
    shown = manager["Own"]
    assert {name.split(".")[-1]: shown[name]["a"].x[-1] for name in shown} == x_of
    with pytest.warns(NeuronvisioWarning, match="another x .* Own_Cell_1, Own_later") as told:
        manager.save_to_hdf(path)
    assert len(told) == 1
    with h5py.File(path) as h5file:
        names = {name: sorted(group) for name, group in h5file["results"].items()}
        assert names == {
            "Own": ["first", "none", "same", "x"],
            "Own_Cell_1": ["second", "x"],
            "Own_later": ["later", "x"],
        }
        found = {n: g["x"][-1] for g in h5file["results"].values() for n in g if n != "x"}
    assert found == x_of
    with Manager() as loaded:
        loaded.load_from_hdf(path)
        assert list(loaded.refs) == ["Own"]
        assert {name: loaded["Own"][name]["a"].x[-1] for name in loaded["Own"]} == x_of


def test_a_vec_ref_added_with_an_x_keeps_it_when_the_time_is_recorded(path, cell, run):
    manager = Manager()
    ref = VecRef(cell[1])
    ref.vecs["v"] = np.arange(41.0)
    manager.add_ref(ref, np.arange(41.0) * 2)
    manager.add_vecRef("v", cell[0])
    run(1)
    assert manager["VecRef"][cell[1]]["v"].x[-1] == 80
    with pytest.warns(NeuronvisioWarning, match="groups of their own: VecRef_dend_0"):
        manager.save_to_hdf(path)
    assert read_own(path, "VecRef_dend_0")[0][-1] == 80
    assert read_own(path, "VecRef")[0][-1] == pytest.approx(1)


def test_the_x_of_the_first_ref_is_not_lost_where_the_group_has_one_already(path):
    manager = Manager()
    manager.groups["Own"] = [0.0, 1.0]
    manager.add_ref(ref_of({"a": [1.0, 2.0]}), [0.0, 5.0])
    with pytest.warns(NeuronvisioWarning, match="another x than their group's"):
        manager.save_to_hdf(path)
    with Manager() as loaded:
        loaded.load_from_hdf(path)
        assert loaded["Own"]["soma"]["a"].x[-1] == 5
