import { ready } from 'h5wasm';
import { Dispatcher } from './dispatch';
import type { PageMessage } from './protocol';
import { browserNetwork } from './remote';

// Failures are told by their messages. Most of them only say that an attribute
// is not there, and to note where each arose takes longer than to look for it.
Error.stackTraceLimit = 0;

const dispatcher = new Dispatcher(ready, browserNetwork, (message, transfer) =>
  self.postMessage(message, { transfer })
);

self.onmessage = (event: MessageEvent<PageMessage>) => {
  void dispatcher.handle(event.data);
};
