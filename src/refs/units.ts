import type { NodePath } from './layout';
import {
  groupXPath,
  nodeName,
  refNames,
  SYNVECREF_GROUP,
  VECREF_GROUP
} from './layout';
import type { INodeFacts, ITrace } from './types';

/** A unit, and whether it is a guess from the variable's name. */
export interface IUnit {
  readonly symbol: string;
  readonly assumed: boolean;
}

/** What an x axis is named, and its unit. */
export interface IXTitle {
  readonly name: string;
  readonly unit: IUnit | null;
}

/** The words that stand on axes, in the user's language. */
export interface ITexts {
  readonly sampleIndex: string;
  readonly xOf: (group: string) => string;
  /** What the x of several groups are called together. */
  readonly xOfGroups: string;
  readonly assumed: string;
}

/** The name of NEURON's time. */
const TIME = 't';

const MILLISECONDS = 'ms';

/** NEURON's units by the exact name of a range variable, as its `h.units` answers. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['v', 'mV'],
  [TIME, MILLISECONDS],
  ['dt', MILLISECONDS],
  ['i_membrane', 'mA/cm2'],
  ['i_membrane_', 'nA'],
  ['i_cap', 'mA/cm2'],
  ['i_pas', 'mA/cm2'],
  ['g_pas', 'S/cm2'],
  ['e_pas', 'mV'],
  ['gnabar_hh', 'S/cm2'],
  ['gkbar_hh', 'S/cm2'],
  ['gna_hh', 'S/cm2'],
  ['gk_hh', 'S/cm2'],
  ['gl_hh', 'S/cm2'],
  ['el_hh', 'mV'],
  ['il_hh', 'mA/cm2'],
  ['diam', 'um'],
  ['L', 'um'],
  ['Ra', 'ohm-cm'],
  ['cm', 'uF/cm2']
]);

/** Point processes, recorded in the synaptic group, have other units for the same names. */
const POINT_PROCESS_UNITS: ReadonlyMap<string, string> = new Map([
  ['i', 'nA'],
  ['g', 'uS'],
  ['gmax', 'uS'],
  ['e', 'mV'],
  ['v', 'mV']
]);

const CURRENT_OF_ION = /^i(na|k|ca|cl|h)$/;
const POTENTIAL_OF_ION = /^e(na|k|ca|cl|h)$/;
const CONCENTRATION_OF_ION = /^(na|k|ca|cl|h)[io]$/;

/** The unit of a variable: the file's, else NEURON's for its name, else none. */
export function variableUnit(path: NodePath, facts: INodeFacts): IUnit | null {
  if (facts.units) {
    return { symbol: facts.units, assumed: false };
  }
  const { group, variable } = refNames(path);
  const symbol =
    group === SYNVECREF_GROUP
      ? POINT_PROCESS_UNITS.get(variable)
      : group === VECREF_GROUP
        ? neuronUnit(variable)
        : undefined;
  return symbol ? { symbol, assumed: true } : null;
}

/** What stands on the x axis for a trace. */
export function xTitle(trace: ITrace, texts: ITexts): IXTitle {
  const { pairing, xFacts } = trace;
  if (pairing.kind === 'index') {
    return { name: texts.sampleIndex, unit: null };
  }
  const unit = xFacts?.units ? { symbol: xFacts.units, assumed: false } : null;
  const { group } = refNames(trace.path);
  if (pairing.path !== groupXPath(trace.path)) {
    return { name: nodeName(pairing.path), unit };
  }
  if (group === VECREF_GROUP || group === SYNVECREF_GROUP) {
    return {
      name: TIME,
      unit: unit ?? { symbol: MILLISECONDS, assumed: true }
    };
  }
  return { name: xFacts?.detail || texts.xOf(group), unit };
}

/** A unit as it stands behind a name: `mV`, or `mV, assumed`. */
export function unitText(unit: IUnit, texts: ITexts): string {
  return unit.assumed ? `${unit.symbol}, ${texts.assumed}` : unit.symbol;
}

function neuronUnit(variable: string): string | undefined {
  const known = UNITS.get(variable);
  if (known) {
    return known;
  }
  if (CURRENT_OF_ION.test(variable)) {
    return 'mA/cm2';
  }
  if (POTENTIAL_OF_ION.test(variable)) {
    return 'mV';
  }
  return CONCENTRATION_OF_ION.test(variable) ? 'mM' : undefined;
}
