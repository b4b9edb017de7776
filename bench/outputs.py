"""Write a notebook with outputs of ours, as a kernel would have.

Usage: python bench/outputs.py FOLDER COUNT
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import neuronvisio  # noqa: E402


def main() -> None:
    """Write the notebook."""
    os.chdir(sys.argv[1])
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(metadata={"kernelspec": kernel})
    for index in range(int(sys.argv[2])):
        section = f"apical_{1 + index % 4}"
        shown = neuronvisio.open("small-manager.h5").show([f"VecRef/{section}/v"])
        output = new_output("execute_result", data=shown._repr_mimebundle_(), execution_count=1)
        notebook.cells.append(new_code_cell("show", outputs=[output], execution_count=1))
    nbformat.write(notebook, "outputs.ipynb")


if __name__ == "__main__":
    main()
