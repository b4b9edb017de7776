import { columnLabel, traceLabels, withRun } from '../label';

const V = '/results/VecRef/soma/v';

describe('#traceLabels()', () => {
  it('should name a variable by its section', () => {
    expect(traceLabels([V, '/results/VecRef/dend_10/cai'])).toEqual([
      'soma · v',
      'dend_10 · cai'
    ]);
  });

  it('should put the group in front where variables of one name are of several', () => {
    expect(
      traceLabels(['/results/run_1/soma/v', '/results/run_2/dend/v'])
    ).toEqual(['run_1 · soma · v', 'run_2 · dend · v']);
    expect(
      traceLabels([V, '/results/VecRef/dend/v', '/results/Other/soma/cai'])
    ).toEqual(['soma · v', 'dend · v', 'soma · cai']);
  });

  it('should tell three groups apart, and a variable that has no section', () => {
    expect(
      traceLabels(['/results/a/s/v', '/results/b/s/v', '/results/s/v'])
    ).toEqual(['a · s · v', 'b · s · v', 's · v']);
  });

  it('should keep deeper names together as the section', () => {
    expect(
      traceLabels(['/results/g/soma/inner/v', '/results/g/dend/inner/v'])
    ).toEqual(['soma/inner · v', 'dend/inner · v']);
  });

  it('should name the variables of other files by the end of their path', () => {
    expect(traceLabels(['/y', '/run/y', '/run/a/y'])).toEqual([
      'y',
      'run · y',
      'a · y'
    ]);
    expect(traceLabels(['/2024/lab/run_1/cell/soma/v'])).toEqual(['soma · v']);
  });

  it('should go up the path of other files no further than it must', () => {
    expect(
      traceLabels(['/lab/run_1/soma/v', '/lab/run_2/soma/v', '/lab/run_2/cai'])
    ).toEqual(['run_1 · soma · v', 'run_2 · soma · v', 'run_2 · cai']);
  });

  it('should name a dataset that stands where groups do', () => {
    expect(traceLabels(['/results/count'])).toEqual(['count']);
  });

  it('should show odd names as they are', () => {
    const path = '/results/VecRef/<b> · $x$/%{y} ünï';
    expect(traceLabels([path])).toEqual(['<b> · $x$ · %{y} ünï']);
  });

  it('should take the same variable twice for one', () => {
    expect(traceLabels([V, V])).toEqual(['soma · v', 'soma · v']);
  });

  it('should never name two variables alike', () => {
    const paths = [
      '/results/geometry/geom',
      '/geometry/geom',
      '/results/count',
      '/count',
      '/results/a/b/v',
      '/results/c/b/v',
      '/results/d/a · b/v'
    ];
    expect(new Set(traceLabels(paths)).size).toBe(paths.length);
  });

  it('should name hundreds of variables by looking at each once', () => {
    const paths = Array.from(
      { length: 500 },
      (_, index) => `/results/${index % 2 ? 'A' : 'B'}/dend_${index >> 1}/v`
    );
    // Two passes over the paths, not one over all of them for each.
    const spy = jest.spyOn(Array.prototype, 'join');
    const labels = traceLabels(paths);
    const joins = spy.mock.calls.length;
    spy.mockRestore();
    expect(new Set(labels).size).toBe(500);
    expect(labels[0]).toBe('B · dend_0 · v');
    expect(joins).toBeLessThan(4 * paths.length);
  });

  it('should have no labels for no variables', () => {
    expect(traceLabels([])).toEqual([]);
  });
});

describe('#columnLabel()', () => {
  it('should tell the columns of a variable, counted from 0', () => {
    expect(columnLabel('soma · v', 0)).toBe('soma · v [0]');
    expect(columnLabel('soma · v', 12)).toBe('soma · v [12]');
  });

  it('should leave the label of a variable of one line as it is', () => {
    expect(columnLabel('soma · v', null)).toBe('soma · v');
  });
});

describe('#withRun()', () => {
  it('should name the run where there are several', () => {
    expect(withRun('soma · v', 'Sim_0/run')).toBe('soma · v · Sim_0/run');
    expect(withRun('soma · v', null)).toBe('soma · v');
  });
});
