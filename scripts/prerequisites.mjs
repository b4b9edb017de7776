import { spawnSync } from 'node:child_process';

import { Failure } from './failure.mjs';

const NODE = 20;
const PYTHON = [3, 10];

/** Says in a sentence when this Node is too old. */
export function checkNode() {
  if (Number(process.versions.node.split('.')[0]) < NODE) {
    throw new Failure(
      `Node.js ${NODE} or newer is needed, and this is ${process.versions.node}: install a newer one from https://nodejs.org or your system's packages.`
    );
  }
}

const PROBE = `
import sys
try:
    import venv, ensurepip
    made = "venv"
except ImportError:
    made = "bare"
print(*sys.version_info[:2], made)
`;

function probe([command, ...args]) {
  const result = spawnSync(command, [...args, '-c', PROBE], {
    encoding: 'utf8'
  });
  const [major, minor, made] = (result.stdout ?? '').trim().split(/\s+/);
  if (result.status !== 0 || !minor) {
    return null;
  }
  const version = [Number(major), Number(minor)];
  const old =
    version[0] < PYTHON[0] ||
    (version[0] === PYTHON[0] && version[1] < PYTHON[1]);
  return {
    command: [command, ...args],
    version: version.join('.'),
    old,
    venv: made === 'venv'
  };
}

/**
 * The command, as a list, of a Python that is new enough and can make an
 * environment; says in a sentence what is missing otherwise.
 */
export function findPython() {
  const found = [['python3'], ['python'], ['py', '-3']]
    .concat([14, 13, 12, 11, 10].map(minor => [`python3.${minor}`]))
    .map(probe)
    .filter(Boolean);
  const good = found.find(python => !python.old && python.venv);
  if (good) {
    return good.command;
  }
  const needed = PYTHON.join('.');
  const bare = found.find(python => !python.old);
  if (bare) {
    throw new Failure(
      `Python ${bare.version} is here, but without its venv module: install it (on Debian and Ubuntu: apt install python3-venv).`
    );
  }
  throw new Failure(
    found.length > 0
      ? `Python ${needed} or newer is needed, and this is ${found[0].version}: install a newer one from https://www.python.org or your system's packages.`
      : `Python ${needed} or newer is needed and was not found: install it from https://www.python.org or your system's packages.`
  );
}
