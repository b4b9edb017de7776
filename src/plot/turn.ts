/** Lets the page do what waits, an event or a frame, before the work goes on; sooner than a timeout of 0, of which browsers make 4 ms. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    if (typeof MessageChannel === 'undefined') {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
