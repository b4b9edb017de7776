/** Megabytes of each of a page's workers, its JavaScript and its arrays, where all caches are; the largest first. */
export async function workerMegabytes(page) {
  const session = await page.context().newCDPSession(page);
  const workers = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') {
      workers.push(new WorkerSession(session, sessionId));
    }
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false
  });
  const sizes = await Promise.all(workers.map(sizeOf));
  await session.detach();
  return sizes.sort((a, b) => b - a);
}

/** Commands to a worker, by way of its page. */
class WorkerSession {
  constructor(session, sessionId) {
    this._session = session;
    this._sessionId = sessionId;
    session.on('Target.receivedMessageFromTarget', message => {
      if (message.sessionId === sessionId) {
        const { id, result } = JSON.parse(message.message);
        this._waiting.get(id)?.(result);
      }
    });
  }

  async send(method, params = {}) {
    const id = ++this._lastId;
    const answer = new Promise(resolve => this._waiting.set(id, resolve));
    await this._session.send('Target.sendMessageToTarget', {
      sessionId: this._sessionId,
      message: JSON.stringify({ id, method, params })
    });
    return answer;
  }

  _lastId = 0;
  _waiting = new Map();
}

async function sizeOf(worker) {
  await worker.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await worker.send(
    'Runtime.getHeapUsage'
  );
  return (usedSize + backingStorageSize) / 1e6;
}
