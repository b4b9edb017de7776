import { isResultFileName } from './filename';

/** What the files of runs are called beside each other. */
export interface IRunName {
  /** The file's name without its ending, and as much of its folders as tells it from the others. */
  readonly name: string;
  /** The same with the ending. */
  readonly file: string;
}

/** The names of files by their paths, in the same order: `run_1`, or `Sim_0/run` where others are called `run` too. */
export function runNames(paths: readonly string[]): IRunName[] {
  const parts = paths.map(path => path.split('/'));
  const tails = paths.map(() => 1);
  const nameAt = (index: number) => stem(tailOf(parts[index], tails[index]));
  for (;;) {
    const names = paths.map((_, index) => nameAt(index));
    const growing = paths.flatMap((_, index) =>
      tails[index] < parts[index].length &&
      names.some((name, other) => other !== index && name === names[index])
        ? [index]
        : []
    );
    if (growing.length === 0) {
      break;
    }
    growing.forEach(index => tails[index]++);
  }
  const files = paths.map((_, index) => tailOf(parts[index], tails[index]));
  const names = files.map(stem);
  return files.map((file, index) => ({
    // run.h5 and run.hdf5 of one folder are told apart by their endings alone.
    name:
      names.indexOf(names[index]) === names.lastIndexOf(names[index])
        ? names[index]
        : file,
    file
  }));
}

function tailOf(parts: readonly string[], count: number): string {
  return parts.slice(-count).join('/');
}

function stem(file: string): string {
  return isResultFileName(file) ? file.slice(0, file.lastIndexOf('.')) : file;
}
