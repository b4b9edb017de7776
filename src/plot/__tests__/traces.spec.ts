import { PromiseDelegate } from '@lumino/coreutils';
import { ReadError } from '../../refs/failure';
import type { ITrace, ITraceRequest, RoughTrace } from '../../refs/types';
import { FigureModel } from '../model';
import { FigureTraces } from '../traces';

const PATH = '/results/VecRef/soma/v';

class Source {
  readonly requests: ITraceRequest[] = [];
  readonly answers: PromiseDelegate<ITrace>[] = [];
  readonly roughs: RoughTrace[] = [];

  trace(request: ITraceRequest, rough: RoughTrace): Promise<ITrace> {
    this.requests.push(request);
    this.roughs.push(rough);
    const answer = new PromiseDelegate<ITrace>();
    this.answers.push(answer);
    return answer.promise;
  }
}

function trace(length: number): ITrace {
  return { path: PATH, length, series: [] as ITrace['series'] } as ITrace;
}

function setUp(paths = [PATH]) {
  const model = new FigureModel({
    id: 1,
    legend: true,
    points: false,
    lineWidth: 1,
    maxPoints: 1000,
    maxTraces: 10
  });
  model.setPaths(paths);
  const source = new Source();
  return { model, source, traces: new FigureTraces(model, source) };
}

const settled = () => new Promise(resolve => setTimeout(resolve, 0));

/** A trace that was read, and is being read anew. */
async function readAnew() {
  const { source, traces } = setUp();
  traces.update(100, 300);
  source.answers[0].resolve(trace(1));
  await settled();
  traces.invalidate();
  traces.update(100, 300);
  return { source, traces };
}

/** The same, which then could not be read. */
async function failedAnew(reason: Error) {
  const { source, traces } = await readAnew();
  source.answers[1].reject(reason);
  await settled();
  return { traces };
}

describe('FigureTraces', () => {
  it("asks for a variable against its group's x", () => {
    const { source, traces } = setUp();
    traces.update(500, 300);
    expect(source.requests).toEqual([
      {
        path: PATH,
        x: '/results/VecRef/x',
        range: null,
        columns: 512,
        maxPoints: 1000,
        rows: 384
      }
    ]);
  });

  it.each<[string, (model: FigureModel) => void]>([
    ['x', model => model.setZoom({ x: [1, 2] })],
    ['y', model => model.setZoom({ y: [1, 2] })],
    ['the right axis', model => model.setZoom({ y2: [1, 2] })],
    ['nothing, but points are drawn', model => model.setPoints(true)]
  ])('leaves no point out for the rows where zoomed is %s', (_, change) => {
    const { model, source, traces } = setUp();
    change(model);
    traces.update(500, 300);
    expect(source.requests[0].rows).toBeUndefined();
  });

  describe('of which points were left out for the rows', () => {
    const reduced = () => ({ ...trace(1), reduced: true }) as ITrace;

    it('asks for them once they show, and not again after that', async () => {
      const { model, source, traces } = setUp();
      traces.update(500, 300);
      source.answers[0].resolve(reduced());
      await settled();
      model.setZoom({ y: [0, 1] });
      traces.update(500, 300);
      expect(source.requests).toHaveLength(2);
      source.answers[1].resolve(reduced());
      await settled();
      model.setZoom({ y: null });
      traces.update(500, 300);
      expect(source.requests).toHaveLength(2);
    });

    it('asks for nothing where none were left out', async () => {
      const { model, source, traces } = setUp();
      traces.update(500, 300);
      source.answers[0].resolve(trace(1));
      await settled();
      model.setPoints(true);
      traces.update(500, 300);
      expect(source.requests).toHaveLength(1);
    });

    it('waits for what is on its way', async () => {
      const { model, source, traces } = setUp();
      traces.update(500, 300);
      source.roughs[0](reduced());
      model.setZoom({ y: [0, 1] });
      traces.update(500, 300);
      expect(source.requests).toHaveLength(1);
      source.answers[0].resolve(reduced());
      await settled();
      traces.update(500, 300);
      expect(source.requests).toHaveLength(2);
    });

    it('leaves what was stopped as it is', async () => {
      const { model, source, traces } = setUp();
      traces.update(500, 300);
      source.roughs[0](reduced());
      source.answers[0].reject(
        new ReadError({ code: 'cancelled', technical: '' })
      );
      await settled();
      model.setZoom({ y: [0, 1] });
      traces.update(500, 300);
      expect(source.requests).toHaveLength(1);
    });

    it('asks for nothing where a note takes room from the plot, or gives it back', async () => {
      jest.spyOn(window.screen, 'height', 'get').mockReturnValue(900);
      const { source, traces } = setUp();
      traces.update(500, 370);
      source.answers[0].resolve(reduced());
      await settled();
      traces.update(500, 400);
      traces.update(500, 350);
      jest.restoreAllMocks();
      expect(source.requests.map(({ rows }) => rows)).toEqual([1024]);
    });
  });

  it('tells how many traces it asked for', () => {
    const { model, traces } = setUp([PATH, `${PATH}2`]);
    expect(traces.update(500, 300)).toBe(2);
    expect(traces.update(500, 300)).toBe(0);
    model.setZoom({ x: [1, 2] });
    expect(traces.update(500, 300)).toBe(2);
  });

  it('asks once, however often it is updated', () => {
    const { source, traces } = setUp();
    traces.update(500, 300);
    traces.update(505, 300);
    expect(source.requests).toHaveLength(1);
  });

  it('asks for the visible range with a margin after a zoom', () => {
    const { model, source, traces } = setUp();
    model.setZoom({ x: [10, 20] });
    traces.update(100, 300);
    expect(source.requests[0]).toMatchObject({
      range: [5, 25],
      sight: [10, 20],
      columns: 128
    });
  });

  it('has a place among the colours for each column that came', async () => {
    const { model, source, traces } = setUp();
    traces.update(500, 300);
    const column = { x: new Float64Array(1), y: new Float64Array(1) };
    const series = [0, 1, 2].map(index => ({
      ...column,
      column: index,
      exact: null
    }));
    source.answers[0].resolve({ ...trace(1), series });
    await settled();
    expect(model.entries[0].slots).toHaveLength(3);
    traces.update(500, 300);
    expect(source.requests).toHaveLength(1);
  });

  it('drops an answer that came too late', async () => {
    const { model, source, traces } = setUp();
    traces.update(100, 300);
    model.setZoom({ x: [10, 20] });
    traces.update(100, 300);
    source.answers[1].resolve(trace(2));
    await settled();
    source.answers[0].resolve(trace(1));
    await settled();
    expect(traces.state(PATH).trace?.length).toBe(2);
  });

  it('keeps the failure of one trace from the others', async () => {
    const other = '/results/VecRef/soma/bad';
    const { source, traces } = setUp([PATH, other]);
    traces.update(100, 300);
    source.answers[0].resolve(trace(1));
    source.answers[1].reject(
      new ReadError({ code: 'filter-missing', technical: 'blosc' })
    );
    await settled();
    expect(traces.state(PATH).trace).not.toBeNull();
    expect(traces.state(other).failure?.code).toBe('filter-missing');
    expect(traces.state(other).trace).toBeNull();
  });

  it('shows no old data after a failed read', async () => {
    const { traces } = await failedAnew(new Error('gone'));
    expect(traces.state(PATH).trace).toBeNull();
  });

  it('drops answers of the file before, and keeps what is drawn until the new ones', async () => {
    const { source, traces } = await readAnew();
    traces.invalidate();
    source.answers[1].reject(new Error('the file was opened anew'));
    await settled();
    expect(traces.state(PATH).trace?.length).toBe(1);
    expect(traces.state(PATH).failure).toBeNull();
    traces.update(100, 300);
    source.answers[2].resolve(trace(3));
    await settled();
    expect(traces.state(PATH).trace?.length).toBe(3);
  });

  it('does not read hidden traces again', async () => {
    const { model, source, traces } = setUp();
    traces.update(100, 300);
    source.answers[0].resolve(trace(1));
    await settled();
    model.toggleVisible(PATH);
    model.setZoom({ x: [0, 1] });
    traces.update(100, 300);
    expect(source.requests).toHaveLength(1);
  });

  describe('of a file that is read anew', () => {
    const OTHER = '/results/VecRef/dend/v';

    /** Two traces that were read, and are asked for anew. */
    async function twoAnew() {
      const { model, source, traces } = setUp([PATH, OTHER]);
      traces.update(100, 300);
      source.answers[0].resolve(trace(1));
      source.answers[1].resolve(trace(1));
      await settled();
      traces.invalidate();
      traces.update(100, 300);
      const lengths = () =>
        [PATH, OTHER].map(key => traces.state(key).trace?.length ?? null);
      return { model, source, traces, lengths };
    }

    it('are replaced together, so that all are of one state', async () => {
      const { source, lengths } = await twoAnew();
      source.answers[2].resolve(trace(2));
      await settled();
      expect(lengths()).toEqual([1, 1]);
      source.answers[3].resolve(trace(2));
      await settled();
      expect(lengths()).toEqual([2, 2]);
    });

    it('are replaced where one of them cannot be read', async () => {
      const { source, traces, lengths } = await twoAnew();
      source.answers[2].resolve(trace(2));
      source.answers[3].reject(new Error('damaged'));
      await settled();
      expect(lengths()).toEqual([2, null]);
      expect(traces.state(OTHER).failure).not.toBeNull();
    });

    it('are replaced once something of a long one is there', async () => {
      const { source, traces, lengths } = await twoAnew();
      source.roughs[2]({ ...trace(10), arrived: 4 });
      expect(lengths()).toEqual([1, 1]);
      source.answers[3].resolve(trace(2));
      await settled();
      expect(lengths()).toEqual([10, 2]);
      expect(traces.state(PATH).loading).toBe(true);
    });

    it('do not wait for one that is hidden or taken out, of which nothing old comes back', async () => {
      const { model, source, traces, lengths } = await twoAnew();
      source.answers[2].resolve(trace(2));
      await settled();
      model.toggleVisible(OTHER);
      traces.update(100, 300);
      expect(lengths()).toEqual([2, null]);
      model.toggleVisible(OTHER);
      traces.update(100, 300);
      source.answers[3].resolve(trace(2));
      await settled();
      expect(lengths()).toEqual([2, 2]);
    });

    it('wait together with one that is chosen meanwhile', async () => {
      const { model, source, traces, lengths } = await twoAnew();
      const chosen = '/results/VecRef/soma/cai';
      model.setPaths([PATH, OTHER, chosen]);
      traces.update(100, 300);
      source.answers[2].resolve(trace(2));
      source.answers[4].resolve(trace(2));
      await settled();
      expect(traces.state(chosen).trace).toBeNull();
      expect(lengths()).toEqual([1, 1]);
      source.answers[3].resolve(trace(2));
      await settled();
      expect(traces.state(chosen).trace?.length).toBe(2);
      expect(lengths()).toEqual([2, 2]);
    });

    it('are asked for again where the file changes once more meanwhile', async () => {
      const { source, traces, lengths } = await twoAnew();
      source.answers[2].resolve(trace(2));
      await settled();
      traces.invalidate();
      traces.update(100, 300);
      source.answers[3].resolve(trace(2));
      source.answers[5].resolve(trace(3));
      await settled();
      expect(lengths()).toEqual([1, 1]);
      source.answers[4].resolve(trace(3));
      await settled();
      expect(lengths()).toEqual([3, 3]);
    });

    it('leave those of other files as they are', async () => {
      const { model, source, traces } = setUp();
      const runs = [1, 2].map(id => ({ id, name: `${id}`, file: `${id}` }));
      model.setRuns([{ id: 0, name: '', file: '' }, ...runs]);
      traces.update(100, 300);
      source.answers.forEach(answer => answer.resolve(trace(1)));
      await settled();
      traces.invalidate(1);
      traces.update(100, 300);
      expect(source.requests).toHaveLength(4);
      model.setZoom({ x: [1, 2] });
      traces.update(100, 300);
      const lengths = () =>
        model.entries.map(({ key }) => traces.state(key).trace?.length);
      source.answers[4].resolve(trace(2));
      await settled();
      expect(lengths()).toEqual([2, 1, 1]);
      source.answers[5].resolve(trace(3));
      await settled();
      expect(lengths()).toEqual([2, 3, 1]);
    });
  });

  describe('stopped', () => {
    const STOPPED = new ReadError({ code: 'cancelled', technical: 'stopped' });

    it('keeps the part that is drawn', async () => {
      const { source, traces } = setUp();
      traces.update(100, 300);
      source.roughs[0]({ ...trace(10), arrived: 4 });
      source.answers[0].reject(STOPPED);
      await settled();
      const state = traces.state(PATH);
      expect(state.trace?.arrived).toBe(4);
      expect(state.failure?.code).toBe('cancelled');
      expect(state.loading).toBe(false);
    });

    it('draws nothing of the file before', async () => {
      const { traces } = await failedAnew(STOPPED);
      expect(traces.state(PATH).trace).toBeNull();
      expect(traces.state(PATH).failure?.code).toBe('cancelled');
    });

    it('reads nothing of its own accord, and again when it is retried', async () => {
      const { source, traces } = setUp([PATH, '/results/VecRef/soma/bad']);
      traces.update(100, 300);
      source.roughs[0]({ ...trace(10), arrived: 4 });
      source.answers[0].reject(STOPPED);
      source.answers[1].reject(new Error('damaged'));
      await settled();
      traces.update(100, 300);
      expect(source.requests).toHaveLength(2);
      traces.retryStopped();
      traces.update(100, 300);
      expect(source.requests.map(({ path }) => path)).toEqual([
        PATH,
        '/results/VecRef/soma/bad',
        PATH
      ]);
      const state = traces.state(PATH);
      expect(state.trace?.arrived).toBe(4);
      expect(state.failure).toBeNull();
      expect(state.loading).toBe(true);
    });

    it('is told no more of a hidden trace that is to be read again', async () => {
      const { model, source, traces } = setUp();
      traces.update(100, 300);
      source.answers[0].reject(STOPPED);
      await settled();
      model.toggleVisible(PATH);
      traces.retryStopped();
      traces.update(100, 300);
      expect(traces.state(PATH).failure).toBeNull();
      const asked = source.requests.length;
      model.toggleVisible(PATH);
      traces.update(100, 300);
      expect(source.requests).toHaveLength(asked + 1);
    });

    it('is forgotten when another range is asked for', async () => {
      const { model, source, traces } = setUp();
      traces.update(100, 300);
      source.answers[0].reject(STOPPED);
      await settled();
      model.setZoom({ x: [10, 20] });
      traces.update(100, 300);
      expect(traces.state(PATH).failure).toBeNull();
    });
  });

  describe('#dispose()', () => {
    it('lets answers under way pass without a word', async () => {
      const { source, traces } = setUp();
      const changed = jest.fn();
      traces.changed.connect(changed);
      traces.update(100, 300);
      traces.dispose();
      source.answers[0].resolve(trace(1));
      await settled();
      expect(changed).not.toHaveBeenCalled();
    });
  });
});
