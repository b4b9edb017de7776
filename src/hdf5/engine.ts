import type { Filter, Metadata } from 'h5wasm';
import { failureOf, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { childPath } from '../refs/layout';
import type { NodeKind } from '../refs/types';
import { missing, nodeFailure, NOT_UTF8 } from './errors';
import { assertLeads } from './explain';
import { holdsNumbers, unsupported } from './facts';
import { FileTypes } from './filetypes';
import { Headers } from './headers';
import { LIMITS } from './limits';
import { Newest } from './newest';
import type { IEarlyNames } from './oldgroups';
import { isWanted } from './rounds';
import type { Session } from './session';

/** A link into another file, as it stands in the file that holds it. */
export interface IExternalLink {
  readonly file: string;
  /** The path of what it leads to, in that file. */
  readonly target: NodePath;
}

/** What HDF5 is asked of an open file. */
export class Engine {
  /** Ask of a session. */
  constructor(private readonly _session: Session) {
    const { hdf5 } = _session;
    this._types = new FileTypes(_session.bytes);
    this.headers = new Headers(_session);
    this._kinds = new Map<number, NodeKind>([
      [hdf5.H5G_GROUP, 'group'],
      [hdf5.H5G_DATASET, 'dataset'],
      [hdf5.H5G_TYPE, 'other']
    ]);
  }

  /** What the file's own headers tell, without HDF5. */
  readonly headers: Headers;

  /** Bytes of the file. */
  get size(): number {
    return this._session.size;
  }

  /** What a node is, links inside the file followed. */
  kind(path: NodePath): NodeKind {
    let failure: ReadError | null = null;
    try {
      const type = this._session.call(path, (hdf5, file) =>
        hdf5.get_type(file, path)
      );
      const kind = this._kinds.get(type);
      if (kind) {
        return kind;
      }
    } catch (reason) {
      if (isWanted(reason)) {
        throw reason;
      }
      failure = new ReadError(nodeFailure(reason));
    }
    assertLeads(this, path);
    throw failure ?? missing(path, 'it leads to nothing');
  }

  /** The names in a group. */
  names(path: NodePath): string[] {
    const told = this.headers.names(path);
    if (told) {
      return told;
    }
    const names = this._session.call(path, (hdf5, file) =>
      hdf5.get_names(file, path, false)
    );
    const seen = new Set<string>();
    return names.map(name => {
      const twice = seen.has(name);
      seen.add(name);
      return twice || !this._isName(path, name)
        ? name.replace(/[^ -.0-~]/g, NOT_UTF8) + (twice ? NOT_UTF8 : '')
        : name;
    });
  }

  /** The names in a group's heap, when what else HDF5 wants of it is still to be fetched; null when nothing is. */
  earlyNames(path: NodePath): IEarlyNames | null {
    try {
      this._session.call(path, (hdf5, file) =>
        hdf5.get_names(file, path, false)
      );
      return null;
    } catch (reason) {
      const early = isWanted(reason) ? this._session.missedGroup() : null;
      if (early && early.names.length >= LIMITS.namesAtOnce) {
        return early;
      }
      throw reason;
    }
  }

  /** Whether a name leads back to its node; h5wasm makes other letters of what is not UTF-8. */
  private _isName(parent: NodePath, name: string): boolean {
    if (/^[ -.0-~]*$/.test(name)) {
      return true;
    }
    if (name.includes('/')) {
      return false;
    }
    const path = childPath(parent, name);
    try {
      this.softLink(path);
      return true;
    } catch (reason) {
      nodeFailure(reason);
      return false;
    }
  }

  /** The metadata of a dataset. */
  dataset(path: NodePath): Metadata {
    return this._datasets.of(path, () => {
      const metadata = this._session.call(path, (hdf5, file) =>
        hdf5.get_dataset_metadata(file, path)
      );
      return this._seen(path, metadata, address =>
        this._types.isPlainDataset(address)
      );
    });
  }

  /** The filters that a dataset went through. */
  filters(path: NodePath): Filter[] {
    return this._session.call(path, (hdf5, file) =>
      hdf5.get_dataset_filters(file, path)
    );
  }

  /** The names of a node's attributes. */
  attributeNames(path: NodePath): string[] {
    return this._session.call(path, (hdf5, file) =>
      hdf5.get_attribute_names(file, path)
    );
  }

  /** The metadata of an attribute; null where there is none. */
  attribute(path: NodePath, name: string): Metadata | null {
    try {
      const metadata = this._session.call(path, (hdf5, file) =>
        hdf5.get_attribute_metadata(file, path, name)
      );
      return this._seen(path, metadata, address =>
        this._types.isPlainAttribute(address, name)
      );
    } catch (reason) {
      if (failureOf(reason, 'node-unreadable').code === 'node-missing') {
        return null;
      }
      throw reason;
    }
  }

  /** Give the bytes of an attribute to a function, before their memory is freed. */
  readAttribute<T>(
    path: NodePath,
    name: string,
    metadata: Metadata,
    use: (bytes: Uint8Array) => T
  ): T {
    const length = metadata.size * metadata.total_size;
    return this._session.withMemory(path, length, pointer => {
      this._session.read(path, (hdf5, file) =>
        hdf5.get_attribute_data(file, path, name, pointer)
      );
      try {
        return use(this._session.view(pointer, length));
      } finally {
        if (ownsMemory(metadata)) {
          this._session.call(path, (hdf5, file) =>
            hdf5.reclaim_vlen_memory(file, path, name, pointer)
          );
        }
      }
    });
  }

  /** Give the little-endian bytes of a part of a dataset to a function, before their memory is freed. */
  readPart<T>(
    path: NodePath,
    metadata: Metadata,
    offset: readonly number[],
    count: readonly number[],
    use: (bytes: Uint8Array) => T
  ): T {
    const length = count.reduce((product, n) => product * n, metadata.size);
    const counts = count.map(BigInt);
    return this._session.withMemory(path, length, pointer => {
      this._session.read(path, (hdf5, file) =>
        count.length === 0
          ? hdf5.get_dataset_data(file, path, null, null, null, pointer)
          : hdf5.get_dataset_data(
              file,
              path,
              counts,
              offset.map(BigInt),
              count.map(() => 1n),
              pointer
            )
      );
      try {
        return use(this._session.view(pointer, length));
      } finally {
        if (ownsMemory(metadata)) {
          this._session.call(path, (hdf5, file) =>
            hdf5.reclaim_vlen_memory_count(file, path, '', pointer, counts)
          );
        }
      }
    });
  }

  /** Where a soft link leads; null for other links. */
  softLink(path: NodePath): NodePath | null {
    return this._session.call(path, (hdf5, file) =>
      hdf5.get_symbolic_link(file, path)
    );
  }

  /** Where a link into another file leads; null for other links. */
  externalLink(path: NodePath): IExternalLink | null {
    const link = this._session.call(path, (hdf5, file) =>
      hdf5.get_external_link(file, path)
    );
    return link.filename === undefined
      ? null
      : { file: link.filename, target: link.obj_path };
  }

  /** Bytes at an address that HDF5 put into an element. */
  pointed = (address: number, length: number): Uint8Array =>
    this._session.hdf5.HEAPU8.subarray(address, address + length);

  /** Metadata, marked where numbers are not of the form that they seem to be of. */
  private _seen(
    path: NodePath,
    metadata: Metadata,
    isPlain: (address: number) => boolean
  ): Metadata {
    if (!holdsNumbers(metadata)) {
      return metadata;
    }
    return isPlain(this.headers.address(path))
      ? metadata
      : unsupported(metadata);
  }

  private readonly _types: FileTypes;
  private readonly _datasets = new Newest<NodePath, Metadata>();
  private readonly _kinds: ReadonlyMap<number, NodeKind>;
}

/** Whether HDF5 allocates memory of its own for each element. */
function ownsMemory(metadata: Metadata): boolean {
  return (
    metadata.vlen ||
    metadata.vlen_type !== undefined ||
    (metadata.array_type !== undefined && ownsMemory(metadata.array_type)) ||
    (metadata.compound_type?.members.some(ownsMemory) ?? false)
  );
}
