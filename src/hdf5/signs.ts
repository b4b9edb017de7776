import type { IBeat } from './protocol';
import type { IActivity } from './source';

/** Milliseconds between signs of life in a long computation. */
const BEAT = 100;

/** The worker's signs of life: what it is busy with, and whether it waits for the network. */
export class SignsOfLife {
  /** Tell by a way to send messages. */
  constructor(private readonly _post: (beat: IBeat) => void) {}

  /** Begin with something. */
  begin(what: 'opening' | 'reading'): void {
    this._activity = { what, done: 0, total: null };
    this.beat(false, true);
  }

  /** Tell of life; where nothing else is new than that time passed, now and then unless it is to be told always. */
  beat(network: boolean, always = false): void {
    const now = performance.now();
    // A page that waits for the network has more patience.
    const isOther = network && !this._waits;
    if (always || isOther || now - this._told >= BEAT) {
      this._told = now;
      this._waits = network;
      this._post({ kind: 'beat', network, activity: this._activity });
    }
  }

  /** Count bytes that came; the next beat tells of them. */
  count(bytes: number): void {
    const done = this._activity.done + bytes;
    this._activity = { ...this._activity, done };
  }

  /** Tell how much of long arrays has come. */
  streamed(done: number, total: number): void {
    this._activity = { what: 'reading', done, total };
    this.beat(done < total, done === total);
  }

  /** Tell how much of a whole file has come. */
  downloaded(done: number, total: number | null): void {
    const isFirst = this._activity.what !== 'downloading';
    this._activity = { what: 'downloading', done, total };
    this.beat(true, isFirst);
  }

  private _activity: IActivity = { what: 'opening', done: 0, total: null };
  private _told = 0;
  private _waits = false;
}
