/**
 * The parts of HDF5's old groups that tell what is to be read next.
 *
 * Source: HDF5 File Format Specification 3.0, III.A.1 (version 1 B-trees),
 * III.B (symbol table nodes), III.C (their entries) and III.D (local heaps). Nothing that is shown comes from here unchecked: HDF5
 * itself lists the group when its parts are there.
 */

const TREE_HEADER = 24;
const HEAP_HEADER = 32;
/** Bytes of an address; other sizes are not used by anything that writes results. */
const ADDRESS = 8;
const GROUP_NODE = 0;
const SYMBOL_HEADER = 8;
/** Bytes of an entry of a symbol node. */
const SYMBOL = 40;
/** An entry that tells where the parts of its group lie. */
const CACHED_GROUP = 1;
/** The upper half of the greatest address that a number holds exactly. */
const MOST_HIGH = 2 ** 21 - 1;
/** Letters of a name that is looked at; HDF5 lists longer ones. */
export const LONGEST_NAME = 4096;
/** Marks the end of a heap's list of free room. */
const NO_FREE = 1n;

/** One node of the B-tree of an old group. */
export interface ITreeNode {
  /** 0 when its children are symbol nodes, which hold the links. */
  readonly level: number;
  readonly children: readonly number[];
  /** Where in the heap the names stand that part the children. */
  readonly keys: readonly number[];
}

/** Where a heap keeps the names of a group. */
export interface IHeap {
  readonly address: number;
  readonly length: number;
  /** Where in it the free room begins; null when there is none. */
  readonly free: number | null;
}

/** One link of a symbol node, and where the group lies that it leads to, if that is told. */
export interface ISymbol {
  /** Where in the heap its name stands. */
  readonly name: number;
  /** The object's header. */
  readonly header: number;
  /** The parts of an old group; null for anything else, or where they are not told. */
  readonly group: { readonly tree: number; readonly heap: number } | null;
}

/** Whether bytes begin with a symbol node. */
export function isSymbolNode(bytes: Uint8Array): boolean {
  return startsWith(bytes, 'SNOD');
}

/** The links of the symbol node that bytes begin with; null when they are something else. */
export function symbolsOf(bytes: Uint8Array): ISymbol[] | null {
  if (!isSymbolNode(bytes) || bytes.length < SYMBOL_HEADER) {
    return null;
  }
  const view = viewOf(bytes);
  const count = view.getUint16(6, true);
  const symbols: ISymbol[] = [];
  for (let i = 0; i < count; i++) {
    const at = SYMBOL_HEADER + SYMBOL * i;
    if (at + SYMBOL > bytes.length) {
      return null;
    }
    const name = numberAt(view, at);
    const header = numberAt(view, at + ADDRESS);
    if (name === null || header === null) {
      // A soft link has no header.
      continue;
    }
    const isGroup = view.getUint32(at + 2 * ADDRESS, true) === CACHED_GROUP;
    const tree = numberAt(view, at + 3 * ADDRESS);
    const heap = numberAt(view, at + 4 * ADDRESS);
    const group =
      isGroup && tree !== null && heap !== null ? { tree, heap } : null;
    symbols.push({ name, header, group });
  }
  return symbols;
}

/** The B-tree node that bytes begin with; null when they are something else. */
export function treeNode(bytes: Uint8Array): ITreeNode | null {
  if (
    !startsWith(bytes, 'TREE') ||
    bytes[4] !== GROUP_NODE ||
    bytes.length < TREE_HEADER
  ) {
    return null;
  }
  const view = viewOf(bytes);
  const used = view.getUint16(6, true);
  if (TREE_HEADER + ADDRESS * (2 * used + 1) > bytes.length) {
    return null;
  }
  const children: number[] = [];
  const keys: number[] = [];
  for (let i = 0; i <= used; i++) {
    const at = TREE_HEADER + 2 * ADDRESS * i;
    const key = numberAt(view, at);
    const child = i < used ? numberAt(view, at + ADDRESS) : 0;
    if (key === null || child === null) {
      return null;
    }
    keys.push(key);
    if (i < used) {
      children.push(child);
    }
  }
  return { level: bytes[5], children, keys };
}

/** The heap that bytes begin with; null when they are something else. */
export function heapOf(bytes: Uint8Array): IHeap | null {
  if (!startsWith(bytes, 'HEAP') || bytes.length < HEAP_HEADER) {
    return null;
  }
  const view = viewOf(bytes);
  const length = numberAt(view, 8);
  const address = numberAt(view, 24);
  const hasFree = view.getBigUint64(16, true) !== NO_FREE;
  const free = hasFree ? numberAt(view, 16) : null;
  return length === null || address === null || (hasFree && free === null)
    ? null
    : { address, length, free };
}

/**
 * The names that stand in a heap, the empty one of the first key aside; null
 * where they are not surely those of a B-tree's group, or not plain text.
 */
export function heapNames(
  heap: IHeap,
  data: Uint8Array,
  root: ITreeNode
): string[] | null {
  const free = freeRoom(heap, data);
  if (!free) {
    return null;
  }
  const names = new Map<number, string>();
  for (let at = 0; at < data.length;) {
    const room = free.get(at);
    if (room !== undefined) {
      at += room;
      continue;
    }
    const end = data.indexOf(0, at);
    if (end < 0 || end - at > LONGEST_NAME) {
      return null;
    }
    names.set(at, String.fromCharCode(...data.subarray(at, end)));
    // Each name takes a multiple of eight bytes.
    at += Math.ceil((end - at + 1) / 8) * 8;
  }
  if (!root.keys.every(key => names.has(key))) {
    return null;
  }
  names.delete(0);
  const all = [...names.values()];
  const plain = all.every(name => /^[ -.0-~]+$/.test(name));
  return plain && new Set(all).size === all.length ? all : null;
}

/** The pieces of free room of a heap, by their place. */
function freeRoom(heap: IHeap, data: Uint8Array): Map<number, number> | null {
  const view = viewOf(data);
  const pieces = new Map<number, number>();
  let at = heap.free;
  while (at !== null) {
    if (at + 2 * ADDRESS > data.length || pieces.has(at)) {
      return null;
    }
    const isLast = view.getBigUint64(at, true) === NO_FREE;
    const next = isLast ? null : numberAt(view, at);
    const length = numberAt(view, at + ADDRESS);
    if (!length || length % 8 !== 0 || (!isLast && next === null)) {
      return null;
    }
    pieces.set(at, length);
    at = next;
  }
  return pieces;
}

function startsWith(bytes: Uint8Array, letters: string): boolean {
  return [...letters].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** An address or a length; null when it is none. */
function numberAt(view: DataView, at: number): number | null {
  const high = view.getUint32(at + 4, true);
  return high > MOST_HIGH ? null : high * 2 ** 32 + view.getUint32(at, true);
}
