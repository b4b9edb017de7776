"""How sections, variables and groups are called in a file."""

import time

import pytest

from neuronvisio.names import SectionNames, legal_name, numbered, sanitized_sec


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("soma", "soma"),
        ("dend[3]", "dend_3"),
        ("dend_3", "dend_3"),
        ("Cell[0].soma", "soma"),
        ("Cell[0].dend[12]", "dend_12"),
        ("dend[1][2]", "dend_1"),
        ("dend[3]tail", "dend_3"),
        ("dend[007]", "dend_007"),
        ("μd[1]", "μd_1"),
        (".soma", "soma"),
        ("soma.", ""),
        ("", ""),
        ("_pysec.soma", "soma"),
        ("__nrnsec_0x5581", "__nrnsec_0x5581"),
        ("A[0].B[1].soma", "soma"),
        ("<__main__.C object at 0x7f>.dend[2]", "dend_2"),
        *((name, name) for name in ("a-b[1]", "so ma[2]", "dend[-1]", "dend[]", "dend[x]", "[0]")),
    ],
)
def test_the_short_name_of_a_section(manager, name, short):
    assert sanitized_sec(name) == manager.sanitized_sec(name) == short


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("v", "v"),
        ("a/b", "a_b"),
        ("", "unnamed"),
        (".", "_"),
        ("..", "__"),
        ("soma.", "soma_"),
        ("_i_b", "__i_b"),
        ("a\0b", "a_b"),
        ("x", "x_"),
        ("\udc80", "\\udc80"),
        ("μ" * 600, "μ" * 512),
    ],
)
def test_a_name_is_changed_only_where_hdf5_or_pytables_needs_it(name, legal):
    assert legal_name(name, reserved=("x",)) == legal


def test_numbers_start_at_two():
    assert numbered("v", {"v", "v_2"}) == "v_3"
    assert numbered("v", set()) == "v"


def name_all(*names, reserved=("x",)):
    """Name sections of one group; the file's names in the order of the sections."""
    named, clashed = SectionNames(reserved).assign(enumerate(names))
    return list(named[i] for i in range(len(names))), sorted(clashed)


def test_cells_of_a_network_are_told_apart_by_the_cell():
    names, clashed = name_all("Cell[3].dend[12]", "Cell[4].dend[12]", "Cell[4].soma")
    assert names == ["Cell_3_dend_12", "Cell_4_dend_12", "soma"]
    assert clashed == [0, 1]
    assert all(name.isidentifier() for name in names)


def test_the_section_that_is_really_called_so_keeps_its_name():
    assert name_all("dend[1]", "dend_1") == (["dend[1]", "dend_1"], [0])
    assert name_all("A[0].dend[1]", "dend_1") == (["A_0_dend_1", "dend_1"], [0])


def test_every_index_of_an_array_of_arrays_counts_when_it_must():
    assert name_all("d[1][0]", "d[1][1]")[0] == ["d_1_0", "d_1_1"]


def test_sections_of_one_full_name_are_numbered():
    assert name_all("soma", "soma", "soma") == (["soma", "soma_2", "soma_3"], [1, 2])


def test_cells_without_a_name_are_numbered_by_class_not_by_address():
    one, two = "<a.<locals>.C object at 0x7f01>", "<a.<locals>.C object at 0x7e02>"
    names, _ = name_all(f"{one}.soma", f"{one}.dend", f"{two}.soma", f"{two}.dend")
    assert names == ["C_0_soma", "C_0_dend", "C_1_soma", "C_1_dend"]


def test_no_two_sections_ever_share_a_name():
    awkward = ["x", "x_", "A[0].x", "", ".", "a/b", "a_b", "C.a_b", "soma", "A.soma", "A_soma"] * 2
    names, _ = name_all(*awkward)
    assert len(set(names)) == len(awkward)
    assert not {"", ".", "x"} & set(names)
    assert not any("/" in name for name in names)


def test_a_section_has_one_name_in_all_groups():
    names = SectionNames()
    names.assign([(1, "A[0].soma"), (2, "A[1].soma")])
    assert names.assign([(3, "A[1].soma")]) == ({3: "A_1_soma"}, [])
    other = SectionNames()
    other.assign([(1, "A[3].soma")])
    assert other.assign([(2, "A[5].soma"), (3, "A[3].soma")])[0] == {2: "A_5_soma", 3: "soma"}


class Counting(set):
    """A set that counts how often it is asked."""

    asked = 0

    def __contains__(self, item):
        self.asked += 1
        return super().__contains__(item)


def test_many_equal_names_are_numbered_without_counting_from_the_start():
    used, last = Counting(["soma_3"]), {}
    names = []
    for _ in range(1000):
        names.append(numbered("soma", used, last))
        used.add(names[-1])
    assert names[:4] == ["soma", "soma_2", "soma_4", "soma_5"]
    assert len(set(names)) == 1000
    assert used.asked < 3000
    assert numbered("soma", used) == "soma_1002"


def test_sections_of_one_full_name_are_named_in_linear_time():
    start = time.perf_counter()
    names, _ = SectionNames().assign([(number, "soma") for number in range(20_000)])
    assert names[0] == "soma" and names[19_999] == "soma_20000"
    assert time.perf_counter() - start < 10  # 0.2 s; counted from the start each time, 40 s
