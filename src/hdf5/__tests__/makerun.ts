import type { Group } from 'h5wasm';
import { File, ready } from 'h5wasm';

/** Samples of a variable: more than the first request of a file brings. */
const SAMPLES = 20_000;
const FOLDER = '/made';

/** What the tests use of Emscripten's file system. */
interface IFiles {
  mkdirTree(path: string): void;
  readdir(path: string): string[];
  readFile(path: string): Uint8Array;
  writeFile(path: string, data: Uint8Array): void;
  unlink(path: string): void;
}

async function files(): Promise<IFiles> {
  // h5wasm's own types leave out what is used here.
  return (await ready).FS;
}

/** The names under which HDF5 now sees files. */
export async function mountedFiles(): Promise<string[]> {
  const names = (await files()).readdir('/neuronvisio');
  return names.filter(name => !name.startsWith('.'));
}

async function made(
  name: string,
  fill: (file: File) => void,
  options: { libver?: 'latest' } = {},
  before?: Uint8Array
): Promise<Uint8Array> {
  const fs = await files();
  fs.mkdirTree(FOLDER);
  const path = `${FOLDER}/${name}`;
  if (before) {
    fs.writeFile(path, before);
  }
  const file = new File(path, before ? 'a' : 'w', options);
  fill(file);
  file.close();
  const bytes = fs.readFile(path).slice();
  fs.unlink(path);
  return bytes;
}

/** A file whose root tells something else in an attribute. */
export function retold(
  before: Uint8Array,
  attribute: string,
  told: string
): Promise<Uint8Array> {
  const tell = (file: File) => {
    file.delete_attribute(attribute);
    file.create_attribute(attribute, told);
  };
  return made('retold.h5', tell, {}, before);
}

function resultGroup(file: File): Group {
  file.create_group('results');
  file.create_group('/results/VecRef');
  return file.get('/results/VecRef') as Group;
}

function samples(): Float64Array {
  return Float64Array.from({ length: SAMPLES }, (_, i) => i);
}

/** A file of the newest form: so many sections, and what else is put into their group. */
export function makeNewGroup(
  sections: number,
  more: (group: Group) => void = () => undefined
): Promise<Uint8Array> {
  return made(
    'new.h5',
    file => {
      const group = resultGroup(file);
      for (let i = 0; i < sections; i++) {
        group.create_group(`dend_${i}`);
      }
      more(group);
    },
    { libver: 'latest' }
  );
}

/**
 * The files of a run: `run.h5`, which links section `dend_<i>` to the file of
 * rank i modulo the ranks, and `rank_<r>.h5`, whose v begins with 1000 r. The
 * x is rank 0's; the variable `big` is the master's own.
 */
export async function makeRun(
  ranks: number,
  sections: number
): Promise<Map<string, Uint8Array>> {
  const run = new Map<string, Uint8Array>();
  const at = (rank: number) => `rank_${rank}.h5`;
  for (let rank = 0; rank < ranks; rank++) {
    const bytes = await made(at(rank), file => {
      const group = resultGroup(file);
      const data = samples();
      if (rank === 0) {
        group.create_dataset({ name: 'x', data });
      }
      for (let i = rank; i < sections; i += ranks) {
        const section = group.create_group(`dend_${i}`);
        const v = data.map(value => value + 1000 * rank);
        section.create_dataset({ name: 'v', data: v });
      }
    });
    run.set(at(rank), bytes);
  }
  const master = await made('run.h5', file => {
    const group = resultGroup(file);
    group.create_dataset({ name: 'big', data: samples() });
    const link = (name: string, rank: number) =>
      group.create_external_link(at(rank), `/results/VecRef/${name}`, name);
    link('x', 0);
    for (let i = 0; i < sections; i++) {
      link(`dend_${i}`, i % ranks);
    }
  });
  return run.set('run.h5', master);
}
