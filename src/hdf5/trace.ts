import { columnsOf } from '../refs/drawable';
import type { NodePath } from '../refs/layout';
import { pairingOf } from '../refs/pairing';
import type {
  INodeFacts,
  IPoints,
  ISeries,
  ITrace,
  ITraceRequest,
  NodeDescription
} from '../refs/types';
import type { ILine } from './arrays';
import type { IAxis, ISamples } from './axis';
import { indexAxis } from './axis';
import { bends } from './bends';
import type { IPicks } from './bucket';
import { GAP } from './bucket';
import { decimate } from './decimate';
import { nodeFailure } from './errors';
import { LIMITS } from './limits';
import { MemorySamples } from './samples';
import { shortNumbers } from './values';

/** A dataset that can be drawn. */
export interface IDrawable {
  readonly facts: INodeFacts;
  /** One of its columns. */
  line(column: number): ILine;
}

/** What a trace is made from. */
export interface ITraceParts {
  readonly request: ITraceRequest;
  readonly y: IDrawable;
  /** What is known of the x that was asked for; null when none was. */
  readonly x: NodeDescription | null;
  /** The axis that x makes. */
  axis(path: NodePath): IAxis;
}

/** One variable, paired with its x and reduced for the screen. */
export function makeTrace(parts: ITraceParts): ITrace {
  const { request, y } = parts;
  const [axis, x] = pairedAxis(parts);
  const pairing = pairingOf(y.facts, x);
  const xFacts = pairing.kind === 'x' && x && 'facts' in x ? x.facts : null;
  const columnsTotal = columnsOf(y.facts);
  const series: ISeries[] = [];
  let reduced = false;
  for (let c = 0; c < Math.min(columnsTotal, LIMITS.columns); c++) {
    const line = y.line(c);
    const picks = decimate(line.samples, axis, request);
    reduced = reduced || picks.reduced;
    const column = y.facts.shape?.length === 1 || columnsTotal === 1 ? null : c;
    const drawn = drawnOf(line, axis, picks, request);
    const points = seriesOf(line, axis, drawn, column);
    series.push(withTexts(points, y.facts.dtype, xFacts?.dtype ?? null));
  }
  return {
    path: request.path,
    facts: y.facts,
    xFacts,
    pairing,
    series,
    columnsTotal,
    length: y.facts.shape?.[0] ?? 0,
    extent: axis.extent,
    withoutX: axis.withoutX,
    reduced
  };
}

/** The axis to draw against, and what is known of x once its values were tried. */
function pairedAxis(parts: ITraceParts): [IAxis, NodeDescription | null] {
  const { y, x } = parts;
  const pairing = pairingOf(y.facts, x);
  if (pairing.kind === 'x') {
    try {
      return [parts.axis(pairing.path), x];
    } catch (reason) {
      const failure = nodeFailure(reason);
      return [indexOf(y.facts), { path: pairing.path, failure }];
    }
  }
  return [indexOf(y.facts), x];
}

function indexOf(facts: INodeFacts): IAxis {
  return indexAxis(facts.shape?.[0] ?? 0);
}

/** Points of a line, each a sample. */
interface IDrawn extends IPoints {
  /** The samples that they are; `GAP` breaks the line. */
  readonly indices: Int32Array;
}

/** The points that draw as the picks do. */
function drawnOf(
  line: ILine,
  axis: IAxis,
  { indices, reduced }: IPicks,
  { columns, rows }: ITraceRequest
): IDrawn {
  const x = valuesAt(axis.samples, indices);
  const y = valuesAt(line.samples, indices);
  if (!reduced || rows === undefined) {
    return { indices, x, y };
  }
  const kept = bends({ x, y }, { columns, rows });
  return {
    indices: kept.map(at => indices[at]),
    x: valuesAt(new MemorySamples(x), kept),
    y: valuesAt(new MemorySamples(y), kept)
  };
}

/** The numbers at some indices; NaN for a gap. */
function valuesAt(samples: ISamples, indices: Int32Array): Float64Array {
  const values = new Float64Array(indices.length);
  for (let i = 0; i < values.length; i++) {
    values[i] = indices[i] === GAP ? NaN : samples.at(indices[i]);
  }
  return values;
}

function seriesOf(
  line: ILine,
  axis: IAxis,
  { indices, x, y }: IDrawn,
  column: number | null
): ISeries {
  const exactX = axis.exact && textsAt(axis.exact, indices);
  return {
    column,
    x,
    y,
    exact: line.exact && textsAt(line.exact, indices),
    ...(exactX ? { exactX } : {})
  };
}

/** The exact texts at some indices; empty for a gap. */
function textsAt(
  exact: (index: number) => string,
  indices: Int32Array
): readonly string[] {
  return Array.from(indices, index => (index === GAP ? '' : exact(index)));
}

/** A series with the texts of numbers that 64 bits would show with more digits than the file tells. */
function withTexts(
  series: ISeries,
  dtype: string,
  xDtype: string | null
): ISeries {
  const yText = shortNumbers(dtype);
  const xText = xDtype === null ? null : shortNumbers(xDtype);
  return {
    ...series,
    ...(yText ? { exact: Array.from(series.y, yText) } : {}),
    ...(xText ? { exactX: Array.from(series.x, xText) } : {})
  };
}
