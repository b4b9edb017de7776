import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { PYTHON } from './results';

// x in steps of 0.025 ms; v of section n is n plus the number of the sample.
const RUN = `
import os, sys
import h5py, numpy as np
path, sections = sys.argv[1], int(sys.argv[3])
os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"
def names():
    return ["axon"] + [f"dend_{i}" for i in range(1, sections)]
def make(h5file, samples, **options):
    group = h5file.create_group("results/VecRef")
    group.create_dataset("x", data=np.arange(samples) * 0.025, **options)
    for i, name in enumerate(names()):
        group.create_dataset(name + "/v", data=np.arange(samples) + float(i), **options)
def append(h5file, samples):
    group = h5file["results/VecRef"]
    for i, name in enumerate(names()):
        dataset = group[name + "/v"]
        dataset.resize((samples,))
        dataset[:] = np.arange(samples) + float(i)
        dataset.flush()
    group["x"].resize((samples,))
    group["x"][:] = np.arange(samples) * 0.025
    group["x"].flush()
`;

const WRITE = `${RUN}
with h5py.File(path + ".new", "w") as h5file:
    make(h5file, int(sys.argv[2]))
os.replace(path + ".new", path)
`;

const DELETE = `
import sys, h5py
with h5py.File(sys.argv[1], "r+") as h5file:
    del h5file["results/VecRef/" + sys.argv[2]]
`;

// Others read along: every line is a length to append up to.
const APPEND = `${RUN}
with h5py.File(path, "w", libver=("v110", "v110")) as h5file:
    make(h5file, int(sys.argv[2]), chunks=(500,), maxshape=(None,))
    h5file.swmr_mode = True
    print("ready", flush=True)
    for line in sys.stdin:
        append(h5file, int(line))
        print("ready", flush=True)
`;

const SECTIONS = 60;

/** Write a run with so many samples, in place of the one that is there. */
export function writeRun(
  disk: string,
  name: string,
  samples: number,
  sections = SECTIONS
): void {
  const file = path.join(disk, name);
  execFileSync(PYTHON, ['-c', WRITE, file, `${samples}`, `${sections}`]);
}

/** Delete a section of a run in place, as a program does that has it open. */
export function deleteSection(
  disk: string,
  name: string,
  section: string
): void {
  const file = path.join(disk, name);
  execFileSync(PYTHON, ['-c', DELETE, file, section]);
}

/** The bytes of such a run. */
export function runBytes(disk: string, samples: number): Buffer {
  const name = `bytes-${samples}.tmp`;
  writeRun(disk, name, samples);
  const bytes = fs.readFileSync(path.join(disk, name));
  fs.unlinkSync(path.join(disk, name));
  return bytes;
}

/** A program that has such a run open for writing, others reading along (SWMR). */
export class AppendedRun {
  /** Start it. */
  constructor(disk: string, name: string, samples: number) {
    const file = path.join(disk, name);
    const told = [file, `${samples}`, `${SECTIONS}`];
    this._process = spawn(PYTHON, ['-c', APPEND, ...told]);
    this._lines = createInterface(this._process.stdout)[Symbol.asyncIterator]();
  }

  /** Settles when what it was told to do last is on the disk. */
  async ready(): Promise<void> {
    await this._lines.next();
  }

  /** Append up to so many samples. */
  async append(samples: number): Promise<void> {
    this._process.stdin.write(`${samples}\n`);
    await this.ready();
  }

  /** Close the file. */
  end(): void {
    this._process.stdin.end();
  }

  private readonly _process: ChildProcessWithoutNullStreams;
  private readonly _lines: AsyncIterator<string>;
}
