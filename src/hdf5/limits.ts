/** The caps that keep a hostile file from taking the reader's memory or time. */
export const LIMITS = {
  /** Names listed of one group: more would block the page while they are handed over. */
  names: 250_000,
  /** A group of at least so many names is listed by its heap before HDF5 has read all of it. */
  namesAtOnce: 256,
  /** More groups than this, listed at a time, are more than what a user looks at. */
  listedSoon: 16,
  /** The same of nodes that are described at a time: rows in sight are fewer. */
  describedSoon: 128,
  /** Milliseconds after which a large old group is looked through that seems to be what it was, since one was listed last. */
  calm: 10_000,
  /** Parts of an old group that are fetched to check such a list. */
  checkedParts: 8_000,
  /** Bytes at a file's start that are fetched because it says what lies there, and the part of what a reader keeps that they may take. */
  startBytes: 64 << 20,
  startShare: 0.5,
  /** Milliseconds of a round trip below which reads do not wait for the server together. */
  nearServer: 8,
  /** Characters of a detail, and of one value or attribute in a preview. */
  text: 10_000,
  /** Attributes shown of one node. */
  attributes: 200,
  /** Values shown of one node or one attribute. */
  values: 100,
  /** Bytes of an attribute that is read. */
  attributeBytes: 1 << 20,
  /** Bytes of one element, and of a text read whole. */
  elementBytes: 64 << 20,
  /** Bytes that one chunk may claim. */
  chunkBytes: 256 << 20,
  /** Samples of a dataset that is drawn. */
  samples: 2 ** 28,
  /** Bytes of a dataset that is drawn. */
  bytes: 2 ** 31,
  /** Contiguous data may claim this much more than the file holds, as nothing is stored before the first write. */
  unwrittenBytes: 64 << 20,
  /** Columns drawn of a 2-D dataset. */
  columns: 64,
  /** Bytes that a reader keeps in memory, unless the user says otherwise. */
  cache: 128 << 20,
  /** The parts of them: of arrays, of slabs of those that are too long to be kept, of blocks of the file, and of blocks of the files it links to. */
  cacheShares: { arrays: 0.68, slabs: 0.12, blocks: 0.14, linked: 0.06 },
  /** Bytes of an x that is kept in less room where that is exact. */
  compacted: 4 << 20,
  /** Bytes of an array that is drawn while it comes. */
  streamed: 4 << 20,
  /** Bytes of which the place in the file tells where an array lies. */
  located: 512 << 10,
  /** Bytes of waiting traces that are fetched together: the first of them is drawn once they are there. */
  together: 2 << 20,
  /** Bytes read from HDF5 in one step. */
  step: 8 << 20,
  /** Bytes read at least of an array that is not kept. */
  slab: 512 << 10,
  /** Bytes of a file that is downloaded whole. */
  download: 1.5 * 2 ** 30,
  /** Bytes of memory after which the reader is replaced by a fresh one. */
  heap: 2 ** 30,
  /** Soft links followed one after another. */
  links: 16,
  /** Linked files that are open at a time. */
  linkedFiles: 32,
  /** Bytes of linked files that are kept whole, where no parts can be had. */
  linkedWhole: 512 << 20,
  /** Milliseconds in which a linked file that failed to open is not asked for again. */
  linkedRest: 5000,
  /** Milliseconds that a list or describe request may take before it answers with what it has. */
  slice: 60
} as const;
