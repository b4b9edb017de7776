import type { FailureCode } from '../refs/failure';
import { ReadError } from '../refs/failure';
import type { NodeListing, RoughTrace } from '../refs/types';
import type {
  CallName,
  ICalls,
  IGiven,
  IWanted,
  Message,
  Request
} from './protocol';
import { REQUEST_TIMEOUT } from './protocol';
import type { IActivity } from './source';
import type { IWorkerLike } from './spawn';

/** The time, and something to happen again and again; tests give their own. */
export interface IClock {
  /** Milliseconds, from any start. */
  now(): number;
  /** Call a function every so many milliseconds; answers what ends it. */
  every(milliseconds: number, tick: () => void): () => void;
}

/** The page's own clock. */
export const browserClock: IClock = {
  now: () => performance.now(),
  every: (milliseconds, tick) => {
    const timer = setInterval(tick, milliseconds);
    return () => clearInterval(timer);
  }
};

/** What the calls of one worker need. */
export interface IWorkerCallsOptions {
  readonly worker: IWorkerLike;
  readonly clock: IClock;
  /** Called at each sign of life. */
  readonly beat: (activity: IActivity) => void;
  /** Called when the worker wants a linked file; never rejects. */
  readonly wanted: (wanted: IWanted) => Promise<IGiven>;
  /** Called when more is known of a list than was answered before. */
  readonly relisted: (listing: NodeListing) => void;
  /** Called when the worker can go on no more. */
  readonly ended: (failure: ReadError) => void;
}

/** What a worker does not get over: it has no HDF5, or that cannot go on. */
const ENDING: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'reader-missing',
  'reader-stopped'
]);

/** Milliseconds of silence after which a worker counts as hung. */
const SILENCE = 10_000;
/** The same while it waits for the server, which has a limit of its own. */
const NETWORK_SILENCE = REQUEST_TIMEOUT + 5_000;
/** The same until its first word, since its code may be on the way for long. */
const FIRST_SILENCE = 60_000;
/** Milliseconds between looks at the clock; a look that is late by more means that the page slept too. */
const LOOK = 1_000;
const SLEPT = 5 * LOOK;

interface IPending {
  readonly rough: RoughTrace | undefined;
  resolve(value: ICalls[CallName]['value']): void;
  reject(reason: ReadError): void;
}

/** The calls of one worker: each is answered, or rejected when the worker ends. */
export class WorkerCalls {
  /** Listen to a worker. */
  constructor(private readonly _options: IWorkerCallsOptions) {
    const { worker } = _options;
    worker.onmessage = ({ data }) => this._receive(data);
    worker.onerror = event => this._fail(event.message ?? 'unknown error');
    worker.onmessageerror = () => this._fail('a message could not be read');
  }

  /** How many calls wait. */
  get pending(): number {
    return this._pending.size;
  }

  /** Make a call. */
  call<K extends CallName>(
    call: K,
    argument: ICalls[K]['argument'],
    transfer: ArrayBuffer[],
    rough?: RoughTrace
  ): Promise<ICalls[K]['value']> {
    return new Promise((resolve, reject) => {
      const id = ++this._id;
      if (this._pending.size === 0) {
        this._heard = this._options.clock.now();
        this._watch();
      }
      this._pending.set(id, {
        rough,
        // The worker answers a call with the value of that call.
        resolve: value => resolve(value),
        reject
      });
      this._options.worker.postMessage(
        { id, call, argument } as Request,
        transfer
      );
    });
  }

  /** End the worker, and reject what waits. */
  end(reason: ReadError): void {
    const { worker } = this._options;
    this._hasEnded = true;
    worker.onmessage = null;
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
    this._unwatch?.();
    this._unwatch = null;
    const waiting = [...this._pending.values()];
    this._pending.clear();
    waiting.forEach(pending => pending.reject(reason));
  }

  private _receive(message: Message): void {
    this._heard = this._options.clock.now();
    this._spoke = true;
    switch (message.kind) {
      case 'beat':
        this._network = message.network;
        if (this._pending.size > 0) {
          this._options.beat(message.activity);
        }
        return;
      case 'rough':
        this._pending.get(message.id)?.rough?.(message.trace);
        return;
      case 'wanted':
        void this._give(message);
        return;
      case 'relisted':
        this._options.relisted(message.listing);
        return;
      case 'spent':
        this._spent = true;
        break;
      case 'value':
        this._take(message.id)?.resolve(message.value);
        break;
      case 'failure': {
        const reason = new ReadError(message.failure);
        this._take(message.id)?.reject(reason);
        if (ENDING.has(message.failure.code)) {
          this._options.ended(reason);
          return;
        }
        break;
      }
    }
    if (this._spent && this._pending.size === 0) {
      this._end('reader-stopped', 'its memory was spent');
    }
  }

  /** Answer the worker, which is not silent of its own accord meanwhile. */
  private async _give(wanted: IWanted): Promise<void> {
    this._giving += 1;
    const given = await this._options.wanted(wanted);
    this._giving -= 1;
    if (this._hasEnded) {
      return;
    }
    this._heard = this._options.clock.now();
    const { source } = given;
    const transfer = source?.kind === 'bytes' ? [source.buffer] : [];
    this._options.worker.postMessage(given, transfer);
  }

  private _take(id: number): IPending | undefined {
    const pending = this._pending.get(id);
    this._pending.delete(id);
    this._network = false;
    if (this._pending.size === 0) {
      this._unwatch?.();
      this._unwatch = null;
    }
    return pending;
  }

  private _fail(technical: string): void {
    this._end(this._spoke ? 'reader-stopped' : 'reader-missing', technical);
  }

  private _end(code: FailureCode, technical: string): void {
    this._options.ended(new ReadError({ code, technical }));
  }

  private _watch(): void {
    const { clock } = this._options;
    let looked = clock.now();
    this._unwatch = clock.every(LOOK, () => {
      const now = clock.now();
      if (now - looked > SLEPT || this._giving > 0) {
        this._heard = now;
      }
      looked = now;
      const patience = !this._spoke
        ? FIRST_SILENCE
        : this._network
          ? NETWORK_SILENCE
          : SILENCE;
      if (now - this._heard > patience) {
        const code = this._spoke ? 'reader-hung' : 'reader-missing';
        this._end(code, `silent for ${Math.round(now - this._heard)} ms`);
      }
    });
  }

  private readonly _pending = new Map<number, IPending>();
  private _giving = 0;
  private _hasEnded = false;
  private _heard = 0;
  private _id = 0;
  private _network = false;
  private _spent = false;
  private _spoke = false;
  private _unwatch: (() => void) | null = null;
}
