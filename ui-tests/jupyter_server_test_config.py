"""The Jupyter server of the browser tests.

Never use it for anything else: it switches off every protection.
"""

import os
import sys
from pathlib import Path

import jupyterlab
from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)  # noqa: F821
c.ServerApp.port = int(os.environ["NEURONVISIO_UI_PORT"])  # noqa: F821

c.Application.log_level = "ERROR"  # noqa: F821

if hasattr(os, "getuid") and os.getuid() == 0:
    c.ServerApp.allow_root = True  # noqa: F821

# Only this environment's extensions: one that the user or the system has, such
# as jupyterlab-h5web, would change what the tests see.
c.LabApp.labextensions_path = [  # noqa: F821
    str(Path(sys.prefix) / "share" / "jupyter" / "labextensions")
]
galata = str(Path(jupyterlab.__file__).parent / "galata")
beside = os.environ.get("NEURONVISIO_UI_BESIDE")
c.LabServerApp.extra_labextensions_path = [galata] + ([beside] if beside else [])  # noqa: F821
