import { connect, createServer } from 'node:net';

const TICK = 1; // ms

/**
 * A link to a local port with a delay and a bandwidth, that counts what passes.
 *
 * `roundTrip` in milliseconds, half of it each way; `megabits` a second is
 * shared by everything that comes down. A new connection costs a round trip.
 */
export async function openLink({ to, roundTrip, megabits }) {
  const perTick = (megabits * 1e6 * TICK) / 8 / 1000;
  const link = { down: 0, up: 0 };
  const queue = [];
  let credit = 0;
  let last = performance.now();
  const pump = setInterval(() => {
    const now = performance.now();
    credit = Math.min(perTick * 20, credit + (perTick * (now - last)) / TICK);
    last = now;
    while (queue.length > 0 && credit > 0) {
      const { chunk, send } = queue.shift();
      credit -= chunk.length;
      link.down += chunk.length;
      send(chunk);
    }
  }, TICK);
  const server = createServer({ noDelay: true }, near => {
    const born = performance.now();
    const far = connect({ port: to, host: '127.0.0.1', noDelay: true });
    const later = work => setTimeout(work, roundTrip / 2);
    near.on('data', chunk => {
      link.up += chunk.length;
      const shake = Math.max(0, born + roundTrip - performance.now());
      setTimeout(() => far.write(chunk), roundTrip / 2 + shake);
    });
    far.on('data', chunk => {
      const send = part => later(() => near.writable && near.write(part));
      for (let at = 0; at < chunk.length; at += 1 << 14) {
        queue.push({ chunk: chunk.subarray(at, at + (1 << 14)), send });
      }
      if (queue.length > 256) {
        far.pause();
        setTimeout(() => far.resume(), 5);
      }
    });
    near.on('close', () => far.destroy());
    far.on('close', () => later(() => later(() => near.end())));
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(link, {
    port: server.address().port,
    close: () => {
      clearInterval(pump);
      server.close();
    }
  });
}
