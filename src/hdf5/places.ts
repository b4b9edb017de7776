import { failureOf, isFileFailure, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { linkedFailure } from './errors';
import { LIMITS } from './limits';
import type { LinkedFiles } from './linkedfiles';
import type { Reader } from './reader';
import { isWanted } from './rounds';

/** Where a node lies: in which file, and where in it. */
export interface IPlace {
  readonly reader: Reader;
  readonly path: NodePath;
  /** The linked file; absent for the opened file. */
  readonly file?: string;
}

/** Finds where nodes lie, in the opened file or in those that it links to. */
export class Places {
  /** Find nodes in a file and in those beside it. */
  constructor(
    private readonly _master: Reader,
    private readonly _files: LinkedFiles
  ) {}

  /** Where a node lies, its file being open; rejects with a `ReadError` that names the node. */
  async of(path: NodePath): Promise<IPlace> {
    const link = this._master.linked(path);
    if (!link) {
      return { reader: this._master, path };
    }
    const { file } = link;
    try {
      const reader = await this._files.open(file);
      reader.assertHardLinks(link.target);
      return { reader, path: link.path, file };
    } catch (reason) {
      if (isWanted(reason)) {
        throw reason;
      }
      const failure = failureOf(reason, 'server-gone');
      if (isFileFailure(failure)) {
        this._files.close(file);
      }
      throw new ReadError(linkedFailure(failure, file, path));
    }
  }

  /** What went wrong at a node, told by its path in the opened file; a linked file that failed is closed. */
  error(path: NodePath, reason: unknown): unknown {
    if (!(reason instanceof ReadError) || isWanted(reason)) {
      return reason;
    }
    const { failure } = reason;
    if (!isFileFailure(failure)) {
      return this._master.linked(path)
        ? new ReadError({ ...failure, path })
        : reason;
    }
    if (failure.file === undefined) {
      return reason;
    }
    // It is opened anew when it is next asked for.
    this._files.close(failure.file);
    return new ReadError(linkedFailure(failure, failure.file, path));
  }

  /** Whether a node lies in a file that is open. */
  isHere(path: NodePath): boolean {
    try {
      const file = this._linkedFile(path);
      return file === undefined || this._files.isOpen(file);
    } catch {
      // What is wrong with it is told when it is read.
      return false;
    }
  }

  /** The first of some nodes file by file, those that are open first, so that none is opened twice: no more files than are open at a time. */
  ordered(paths: readonly NodePath[]): readonly NodePath[] {
    const inMaster: NodePath[] = [];
    const byFile = new Map<string, NodePath[]>();
    for (const path of paths) {
      const file = this._linkedFile(path);
      const group = file === undefined ? inMaster : (byFile.get(file) ?? []);
      group.push(path);
      if (file !== undefined) {
        byFile.set(file, group);
      }
    }
    const files = [...byFile.keys()];
    const isOpen = (file: string) => this._files.isOpen(file);
    return [...files.filter(isOpen), ...files.filter(file => !isOpen(file))]
      .slice(0, LIMITS.linkedFiles)
      .reduce((all, file) => all.concat(byFile.get(file) ?? []), inMaster);
  }

  /** The file that a node lies in; undefined for the opened one, and while that cannot be told. */
  private _linkedFile(path: NodePath): string | undefined {
    try {
      return this._master.linked(path)?.file;
    } catch (reason) {
      if (isWanted(reason)) {
        return undefined;
      }
      throw reason;
    }
  }
}
