import { File, ready } from 'h5wasm';
import { Dispatcher } from './dispatch';
import type { PageMessage } from './protocol';
import { rehearse } from './rehearsal';
import { browserNetwork } from './remote';

// Failures are told by their messages. Most of them only say that an attribute
// is not there, and to note where each arose takes longer than to look for it.
Error.stackTraceLimit = 0;

const dispatcher = new Dispatcher(ready, browserNetwork, (message, transfer) =>
  self.postMessage(message, { transfer })
);
let isAsked = false;

self.onmessage = (event: MessageEvent<PageMessage>) => {
  isAsked = true;
  void dispatcher.handle(event.data);
};

void ready.then(
  hdf5 => {
    if (!isAsked) {
      rehearse(hdf5, File);
    }
  },
  // Told to the first that asks.
  () => undefined
);
