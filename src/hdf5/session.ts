import type { IFailure } from '../refs/failure';
import { failureOf, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import type { IBytes } from './bytes';
import { nodeError } from './errors';
import { LIMITS } from './limits';
import type { IHdf5 } from './mount';
import { Mount } from './mount';
import type { IEarlyNames, IGroupPlace } from './oldgroups';
import { openError } from './signature';
import { onStack } from './stack';
import { withoutWriter } from './superblock';

/** No bounds on the format's version: what is left out counts as 0, an error. */
const ANY_VERSION = -1;

/**
 * HDF5 with its failures made ours: every call either answers with what the
 * file holds or throws a `ReadError`.
 */
export class Session {
  /**
   * Open a file's bytes; throws a `ReadError` of the whole file. Failures of
   * a linked file's bytes name that file.
   */
  constructor(
    readonly hdf5: IHdf5,
    bytes: IBytes,
    private readonly _linkedFile?: string
  ) {
    // Without this, h5wasm hands out leftover memory as the values of a failed read.
    hdf5.activate_throwing_error_handler();
    this.size = bytes.size;
    this.bytes = { size: bytes.size, read: (...at) => this._read(bytes, at) };
    this._mount = new Mount(hdf5, withoutWriter(bytes));
    try {
      this.file = onStack(hdf5, () =>
        hdf5.open(
          this._mount.path,
          hdf5.H5F_ACC_RDONLY,
          false,
          ANY_VERSION,
          ANY_VERSION
        )
      );
    } catch (reason) {
      const failure = this._mount.failure;
      this._mount.sweep();
      this._mount.unmount();
      throw openError(reason, bytes, failure && new ReadError(failure));
    }
  }

  /** Bytes of the file. */
  readonly size: number;

  /** The file's bytes, as they are; reading them fails as HDF5's own reads do. */
  readonly bytes: IBytes;

  /** Close the file. */
  close(): void {
    try {
      onStack(this.hdf5, () => this.hdf5.close_file(this.file));
    } catch {
      // What stays open of a damaged file is lost with its mount.
    }
    this._mount.sweep();
    this._mount.unmount();
  }

  /** HDF5's memory at a pointer. */
  view(pointer: bigint, length: number): Uint8Array {
    const start = Number(pointer);
    return this.hdf5.HEAPU8.subarray(start, start + length);
  }

  /** Lend memory of HDF5's to a function. */
  withMemory<T>(
    path: NodePath,
    length: number,
    use: (pointer: bigint) => T
  ): T {
    if (!(length <= LIMITS.chunkBytes)) {
      throw new ReadError({
        code: 'node-too-large',
        path,
        technical: `${length} bytes in one read`
      });
    }
    const pointer = this.hdf5._malloc(Math.max(8, length));
    if (pointer === 0) {
      throw new ReadError({
        code: 'node-too-large',
        path,
        technical: `no memory for ${length} bytes`
      });
    }
    try {
      return use(BigInt(pointer));
    } finally {
      this.hdf5._free(pointer);
    }
  }

  /** Call HDF5; whatever goes wrong becomes a `ReadError`. */
  call<T>(path: NodePath, call: (hdf5: IHdf5, file: bigint) => T): T {
    this._mount.forget();
    try {
      const value = onStack(this.hdf5, () => call(this.hdf5, this.file));
      // HDF5 hides some failures, and a hidden one must not become "there is nothing".
      this._assertBytes();
      return value;
    } catch (reason) {
      this._mount.sweep();
      this._assertBytes();
      throw nodeError(path, reason);
    }
  }

  /**
   * Have HDF5 read values; whatever goes wrong becomes a `ReadError`.
   *
   * A read that throws leaves its dataset open, and with it a buffer that
   * HDF5 takes for filled: the next read would find zeros there. So HDF5
   * throws only once it is known that it is not for want of the bytes.
   */
  read(path: NodePath, read: (hdf5: IHdf5, file: bigint) => number): void {
    this.hdf5.deactivate_throwing_error_handler();
    let isRead: boolean;
    try {
      isRead = this.call(path, read) >= 0;
    } catch (reason) {
      this._assertBytes();
      if (failureOf(reason, 'node-unreadable').code === 'reader-stopped') {
        throw reason;
      }
      isRead = false;
    } finally {
      this.hdf5.activate_throwing_error_handler();
    }
    if (!isRead) {
      assertStatus(path, this.call(path, read));
    }
  }

  /** What is known of the old group of which HDF5 missed a part last. */
  missedGroup(): IEarlyNames | null {
    return this._mount.groups.missed();
  }

  /** Where groups of a name lie, as far as HDF5 has come upon them. */
  groupPlaces(name: string): readonly IGroupPlace[] {
    return this._mount.groups.places(name);
  }

  private _assertBytes(): void {
    const { failure } = this._mount;
    if (failure) {
      throw this._ofFile(failure);
    }
  }

  private _read(
    bytes: IBytes,
    [position, target]: Parameters<IBytes['read']>
  ): number {
    try {
      return bytes.read(position, target);
    } catch (reason) {
      throw this._ofFile(failureOf(reason, 'server-gone'));
    }
  }

  private _ofFile(failure: IFailure): ReadError {
    const file = this._linkedFile;
    return new ReadError(file === undefined ? failure : { ...failure, file });
  }

  /** HDF5's number for the file. */
  readonly file: bigint;
  private readonly _mount: Mount;
}

function assertStatus(path: NodePath, status: number): void {
  if (status < 0) {
    throw new ReadError({
      code: 'node-unreadable',
      path,
      technical: `status ${status}`
    });
  }
}
