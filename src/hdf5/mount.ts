import type { ready } from 'h5wasm';
import type { IFailure } from '../refs/failure';
import { failureOf, ReadError } from '../refs/failure';
import type { IBytes } from './bytes';
import { OldGroups } from './oldgroups';

/** h5wasm's module: HDF5 itself, compiled. */
export type IHdf5 = Awaited<typeof ready>;

/** An open file of Emscripten's file system, as far as a mount is concerned. */
interface IStream {
  readonly fd: number;
  readonly path: string;
  readonly position: number;
}

/** A file of Emscripten's file system, as far as a mount is concerned. */
interface INode {
  readonly id: number;
  readonly mode: number;
  node_ops: { getattr(node: INode): object };
  stream_ops: {
    read(
      stream: IStream,
      heap: Int8Array,
      offset: number,
      length: number,
      position: number
    ): number;
    llseek(stream: IStream, offset: number, whence: number): number;
  };
}

/** Emscripten's file system; h5wasm's own types leave out what is used here. */
interface IFileSystem {
  readonly ErrnoError: new (errno: number) => Error;
  readonly streams: readonly (IStream | null | undefined)[];
  lookupPath(path: string): { node: INode & { contents: object } };
  createNode(parent: INode, name: string, mode: number, device: number): INode;
  destroyNode(node: INode): void;
  close(stream: IStream): void;
  mkdirTree(path: string): void;
  open(path: string, flags: string): IStream;
}

const FOLDER = '/neuronvisio';
/** A regular file that may only be read. */
const READ_ONLY_FILE = 0o100444;
const EIO = 29;
/** Where HDF5 writes what went wrong when it does not throw it. */
const STDERR = 2;
const NOWHERE = '/dev/null';
const SEEK_CUR = 1;
const SEEK_END = 2;

/** Bytes that HDF5 sees as a file; no link can name what else is in its file system, so it can follow none. */
export class Mount {
  /** Mount bytes under a name of their own. */
  constructor(hdf5: IHdf5, bytes: IBytes) {
    // h5wasm types the file system by an old declaration without these members.
    this._fs = hdf5.FS as unknown as IFileSystem;
    this._fs.mkdirTree(FOLDER);
    silence(this._fs);
    // Nobody can guess it, so that no link of a file names another file that is open.
    this._name = crypto.getRandomValues(new Uint32Array(4)).join('-');
    const parent = this._fs.lookupPath(FOLDER).node;
    const node = this._fs.createNode(parent, this._name, READ_ONLY_FILE, 0);
    node.node_ops = { getattr: () => attributes(node, bytes.size) };
    node.stream_ops = this._streamOps(bytes);
    (parent.contents as Record<string, INode>)[this._name] = node;
    this._node = node;
  }

  /** Where HDF5 finds the file. */
  get path(): string {
    return `${FOLDER}/${this._name}`;
  }

  /** Why the bytes could not be had since the last `forget`; HDF5 only knows that they could not. */
  get failure(): IFailure | null {
    return this._failure;
  }

  /** What is seen of the file's old groups while HDF5 reads them. */
  readonly groups = new OldGroups();

  /** Start afresh with failures. */
  forget(): void {
    this._failure = null;
  }

  /** Close what HDF5 leaves open: each error that it throws leaves a temporary file behind. */
  sweep(): void {
    for (const stream of this._fs.streams) {
      if (stream?.path.startsWith('/tmp/')) {
        this._fs.close(stream);
      }
    }
  }

  /** Take the file away. */
  unmount(): void {
    for (const stream of this._fs.streams) {
      if (stream?.path === this.path) {
        this._fs.close(stream);
      }
    }
    const parent = this._fs.lookupPath(FOLDER).node;
    delete (parent.contents as Record<string, INode>)[this._name];
    this._fs.destroyNode(this._node);
  }

  /** Take note of an old group's parts; whatever the bytes turn out to be, they were read. */
  private _see(position: number, bytes: Uint8Array): void {
    try {
      this.groups.see(position, bytes);
    } catch {
      // They only began like a part of a group.
    }
  }

  private _streamOps(bytes: IBytes): INode['stream_ops'] {
    return {
      read: (_stream, heap, offset, length, position) => {
        const target = new Uint8Array(
          heap.buffer,
          heap.byteOffset + offset,
          length
        );
        try {
          const count = bytes.read(position, target);
          if (count < length) {
            // HDF5 takes what is missing for zeros.
            throw new ReadError({
              code: 'truncated',
              technical: `${length} bytes at ${position} of ${bytes.size}`
            });
          }
          this._see(position, target);
          return count;
        } catch (reason) {
          this.groups.miss(position);
          this._failure = failureOf(reason, 'server-gone');
          throw new this._fs.ErrnoError(EIO);
        }
      },
      llseek: (stream, offset, whence) =>
        offset +
        (whence === SEEK_CUR
          ? stream.position
          : whence === SEEK_END
            ? bytes.size
            : 0)
    };
  }

  private readonly _fs: IFileSystem;
  private readonly _name: string;
  private readonly _node: INode;
  private _failure: IFailure | null = null;
}

/** Keep HDF5 from writing on the console what is shown in its place. */
function silence(fs: IFileSystem): void {
  const stderr = fs.streams[STDERR];
  if (stderr && stderr.path !== NOWHERE) {
    fs.close(stderr);
    // The lowest number that is free is the one it gets.
    fs.open(NOWHERE, 'w');
  }
}

function attributes(node: INode, size: number): object {
  const time = new Date(0);
  return {
    dev: 1,
    ino: node.id,
    mode: node.mode,
    nlink: 1,
    uid: 0,
    gid: 0,
    rdev: 0,
    size,
    atime: time,
    mtime: time,
    ctime: time,
    blksize: 4096,
    blocks: Math.ceil(size / 512)
  };
}
