import { ready } from 'h5wasm';
import { ResultSource } from '../client';
import { Dispatcher } from '../dispatch';
import type { IWorkerLike } from '../spawn';
import { FakeServer } from './server';

/** A worker's work done in the test's own process, reading from a server. */
class WorkerHere implements IWorkerLike {
  constructor(server: FakeServer) {
    this._dispatcher = new Dispatcher(ready, server.network, message =>
      this.onmessage?.({ data: message })
    );
  }

  onmessage: IWorkerLike['onmessage'] = null;
  onerror: IWorkerLike['onerror'] = null;
  onmessageerror: IWorkerLike['onmessageerror'] = null;
  terminated = false;

  postMessage(message: Parameters<IWorkerLike['postMessage']>[0]): void {
    void this._dispatcher.handle(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  private readonly _dispatcher: Dispatcher;
}

/** A file on a server, read by the product's own reader. */
export class ServedFile {
  constructor(data: Uint8Array) {
    this.server = new FakeServer(data);
  }

  /** Where its bytes come from. */
  readonly server: FakeServer;

  /** The workers that were started for it. */
  readonly workers: { readonly terminated: boolean }[] = [];

  /** A reader of it. */
  source(): ResultSource {
    const location = {
      kind: 'url',
      url: 'http://host/f',
      headers: {}
    } as const;
    return new ResultSource({
      location: () => Promise.resolve(location),
      spawn: () => {
        const worker = new WorkerHere(this.server);
        this.workers.push(worker);
        return worker;
      }
    });
  }
}
