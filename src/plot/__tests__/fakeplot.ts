import type {
  INodeFacts,
  ISeries,
  ITrace,
  ITraceRequest
} from '../../refs/types';
import type { ITexts } from '../../refs/units';
import type { IJoinedData } from '../joined';
import type { IPlotConfig, IPlotly } from '../loader';
import type { FigureModel } from '../model';
import type { IPlotEvents, LayoutChange } from '../zoom';

/** The words on the axes. */
export const TEXTS: ITexts = {
  sampleIndex: 'sample index',
  xOf: group => `x of ${group}`,
  xOfGroups: 'x of each group',
  assumed: 'assumed'
};

/** How the figures of the tests are made. */
export const DEFAULTS: ConstructorParameters<typeof FigureModel>[0] = {
  id: 1,
  legend: true,
  points: false,
  lineWidth: 1.5,
  maxPoints: 1000,
  maxTraces: 10
};

/** Facts of a dataset. */
export function factsOf(
  path: string,
  more: Partial<INodeFacts> = {}
): INodeFacts {
  return {
    path,
    kind: 'dataset',
    shape: [3],
    dtype: 'float64',
    valueClass: 'float',
    detail: '',
    units: null,
    ...more
  };
}

/** One line of points. */
export function seriesOf(
  x: readonly number[],
  y: readonly number[],
  more: Partial<ISeries> = {}
): ISeries {
  return {
    column: null,
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    exact: null,
    ...more
  };
}

/** A variable of VecRef or of another group, drawn against the group's x. */
export function traceOf(
  path: string,
  series: readonly ISeries[] = [seriesOf([0, 1, 2], [-65, 35, -70])],
  more: Partial<ITrace> = {}
): ITrace {
  const x = `${path.split('/').slice(0, 3).join('/')}/x`;
  const all = series
    .flatMap(line => Array.from(line.x))
    .filter(Number.isFinite);
  return {
    path,
    facts: factsOf(path),
    xFacts: factsOf(x),
    pairing: { kind: 'x', path: x },
    series,
    columnsTotal: series.length,
    length: series[0]?.x.length ?? 0,
    extent: all.length > 0 ? [Math.min(...all), Math.max(...all)] : null,
    withoutX: 0,
    reduced: false,
    ...more
  };
}

/** One drawing, as plotly was told. */
export interface IDrawing {
  readonly data: readonly IJoinedData[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly config: IPlotConfig;
}

/** A plotly that draws nothing and keeps what it was told. */
export class FakePlotly implements IPlotly {
  readonly Icons = { home: 'home', camera: 'camera', disk: 'disk' };
  readonly drawings: IDrawing[] = [];
  readonly pictures: { figure: unknown; options: unknown }[] = [];
  purged = 0;
  /** What making a picture ends with. */
  picture: () => Promise<unknown> = () => Promise.resolve('data:');

  /** The last drawing. */
  get last(): IDrawing {
    return this.drawings[this.drawings.length - 1];
  }

  react(
    node: HTMLElement,
    data: readonly IJoinedData[],
    layout: object,
    config: IPlotConfig
  ): Promise<unknown> {
    this.drawings.push({ data, layout: { ...layout }, config });
    const events: IPlotEvents = {
      on: (event, callback) => this._callbacks.set(event, callback)
    };
    Object.assign(node, events);
    return Promise.resolve(node);
  }

  purge(): void {
    this.purged++;
  }

  downloadImage(figure: object, options: object): Promise<unknown> {
    this.pictures.push({ figure, options });
    return this.picture();
  }

  /** Do as if the user did something in the plot. */
  emit(
    event: 'plotly_relayout' | 'plotly_doubleclick',
    change: LayoutChange | null = null
  ): void {
    this._callbacks.get(event)?.(change);
  }

  private _callbacks = new Map<string, (change: LayoutChange | null) => void>();
}

/** A source whose answers the test gives. */
export class FakeSource {
  readonly requests: ITraceRequest[] = [];

  trace(request: ITraceRequest): Promise<ITrace> {
    this.requests.push(request);
    return new Promise<ITrace>((resolve, reject) => {
      this._open.push({ path: request.path, resolve, reject });
    });
  }

  /** Answer the oldest open request for a variable. */
  answer(path: string, trace: ITrace = traceOf(path)): void {
    this._take(path).resolve(trace);
  }

  /** Fail the oldest open request for a variable. */
  fail(path: string, reason: unknown): void {
    this._take(path).reject(reason);
  }

  private _take(path: string): IOpenRequest {
    const at = this._open.findIndex(open => open.path === path);
    if (at < 0) {
      throw new Error(`nothing was asked for ${path}`);
    }
    return this._open.splice(at, 1)[0];
  }

  private readonly _open: IOpenRequest[] = [];
}

interface IOpenRequest {
  readonly path: string;
  readonly resolve: (trace: ITrace) => void;
  readonly reject: (reason: unknown) => void;
}
