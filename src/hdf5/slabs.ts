import { LIMITS } from './limits';

/** The slabs of one line of samples, by their index. */
export interface ILineSlabs {
  /** Bytes that may be read at once, so that what is read is still there when it is looked at. */
  readonly atOnce: number;
  /** A slab; undefined where it is not kept. */
  get(index: number): Uint8Array | undefined;
  /** Keep a slab of memory of its own. */
  set(index: number, slab: Uint8Array): void;
}

interface ISlab {
  readonly owner: object;
  readonly bytes: Uint8Array;
}

/** Bytes of arrays that are not kept, as they were read last: slab by slab, those used last, of all the files that are read together. */
export class Slabs {
  /** Keep so many bytes. */
  constructor(private _capacity: number) {}

  /** Keep so many bytes from now on. */
  renew(capacity: number): void {
    this._capacity = capacity;
    this._letGo();
  }

  /** The slabs of one line of a file, by a name that tells it from the others of that file. */
  of(owner: object, name: string): ILineSlabs {
    const nameOf = (index: number) =>
      `${this._numberOf(owner)}:${name}#${index}`;
    return {
      atOnce: Math.min(LIMITS.step, this._capacity / 2),
      get: index => this._get(nameOf(index)),
      set: (index, bytes) => this._set(nameOf(index), { owner, bytes })
    };
  }

  /** Let go of the slabs of a file. */
  drop(owner: object): void {
    for (const [name, slab] of this._slabs) {
      if (slab.owner === owner) {
        this._delete(name, slab);
      }
    }
  }

  /** A slab, which is now the newest. */
  private _get(name: string): Uint8Array | undefined {
    const slab = this._slabs.get(name);
    if (slab) {
      // The order of a Map is the order of insertion.
      this._slabs.delete(name);
      this._slabs.set(name, slab);
    }
    return slab?.bytes;
  }

  private _set(name: string, slab: ISlab): void {
    const before = this._slabs.get(name);
    if (before) {
      this._delete(name, before);
    }
    this._slabs.set(name, slab);
    this._bytes += slab.bytes.byteLength;
    this._letGo();
  }

  /** Let go of the oldest where they are too many bytes. */
  private _letGo(): void {
    for (const [name, slab] of this._slabs) {
      if (this._bytes <= this._capacity || this._slabs.size === 1) {
        return;
      }
      this._delete(name, slab);
    }
  }

  private _delete(name: string, { bytes }: ISlab): void {
    this._slabs.delete(name);
    this._bytes -= bytes.byteLength;
  }

  private _numberOf(owner: object): number {
    let number = this._owners.get(owner);
    if (number === undefined) {
      number = ++this._count;
      this._owners.set(owner, number);
    }
    return number;
  }

  private readonly _slabs = new Map<string, ISlab>();
  private readonly _owners = new WeakMap<object, number>();
  private _count = 0;
  private _bytes = 0;
}
