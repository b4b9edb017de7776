"""Run the command line by `python -m neuronvisio`."""

import sys

from neuronvisio.cli import main

if __name__ == "__main__":
    sys.exit(main())
