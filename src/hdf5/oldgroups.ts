import type { IHeap, ITreeNode } from './oldgroup';
import {
  heapNames,
  heapOf,
  isSymbolNode,
  LONGEST_NAME,
  symbolsOf,
  treeNode
} from './oldgroup';

/** The names in a group's heap, and the node from which to look whether they are all and the right ones. */
export interface IEarlyNames {
  readonly names: readonly string[];
  readonly root: ITreeNode;
}

/** Where the parts of an old group lie. */
export interface IGroupPlace {
  readonly header: number;
  readonly tree: number;
  readonly heap: number;
}

interface IOldGroup {
  readonly heap: IHeap;
  data: Uint8Array | null;
  root: ITreeNode | null;
}

/** Smaller heaps are of groups that are soon read whole. */
const LARGE_HEAP = 4096;
/** Groups that are remembered. */
const MOST_GROUPS = 16;
/** Groups of one name whose places are noted. */
const SAME_NAMES = 64;
/** Names of groups of which it is remembered where these lie. */
const MOST_PLACES = 100_000;

/** Sees the parts of large old groups go by while HDF5 reads them. */
export class OldGroups {
  /** Look at something that HDF5 reads. */
  see(position: number, bytes: Uint8Array): void {
    const heap = heapOf(bytes);
    const { _current: current } = this;
    if (heap) {
      const isLarge =
        heap.length >= LARGE_HEAP && this._groups.size < MOST_GROUPS;
      this._current = isLarge ? { heap, data: null, root: null } : null;
    } else if (
      current &&
      !current.data &&
      position === current.heap.address &&
      bytes.length === current.heap.length
    ) {
      current.data = bytes.slice();
    } else if (isSymbolNode(bytes)) {
      this._seeSymbols(position, bytes);
    } else {
      this._seeNode(position, bytes);
    }
  }

  /** Where groups of a name lie that HDF5 has come upon. */
  places(name: string): readonly IGroupPlace[] {
    return this._places.get(name) ?? [];
  }

  /** Note what HDF5 wanted to read and could not. */
  miss(position: number): void {
    this._missed = this._parents.get(position) ?? null;
  }

  /** The group of which a part was missed last; null where its names are not to be had. */
  missed(): IEarlyNames | null {
    const { heap, data, root } = this._missed ?? {};
    const names = heap && data && root ? heapNames(heap, data, root) : null;
    return names && root ? { names, root } : null;
  }

  private _seeSymbols(position: number, bytes: Uint8Array): void {
    const data = this._parents.get(position)?.data;
    if (!data || this._places.size >= MOST_PLACES) {
      return;
    }
    for (const { name, header, group } of symbolsOf(bytes) ?? []) {
      const end = data.indexOf(0, name);
      if (!group || end < 0 || end - name > LONGEST_NAME) {
        continue;
      }
      const text = String.fromCharCode(...data.subarray(name, end));
      const known = this._places.get(text) ?? [];
      const isOther = !known.some(place => place.header === header);
      if (isOther && known.length < SAME_NAMES) {
        this._places.set(text, [...known, { header, ...group }]);
      }
    }
  }

  private _seeNode(position: number, bytes: Uint8Array): void {
    const node = treeNode(bytes);
    const { _current: current } = this;
    const known = this._parents.get(position);
    const group = known ?? (current?.data && !current.root ? current : null);
    if (!node || !group) {
      return;
    }
    if (!group.root) {
      group.root = node;
      this._groups.add(group);
    }
    node.children.forEach(child => this._parents.set(child, group));
  }

  private readonly _places = new Map<string, readonly IGroupPlace[]>();
  private readonly _groups = new Set<IOldGroup>();
  /** The group that a node or symbol node belongs to, by its address. */
  private readonly _parents = new Map<number, IOldGroup>();
  private _current: IOldGroup | null = null;
  private _missed: IOldGroup | null = null;
}
