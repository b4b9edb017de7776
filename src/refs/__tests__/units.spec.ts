import type { INodeFacts, ITrace, Pairing } from '../types';
import type { ITexts } from '../units';
import { unitText, variableUnit, xTitle } from '../units';

const TEXTS: ITexts = {
  sampleIndex: 'sample index',
  xOf: group => `x of ${group}`,
  xOfGroups: 'x of each group',
  assumed: 'assumed'
};

function facts(more: Partial<INodeFacts> = {}): INodeFacts {
  return {
    path: '/',
    kind: 'dataset',
    shape: [2],
    dtype: 'float64',
    valueClass: 'float',
    detail: '',
    units: null,
    ...more
  };
}

function symbol(path: string): string | null {
  return variableUnit(path, facts())?.symbol ?? null;
}

function trace(
  path: string,
  pairing: Pairing,
  xFacts: INodeFacts | null
): ITrace {
  return {
    path,
    facts: facts({ path }),
    xFacts,
    pairing,
    series: [],
    columnsTotal: 1,
    length: 2,
    extent: null,
    withoutX: 0,
    reduced: false
  };
}

describe('#variableUnit()', () => {
  it("should take the file's unit before any guess, unmarked", () => {
    expect(
      variableUnit('/results/VecRef/soma/v', facts({ units: 'V' }))
    ).toEqual({ symbol: 'V', assumed: false });
    expect(
      variableUnit('/results/VecRef/soma/m_hh', facts({ units: '1' }))
    ).toEqual({ symbol: '1', assumed: false });
    expect(variableUnit('/run/y', facts({ units: 'Hz' }))?.symbol).toBe('Hz');
  });

  it("should mark what it guesses by NEURON's names", () => {
    expect(variableUnit('/results/VecRef/soma/v', facts())).toEqual({
      symbol: 'mV',
      assumed: true
    });
  });

  it.each([
    ['cai', 'mM'],
    ['nao', 'mM'],
    ['ena', 'mV'],
    ['ik', 'mA/cm2'],
    ['ina', 'mA/cm2'],
    ['gna_hh', 'S/cm2'],
    ['gnabar_hh', 'S/cm2'],
    ['e_pas', 'mV'],
    ['i_cap', 'mA/cm2'],
    ['i_membrane', 'mA/cm2'],
    ['i_membrane_', 'nA'],
    ['diam', 'um']
  ])('should know %s of a section as %s', (name, unit) => {
    expect(symbol(`/results/VecRef/soma/${name}`)).toBe(unit);
  });

  it('should know the units of point processes among the synapses', () => {
    expect(symbol('/results/SynVecRef/soma/g')).toBe('uS');
    expect(symbol('/results/SynVecRef/soma/i')).toBe('nA');
    expect(symbol('/results/SynVecRef/soma/gmax')).toBe('uS');
    expect(symbol('/results/SynVecRef/soma/e')).toBe('mV');
  });

  it('should not give a section the units of a point process', () => {
    expect(symbol('/results/VecRef/soma/g')).toBeNull();
    expect(symbol('/results/VecRef/soma/i')).toBeNull();
  });

  it.each(['m_hh', 'h_hh', 'n_hh', 'V', 'v_other', 'vext', 'icax', 'xcai'])(
    'should guess nothing for %s',
    name => {
      expect(symbol(`/results/VecRef/soma/${name}`)).toBeNull();
    }
  );

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'should guess nothing for a variable called %s',
    name => {
      expect(symbol(`/results/VecRef/soma/${name}`)).toBeNull();
      expect(symbol(`/results/SynVecRef/soma/${name}`)).toBeNull();
    }
  );

  it('should guess nothing in the groups of users and in other files', () => {
    expect(symbol('/results/Mine/soma/v')).toBeNull();
    expect(symbol('/results/constructor/soma/v')).toBeNull();
    expect(symbol('/soma/v')).toBeNull();
    expect(symbol('/VecRef/soma/v')).toBeNull();
  });
});

describe('#xTitle()', () => {
  it.each(['VecRef', 'SynVecRef'])(
    'should take the x of %s for time in assumed milliseconds',
    group => {
      const x = `/results/${group}/x`;
      expect(
        xTitle(
          trace(
            `/results/${group}/soma/v`,
            { kind: 'x', path: x },
            facts({ path: x })
          ),
          TEXTS
        )
      ).toEqual({ name: 't', unit: { symbol: 'ms', assumed: true } });
    }
  );

  it("should take the file's unit of time, unmarked", () => {
    const x = '/results/VecRef/x';
    expect(
      xTitle(
        trace(
          '/results/VecRef/soma/v',
          { kind: 'x', path: x },
          facts({ units: 's' })
        ),
        TEXTS
      ).unit
    ).toEqual({ symbol: 's', assumed: false });
  });

  it("should name the x of a user's group by its detail, else by the group", () => {
    const path = '/results/Mine/soma/v';
    const pairing = { kind: 'x', path: '/results/Mine/x' } as const;
    expect(
      xTitle(trace(path, pairing, facts({ detail: 'distance' })), TEXTS)
    ).toEqual({ name: 'distance', unit: null });
    expect(xTitle(trace(path, pairing, facts()), TEXTS)).toEqual({
      name: 'x of Mine',
      unit: null
    });
    expect(
      xTitle(trace(path, pairing, facts({ units: 'um' })), TEXTS).unit
    ).toEqual({ symbol: 'um', assumed: false });
  });

  it('should call an x that was chosen by its own name', () => {
    const chosen = '/results/VecRef/dend/cai';
    expect(
      xTitle(
        trace(
          '/results/VecRef/soma/v',
          { kind: 'x', path: chosen },
          facts({ path: chosen, units: 'mM' })
        ),
        TEXTS
      )
    ).toEqual({ name: 'cai', unit: { symbol: 'mM', assumed: false } });
  });

  it('should say that it counts samples, without a unit', () => {
    expect(
      xTitle(
        trace(
          '/results/VecRef/soma/v',
          { kind: 'index', reason: 'no-x', yLength: 2 },
          null
        ),
        TEXTS
      )
    ).toEqual({ name: 'sample index', unit: null });
  });
});

describe('#unitText()', () => {
  it('should mark a guess, and a guess alone', () => {
    expect(unitText({ symbol: 'mV', assumed: true }, TEXTS)).toBe(
      'mV, assumed'
    );
    expect(unitText({ symbol: 'mV', assumed: false }, TEXTS)).toBe('mV');
  });
});
