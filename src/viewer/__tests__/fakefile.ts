import { nullTranslator } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import type { IActivity, IResultSource } from '../../hdf5/source';
import { traceOf } from '../../plot/__tests__/fakeplot';
import type { IFailure } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import type { NodePath } from '../../refs/layout';
import type {
  IFileSummary,
  INodePreview,
  ITrace,
  ITraceRequest
} from '../../refs/types';
import type { IFakeGroup } from './fakesource';
import { FakeSource } from './fakesource';

/** Two variables of one section. */
export const V = '/results/VecRef/soma/v';
export const CAI = '/results/VecRef/soma/cai';

/** A file that holds them. */
export const TWO: IFakeGroup = {
  results: { VecRef: { x: '', soma: { cai: '', v: '' } } }
};

/** The words of the tests. */
export const trans = nullTranslator.load('jupyterlab_neuronvisio');

/** A whole file in memory, that can wait or fail. */
export class FakeFile extends FakeSource implements IResultSource {
  /** What opening, previews and traces fail with. */
  failure: IFailure | null = null;

  /** What an opening waits for. */
  gate: Promise<void> = Promise.resolve();

  opened = 0;
  stopped = 0;
  isDisposed = false;
  readonly traced: NodePath[] = [];

  get activity(): IActivity | null {
    return this._activity;
  }

  get activityChanged(): ISignal<IResultSource, IActivity | null> {
    return this._activityChanged;
  }

  /** Be busy with something, or with nothing. */
  setActivity(activity: IActivity | null): void {
    this._activity = activity;
    this._activityChanged.emit(activity);
  }

  async open(): Promise<IFileSummary> {
    this.opened += 1;
    await this.gate;
    this._assertSound();
    return this.summary;
  }

  override async preview(path: NodePath): Promise<INodePreview> {
    this._assertSound();
    return super.preview(path);
  }

  async trace(request: ITraceRequest): Promise<ITrace> {
    this.traced.push(request.path);
    this._assertSound();
    return traceOf(request.path);
  }

  stop(): void {
    this.stopped += 1;
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }

  private _assertSound(): void {
    if (this.failure) {
      throw new ReadError(this.failure);
    }
  }

  private _activity: IActivity | null = null;
  private readonly _activityChanged = new Signal<
    IResultSource,
    IActivity | null
  >(this);
}
