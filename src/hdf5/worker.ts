import { ready } from 'h5wasm';
import { Dispatcher } from './dispatch';
import type { PageMessage } from './protocol';
import { browserNetwork } from './remote';

const dispatcher = new Dispatcher(ready, browserNetwork, (message, transfer) =>
  self.postMessage(message, { transfer })
);

self.onmessage = (event: MessageEvent<PageMessage>) => {
  void dispatcher.handle(event.data);
};
