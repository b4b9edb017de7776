import type { IFailure } from './failure';
import type { NodePath } from './layout';

/** What the values of a dataset are, as far as showing them goes. */
export type ValueClass =
  'float' | 'integer' | 'boolean' | 'complex' | 'text' | 'other';

/** What a node is. */
export type NodeKind = 'group' | 'dataset' | 'other';

/** The metadata of one node, read without its values. */
export interface INodeFacts {
  readonly path: NodePath;
  /** The linked file that it lies in, as the link names it; absent when it is the opened file. */
  readonly file?: string;
  /** The linked file that the x of a group lies in; absent when it is the group's own. */
  readonly xFile?: string;
  readonly kind: NodeKind;
  /** The dimensions; [] for a scalar; null for a group and for a dataset without values. */
  readonly shape: readonly number[] | null;
  /** A readable type such as `float64`, `int64`, `text`; empty for a group. */
  readonly dtype: string;
  readonly valueClass: ValueClass;
  /** The TITLE attribute; empty where absent. */
  readonly detail: string;
  /** The `units` attribute; null where absent. */
  readonly units: string | null;
}

/** The facts of a node, or why they could not be had. */
export type NodeDescription =
  | { readonly path: NodePath; readonly facts: INodeFacts }
  | { readonly path: NodePath; readonly failure: IFailure };

/** The names of a group's children, or why they could not be had. */
export type NodeListing =
  IListing | { readonly path: NodePath; readonly failure: IFailure };

/** The names of a group's children. */
export interface IListing {
  readonly path: NodePath;
  /** In natural order: to sort many thousands is not the page's work. */
  readonly names: readonly string[];
  /** How many children there are; more than `names` where the cap cut the list. */
  readonly total: number;
  /** The names are read, but not yet looked up one by one; once they are, the source tells what is right. */
  readonly unchecked?: true;
  /** The names, by their numbers, in the order in which what they lead to lies in the file; absent where that is not known. */
  readonly order?: Uint32Array;
}

/** What kind of file it is: ours, or any other HDF5 file. */
export type FileKind = 'results' | 'plain';

/** The server's clock in milliseconds, in whole seconds: when a file was changed, and when that was told. */
export interface IFileAge {
  readonly modified: number;
  readonly told: number;
}

/** What is known of a file when it has been opened. */
export interface IFileSummary {
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** How its bytes come: by range requests, or read whole. */
  readonly access: 'ranges' | 'download';
  /** What the server told of its age when its first bytes came; absent where it told nothing. */
  readonly age?: IFileAge;
  /** The names directly under the root, in natural order. */
  readonly rootNames: readonly string[];
  /** The groups of the results; absent where they are to be asked for. */
  readonly groups?: IListing;
}

/** Why a variable is drawn against its sample index. */
export type IndexReason =
  | 'no-x'
  | 'x-unreadable'
  | 'x-not-numeric'
  | 'x-not-1d'
  | 'x-length'
  | 'chosen';

/** What a variable is drawn against. */
export type Pairing =
  | { readonly kind: 'x'; readonly path: NodePath }
  | {
      readonly kind: 'index';
      readonly reason: IndexReason;
      /** The x that could not be used. */
      readonly path?: NodePath;
      /** Its length, where it has one. */
      readonly xLength?: number;
      /** The variable's own length. */
      readonly yLength: number;
    };

/** A request for one variable, reduced for the screen. */
export interface ITraceRequest {
  readonly path: NodePath;
  /** The x to draw against; null for the sample index. */
  readonly x: NodePath | null;
  /** The part of x to draw, in x's own numbers; null for all of it. */
  readonly range: readonly [number, number] | null;
  /** The part of the range that is in sight; absent where all of it is. */
  readonly sight?: readonly [number, number];
  /** How many pixel columns there are in sight. */
  readonly columns: number;
  /** How many pixel rows the line is drawn over; absent where the figure is zoomed or draws points, and then no point is left out for lying on the line. */
  readonly rows?: number;
  /** At most this many points in a series, whatever the columns. */
  readonly maxPoints: number;
}

/** The points of a line. */
export interface IPoints {
  /** x of the points, each a value of the file (or a sample index). NaN breaks the line. */
  readonly x: Float64Array;
  /** y of the points, each a value of the file. NaN breaks the line. */
  readonly y: Float64Array;
}

/** One line: a 1-D variable, or one column of a 2-D one. */
export interface ISeries extends IPoints {
  /** The column of a 2-D variable; null for a 1-D one. */
  readonly column: number | null;
  /** The exact texts of y, one a point, of types whose numbers say too little or too much: 64-bit integers and floats of 32 bits or fewer; null for other types. */
  readonly exact: readonly string[] | null;
  /** The same of x; absent for other types. */
  readonly exactX?: readonly string[];
}

/** One variable, reduced so that every minimum and maximum of a pixel column is kept. */
export interface ITrace {
  readonly path: NodePath;
  readonly facts: INodeFacts;
  /** The facts of the x it is drawn against; null when against the index. */
  readonly xFacts: INodeFacts | null;
  readonly pairing: Pairing;
  readonly series: readonly ISeries[];
  /** How many columns a 2-D variable has; more than `series` where the cap cut them; 1 for 1-D. */
  readonly columnsTotal: number;
  /** Samples along the first axis. */
  readonly length: number;
  /** The least and greatest finite x of the whole variable; null when there is none. */
  readonly extent: readonly [number, number] | null;
  /** Samples that cannot be placed because their x is not a finite number. */
  readonly withoutX: number;
  /** Whether points were left out to fit the screen. */
  readonly reduced: boolean;
  /** How many samples have come, of one that is still being read; absent when all have. */
  readonly arrived?: number;
}

/** Called with the first part of a variable while the rest is being read. */
export type RoughTrace = (trace: ITrace) => void;

/** One attribute, as text. */
export interface IAttributeText {
  readonly name: string;
  readonly text: string;
}

/** What the details show of one node. */
export interface INodePreview {
  readonly facts: INodeFacts;
  readonly attributes: readonly IAttributeText[];
  /** The first values, exact, as text; empty for a group. */
  readonly values: readonly string[];
  /** How many values there are in all. */
  readonly total: number;
  /** Why the values are not shown; null when they are, or when there are none. */
  readonly failure: IFailure | null;
}
