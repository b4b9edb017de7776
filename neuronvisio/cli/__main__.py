"""Run the command line by `python -m neuronvisio.cli`."""

import sys

from neuronvisio.cli import main

if __name__ == "__main__":
    sys.exit(main())
