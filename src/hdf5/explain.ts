import { failureOf, ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { childPath, nodeName, parentPath } from '../refs/layout';
import type { Engine } from './engine';
import { missing } from './errors';
import { LIMITS } from './limits';

/** Throws why a path leads to nothing that HDF5 opens, where that can be told: step by step, links looked at but not followed by HDF5. */
export function assertLeads(engine: Engine, path: NodePath, links = 0): void {
  if (path === '/' || path === '') {
    return;
  }
  if (links > LIMITS.links) {
    throw missing(path, 'too many links');
  }
  const parent = parentPath(path);
  assertLeads(engine, parent, links);
  const target = linkAt(engine, path, parent);
  if (target !== null) {
    const absolute = target.startsWith('/')
      ? target
      : childPath(parent, target);
    assertLeads(engine, plainPath(absolute), links + 1);
    return;
  }
  const external = engine.externalLink(path);
  if (external) {
    const technical = `${external.file} : ${external.target}`;
    throw new ReadError({ code: 'external-link', path, technical });
  }
}

/** Where a soft link leads, or why there is none to be had. */
function linkAt(
  engine: Engine,
  path: NodePath,
  parent: NodePath
): NodePath | null {
  try {
    return engine.softLink(path);
  } catch (reason) {
    const { code, technical } = failureOf(reason, 'node-missing');
    const listed = code === 'node-missing' && engine.kind(parent) === 'group';
    if (listed && engine.names(parent).includes(nodeName(path))) {
      // It is there, but under another name than its bytes were taken for.
      throw new ReadError({ code: 'node-name', path, technical });
    }
    throw reason;
  }
}

/** A path without empty and dot parts. */
export function plainPath(path: NodePath): NodePath {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}
