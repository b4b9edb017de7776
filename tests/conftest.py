import pytest
from neuron import h as hoc

from neuronvisio.manager import Manager


@pytest.fixture
def h():
    """NEURON without any section, before and after the test."""
    hoc.load_file("stdrun.hoc")
    yield hoc
    for section in list(hoc.allsec()):
        hoc.delete_section(sec=section)


@pytest.fixture
def manager():
    return Manager()


@pytest.fixture
def cell(h):
    """Soma with a dendrite of three sections, none of which has 3-D points."""
    soma = h.Section(name="soma")
    dend = [h.Section(name=f"dend[{i}]") for i in range(3)]
    soma.L = soma.diam = 20
    soma.insert("hh")
    for section in dend:
        section.L, section.diam, section.nseg = 100, 2, 3
        section.insert("pas")
    dend[0].connect(soma(1))
    dend[1].connect(dend[0](0.5))
    dend[2].connect(dend[0](1))
    return [soma, *dend]


@pytest.fixture
def run(h):
    def run(stop=5.0):
        h.finitialize(-65)
        h.continuerun(stop)

    return run
