import type { Message, PageMessage } from './protocol';

/** A worker as far as the page uses it; tests give others. */
export interface IWorkerLike {
  onmessage: ((event: { readonly data: Message }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  onmessageerror: (() => void) | null;
  postMessage(message: PageMessage, transfer: ArrayBuffer[]): void;
  terminate(): void;
}

/** Start the worker that reads a file. */
export function spawnWorker(): IWorkerLike {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    type: 'module'
  });
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
