import { File, ready } from 'h5wasm';
import { Dispatcher } from './dispatch';
import type { IRehearse, PageMessage } from './protocol';
import { rehearse } from './rehearsal';
import { browserNetwork } from './remote';

// Failures are told by their messages. Most of them only say that an attribute
// is not there, and to note where each arose takes longer than to look for it.
Error.stackTraceLimit = 0;

const dispatcher = new Dispatcher(ready, browserNetwork, (message, transfer) =>
  self.postMessage(message, { transfer })
);

self.onmessage = ({ data }: MessageEvent<PageMessage | IRehearse>) => {
  if ('kind' in data && data.kind === 'rehearse') {
    // That HDF5 could not be loaded is told to the first that asks.
    ready.then(hdf5 => rehearse(hdf5, File)).catch(() => undefined);
  } else {
    void dispatcher.handle(data);
  }
};
