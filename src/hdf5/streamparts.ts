import { failureOf, ReadError } from '../refs/failure';
import { pairingOf } from '../refs/pairing';
import type { ITrace, RoughTrace } from '../refs/types';
import type { ArrivingNumbers } from './arriving';
import { firstOfAxis, NotKept } from './arriving';
import type { IAxis } from './axis';
import type { ILongArray } from './longarray';
import type { IPlace } from './places';
import { isWanted } from './rounds';
import type { ITraceParts } from './trace';
import { makeTrace } from './trace';

/** What is told while long arrays come. */
export interface IStreamTold {
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** Bytes that have come, and all. */
  readonly progress: (done: number, total: number) => void;
  readonly rough?: RoughTrace;
}

/** One long array on its way. */
interface IArrival {
  readonly place: IPlace;
  readonly array: ILongArray;
  readonly numbers: ArrivingNumbers;
}

/** Milliseconds until the first rough trace, and at least between two. */
const FIRST_ROUGH = 300;
const BETWEEN_ROUGH = 500;
/** A part of the time at most goes into rough traces: one in so many. */
const ROUGH_SHARE = 8;
/** Milliseconds before the end in which a rough trace would only be in the way. */
const NEARLY_THERE = 400;

/** The parts of a trace with what of them is long read as a stream; rejects with a `ReadError`. */
export async function streamParts(
  parts: ITraceParts,
  yPlace: IPlace,
  xPlace: IPlace | null,
  told: IStreamTold
): Promise<ITraceParts> {
  const paired = pairingOf(parts.y.facts, parts.x).kind === 'x';
  const y = arrival(yPlace, false);
  const x = xPlace && paired ? arrival(xPlace, true) : null;
  const coming = [x, y].filter(found => found !== null);
  if (coming.length === 0) {
    return parts;
  }
  const total = coming.reduce(
    (sum, { array: { span } }) => sum + span[1] - span[0],
    0
  );
  // An x that does not come as a stream is read before: a stream is not waited for twice.
  const whole = paired && !x ? readAxis(parts) : null;
  const axis = x ? () => x.numbers.axis() : whole?.axis;
  const rough =
    y && axis && (x || whole?.isReadable)
      ? new Roughs(parts, y, axis, total, told)
      : null;
  let done = 0;
  let failed: Error | null = null;
  told.progress(done, total);
  // What has come is told while nothing comes, too.
  const timer = setInterval(() => {
    told.progress(done, total);
    rough?.tell(done);
  }, FIRST_ROUGH);
  const streams = Promise.all(
    coming.map(async ({ array, numbers }) => {
      try {
        await array.bytes.stream(array.span, part => {
          if (failed !== null) {
            // The other's failure is this one's end.
            throw failed;
          }
          numbers.take(part);
          done += part.length;
          makeRoom(x, y);
          told.progress(done, total);
          rough?.tell(done);
        });
      } catch (reason) {
        failed ??= new ReadError(failureOf(reason, 'server-gone'));
        throw reason;
      }
    })
  );
  try {
    await streams;
  } finally {
    clearInterval(timer);
  }
  return withArrived({ ...parts, axis: axis ?? parts.axis }, x, y);
}

/** The axis of an x, or what is wrong with it, which the trace tells; throws `wanted()`. */
function readAxis({ axis, x }: ITraceParts): {
  axis: () => IAxis;
  isReadable: boolean;
} {
  try {
    const whole = axis(x?.path ?? '');
    return { axis: () => whole, isReadable: true };
  } catch (reason) {
    if (isWanted(reason)) {
      throw reason;
    }
    const fail = () => {
      throw reason;
    };
    return { axis: fail, isReadable: false };
  }
}

function arrival(place: IPlace, isX: boolean): IArrival | null {
  const array = place.reader.long(place.path);
  return (
    array && {
      place,
      array,
      numbers: place.reader.arriving(place.path, isX)
    }
  );
}

/** Keep the extremes of y alone where an uneven x leaves no room for both. */
function makeRoom(x: IArrival | null, y: IArrival | null): void {
  if (x && y) {
    const bytes = x.numbers.byteLength + y.numbers.byteLength;
    if (bytes > y.place.reader.room) {
      y.numbers.letGo();
    }
  }
}

/** Keep what has come, and draw from it even where not all of it can be kept. */
function withArrived(
  parts: ITraceParts,
  x: IArrival | null,
  y: IArrival | null
): ITraceParts {
  for (const arrived of [x, y]) {
    arrived?.place.reader.keep(arrived.place.path, arrived.numbers);
  }
  return {
    ...parts,
    y: y ? lineOf(parts, y.numbers) : parts.y
  };
}

function lineOf(
  { y }: ITraceParts,
  numbers: ArrivingNumbers
): ITraceParts['y'] {
  return {
    facts: y.facts,
    line: () => ({ samples: numbers.samples(), exact: null })
  };
}

/** Makes a trace of what has come, now and then. */
class Roughs {
  constructor(
    private readonly _parts: ITraceParts,
    private readonly _y: IArrival,
    private readonly _axis: () => IAxis,
    private readonly _total: number,
    private readonly _told: IStreamTold
  ) {
    this._begun = _told.now();
    this._next = this._begun + FIRST_ROUGH;
  }

  /** Tell what has come, if it is time for it. */
  tell(done: number): void {
    const { now, rough } = this._told;
    const start = now();
    const left = ((start - this._begun) * (this._total - done)) / done;
    if (start < this._next || left < NEARLY_THERE || !rough) {
      return;
    }
    const axis = this._axis();
    const arrived = Math.min(this._y.numbers.arrived, axis.samples.length);
    if (arrived > this._before && axis.samples.inMemory) {
      const trace = this._trace(firstOfAxis(axis, arrived), arrived);
      this._before = trace ? arrived : this._before;
      if (trace) {
        rough(trace);
      }
    }
    const took = now() - start;
    this._next = now() + Math.max(BETWEEN_ROUGH, took * ROUGH_SHARE);
  }

  /** What has come as a trace; null where what is not kept would have to be read for it. */
  private _trace(axis: IAxis, arrived: number): ITrace | null {
    const y = lineOf(this._parts, this._y.numbers);
    try {
      return { ...makeTrace({ ...this._parts, y, axis: () => axis }), arrived };
    } catch (reason) {
      if (reason instanceof NotKept) {
        return null;
      }
      throw reason;
    }
  }

  private _before = 0;
  private readonly _begun: number;
  private _next: number;
}
