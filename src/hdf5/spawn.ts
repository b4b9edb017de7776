import type { IRehearse, Message, PageMessage } from './protocol';

/** A worker as far as the page uses it; tests give others. */
export interface IWorkerLike {
  onmessage: ((event: { readonly data: Message }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  onmessageerror: (() => void) | null;
  postMessage(message: PageMessage, transfer: ArrayBuffer[]): void;
  terminate(): void;
}

/** A worker that has its code already, for the next file; there is at most one. */
let spare: Worker | null = null;

/** The worker that was told to rehearse last. */
let rehearsed: Worker | null = null;

function start(): Worker {
  return new Worker(
    /* webpackChunkName: "neuronvisio-worker" */
    new URL('./worker.js', import.meta.url),
    { type: 'module' }
  );
}

/** Have a worker ready for a file that comes in a moment. */
export function prepareWorker(): void {
  if (!spare) {
    spare = start();
    spare.onerror = event => {
      event.preventDefault();
      // One that is started when it is needed says what is wrong.
      spare = null;
    };
  }
}

/** The same for a file that comes some time, so that it has time to rehearse. */
export function prepareWorkerWell(): void {
  prepareWorker();
  if (spare !== rehearsed) {
    rehearsed = spare;
    const message: IRehearse = { kind: 'rehearse' };
    spare?.postMessage(message);
  }
}

/** The worker that reads a file: the one that is ready, or a new one. */
export function spawnWorker(): IWorkerLike {
  const worker = spare ?? start();
  spare = null;
  const like: IWorkerLike = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (message, transfer) => worker.postMessage(message, transfer),
    terminate: () => worker.terminate()
  };
  worker.onmessage = (event: MessageEvent<Message>) => like.onmessage?.(event);
  worker.onerror = event => {
    event.preventDefault();
    like.onerror?.(event);
  };
  worker.onmessageerror = () => like.onmessageerror?.();
  return like;
}
