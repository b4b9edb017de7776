import type { Metadata } from 'h5wasm';
import type { IFailure } from '../refs/failure';
import { ReadError } from '../refs/failure';
import type { NodePath } from '../refs/layout';
import { DETAIL_ATTRIBUTE, UNITS_ATTRIBUTE } from '../refs/layout';
import type { INodeFacts } from '../refs/types';
import type { Engine } from './engine';
import { nodeFailure } from './errors';
import { valueType } from './facts';
import type { IHeaderFacts, IValueFacts } from './headerfacts';
import { Newest } from './newest';
import { attributeText } from './preview';

/** What is known of a node whose values are to be read. */
export interface IReadNode {
  readonly facts: INodeFacts;
  /** What HDF5 tells of it; null for what is no dataset. */
  readonly metadata: Metadata | null;
}

/** What is known of the nodes of an open file: from their headers where these are plain, else from HDF5. */
export class NodeFacts {
  /** Look at the nodes of a file. */
  constructor(private readonly _engine: Engine) {}

  /** The facts of a node. */
  facts(path: NodePath): INodeFacts {
    return this._newest.of(path, () => this._facts(path));
  }

  /** The facts of a node by what HDF5 tells, which reads its values. */
  read(path: NodePath): IReadNode {
    const facts = this.facts(path);
    if (facts.kind !== 'dataset') {
      return { facts, metadata: null };
    }
    const metadata = this.dataset(path);
    return { facts: { ...facts, ...factsOf(metadata) }, metadata };
  }

  /** The description of a dataset whose values are all in this file. */
  dataset(path: NodePath): Metadata {
    const metadata = this._engine.dataset(path);
    for (const source of metadata.virtual_sources ?? []) {
      if (source.file_name !== '.') {
        throw outside(path, `${source.file_name} : ${source.dset_name}`);
      }
      this._assertOwn(source.dset_name, path);
    }
    return metadata;
  }

  private _facts(path: NodePath): INodeFacts {
    const header = this._engine.headers.facts(path);
    const kind = header?.kind ?? this._engine.kind(path);
    const asked = () =>
      kind === 'dataset' ? factsOf(this.dataset(path)) : NO_VALUES;
    return {
      path,
      kind,
      ...(header?.numbers ?? asked()),
      detail: this._text(path, DETAIL_ATTRIBUTE, header) ?? '',
      units: this._text(path, UNITS_ATTRIBUTE, header) || null
    };
  }

  /** An attribute's text; one that cannot be read costs itself only. */
  private _text(
    path: NodePath,
    name: string,
    header: IHeaderFacts | null
  ): string | null {
    const told = header?.texts.get(name);
    if (told !== undefined) {
      return told;
    }
    try {
      return attributeText(this._engine, path, name);
    } catch (reason) {
      nodeFailure(reason);
      return null;
    }
  }

  /** What a virtual dataset takes its values from must be there, or HDF5 would fill in values of its own. */
  private _assertOwn(source: NodePath, path: NodePath): void {
    let failure: IFailure | null = null;
    try {
      if (this._engine.dataset(source).virtual_sources) {
        throw outside(path, `${source} is virtual too`);
      }
    } catch (reason) {
      failure = nodeFailure(reason);
    }
    if (failure) {
      throw new ReadError({ ...failure, path });
    }
  }

  private readonly _newest = new Newest<NodePath, INodeFacts>();
}

const NO_VALUES: IValueFacts = { shape: null, dtype: '', valueClass: 'other' };

function factsOf(metadata: Metadata): IValueFacts {
  return { shape: metadata.shape, ...valueType(metadata) };
}

function outside(path: NodePath, technical: string): ReadError {
  return new ReadError({ code: 'external-link', path, technical });
}
