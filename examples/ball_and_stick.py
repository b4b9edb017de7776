"""Simulate a ball-and-stick neuron, save the results and print the path of the file.

A soma with Hodgkin-Huxley channels carries a passive dendrite: a trunk, an oblique branch
and a two-branched tuft. A synapse halfway up gets a train of events, a short current step
follows. Run it with `python ball_and_stick.py [--current NANOAMPERES] [--output-root DIR]`; a run
with another current is one to compare with.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from neuron import h

from neuronvisio.manager import BaseRef, Manager

STOP = 150.0  # ms
CURRENT = 0.35  # nA
CALCIUM_STEP = 0.5  # ms


@dataclass
class Synapse:
    """What `Manager.add_synVecRef` needs to know of a synapse."""

    chan_type: str
    section: Any
    vecs: dict[str, Any]


class CalciumRef(BaseRef):
    """A calcium-like signal, sampled more coarsely than the voltage."""

    def __init__(self, section_name: str, calcium: np.ndarray) -> None:
        self.group_id = "Calcium"
        self.sec_name = section_name
        self.vecs = {"calcium": calcium}
        self.detail = "leaky integral of the spikes, µM"


def make_section(name: str, points: list[tuple[float, float, float]], nseg: int) -> Any:
    section = h.Section(name=name)
    for x, y, diameter in points:
        section.pt3dadd(x, y, 0, diameter)
    section.nseg = nseg
    section.Ra, section.cm = 120, 1
    return section


def build_cell() -> tuple[Any, list[Any]]:
    soma = make_section("soma", [(0, -10, 20), (0, 10, 20)], 1)
    soma.insert("hh")
    shapes = [
        [(0, 10, 3), (0, 85, 2.6), (0, 160, 2.2)],  # trunk
        [(0, 85, 1.6), (45, 125, 1.3), (100, 135, 1)],  # oblique
        [(0, 160, 1.8), (-30, 230, 1.4), (-70, 290, 1)],  # tuft, left
        [(0, 160, 1.8), (45, 225, 1.4), (80, 300, 1)],  # tuft, right
    ]
    dend = [make_section(f"dend[{i}]", points, 5) for i, points in enumerate(shapes)]
    dend[0].connect(soma(1))
    dend[1].connect(dend[0](0.5))
    dend[2].connect(dend[0](1))
    dend[3].connect(dend[0](1))
    for section in dend:
        section.insert("pas")
        section.g_pas, section.e_pas = 5e-5, -65
    return soma, dend


def drive(dend: list[Any], soma: Any, current: float) -> tuple[Any, list[Any]]:
    """Put a synapse with a train of events on a branch and a current step on the soma."""
    synapse = h.ExpSyn(dend[0](0.7))
    synapse.tau, synapse.e = 2, 0
    events = h.NetStim()
    events.start, events.interval, events.number, events.noise = 10, 12, 6, 0
    connection = h.NetCon(events, synapse)
    connection.delay, connection.weight[0] = 1, 0.012
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 95, 35, current
    return synapse, [events, connection, clamp]


def calcium_of(time: np.ndarray, voltage: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Integrate the depolarisation above -20 mV with a decay of 30 ms."""
    influx = np.interp(x, time, np.clip(voltage + 20, 0, None))
    calcium = np.full(len(x), 0.05)
    for i in range(1, len(x)):
        decayed = (calcium[i - 1] - 0.05) * np.exp(-CALCIUM_STEP / 30)
        calcium[i] = 0.05 + decayed + 0.01 * influx[i]
    return calcium


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output-root", default=".", help="folder to make the Sims folder in")
    parser.add_argument(
        "--current", type=float, default=CURRENT, help="of the step in the soma, in nA"
    )
    arguments = parser.parse_args()

    soma, dend = build_cell()
    synapse, _kept_alive = drive(dend, soma, arguments.current)

    manager = Manager()
    manager.add_all_vecRef("v")
    for var in ("ina", "ik", "m_hh"):
        manager.add_vecRef(var, soma)
    traces = {name: h.Vector() for name in ("g", "i")}
    traces["g"].record(synapse._ref_g)
    traces["i"].record(synapse._ref_i)
    manager.add_synVecRef(Synapse("AMPA", dend[0], traces))

    h.celsius = 6.3
    h.finitialize(-65)
    h.continuerun(STOP)

    time = manager.get_time().as_numpy()
    x = np.arange(0, STOP, CALCIUM_STEP)
    for section in [soma, dend[0]]:
        voltage = manager.get_vector(section, "v").as_numpy()
        manager.add_ref(CalciumRef(section.name(), calcium_of(time, voltage, x)), x)
    for ref in manager.refs["VecRef"]:
        ref.detail = "Hodgkin-Huxley membrane" if ref.sec == soma else "passive membrane"

    path = Path(manager.create_new_dir(arguments.output_root), "storage.h5").resolve()
    manager.save_to_hdf(path)
    print(path)


if __name__ == "__main__":
    main()
