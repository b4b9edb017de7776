"""What a live display costs a simulation: the time with it over the time without, in one kernel.

    python bench/live.py [--rounds 5]

Prints the median ratio of alternating runs for cells of 501, 51 and 1 segments with fixed steps,
and for the first two with variable steps. A ratio of 1.05 is the limit.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from typing import Any

from jupyter_client.manager import start_new_kernel

MODEL = """
import time, warnings
from neuron import h
from neuronvisio.manager import Manager
warnings.simplefilter('ignore')
h.load_file('stdrun.hoc')
soma = h.Section(name='soma'); soma.nseg = {segments}; soma.L = 1000; soma.insert('hh')
clamp = h.IClamp(soma(0.5)); clamp.delay = 1; clamp.dur = 1e9; clamp.amp = 0.5
manager = Manager(); manager.add_all_vecRef('v')
h.cvode.active({variable}); h.tstop = {stop}
def run():
    start = time.perf_counter(); h.run(); return time.perf_counter() - start
"""
CASES = {
    "501 segments, fixed steps": {"segments": 501, "variable": 0, "stop": 1000},
    "51 segments, fixed steps": {"segments": 51, "variable": 0, "stop": 10_000},
    "1 segment, fixed steps": {"segments": 1, "variable": 0, "stop": 20_000},
    "501 segments, variable steps": {"segments": 501, "variable": 1, "stop": 100_000},
    "51 segments, variable steps": {"segments": 51, "variable": 1, "stop": 500_000},
}


def seconds(client: Any, code: str) -> float:
    """Run code that ends with a number, and give the number."""
    found: list[float] = []

    def hook(message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] == "error":
            raise RuntimeError(content["evalue"])
        if message["msg_type"] == "execute_result":
            found.append(float(content["data"]["text/plain"]))

    client.execute_interactive(code, output_hook=hook, timeout=600)
    return found[0] if found else 0.0


def measure(case: dict[str, int], rounds: int) -> tuple[float, float, float]:
    """Give the median seconds without and with the display, and the median of their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        manager, client = start_new_kernel(kernel_name="python3", cwd=folder)
        try:
            seconds(client, MODEL.format(**case))
            pairs = []
            for turn in range(rounds + 1):
                alone = seconds(client, "run()")
                seconds(client, "live = manager.show(live=True); None")
                live = seconds(client, "run()")
                seconds(client, "live.close()")
                if turn:  # the first run of each loads code
                    pairs.append((alone, live))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    alone, live = (statistics.median(column) for column in zip(*pairs, strict=True))
    return alone, live, statistics.median(b / a for a, b in pairs)


def main() -> None:
    """Measure each case and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    for name, case in CASES.items():
        alone, live, ratio = measure(case, rounds)
        print(f"{name}: {alone:.2f} s alone, {live:.2f} s live, ratio {ratio:.3f}")


if __name__ == "__main__":
    main()
