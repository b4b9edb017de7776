import { execFileSync } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { expect, PYTHON, test } from './results';

const V = '/results/VecRef/soma/v';
/** 40 MB each of v and x. */
const SAMPLES = 5_000_000;

// v goes up and down once, with one sample that stands out near the end.
const WRITE = `
import sys
import h5py, numpy as np
count = int(sys.argv[2])
with h5py.File(sys.argv[1], "w") as h5file:
    group = h5file.create_group("results/VecRef")
    group.create_dataset("x", data=np.arange(count) * 0.025)
    v = np.sin(np.arange(count) * 2 * np.pi / count)
    v[count - 1000] = 40.0
    group.create_dataset("soma/v", data=v)
`;

test('a variable of millions of samples is drawn while it comes, and read once', async ({
  page,
  results
}) => {
  const file = path.join(results.disk, 'long.h5');
  execFileSync(PYTHON, ['-c', WRITE, file, String(SAMPLES)]);
  const slow = await slowServer(file);
  let bytes = 0;
  await page.route(/\/files\/.*long\.h5/, async route => {
    const range = route.request().headers()['range'] ?? '';
    const [from, to] = (/(\d+)-(\d+)/.exec(range) ?? []).slice(1).map(Number);
    bytes += to - from + 1;
    // x and v.
    const isLong = to - from > 8_400_000;
    await route.continue(isLong ? { url: slow.url } : {});
  });
  await results.open(`${results.folder}/long.h5`);
  await results.draw(V);
  const notes = results.viewer.locator('.jp-NeuronvisioNotes');
  await expect(notes).toContainText(
    /is still being read: the first [\d,]+ of its 5,000,000 samples are drawn/
  );
  await results.expectTraces(1);
  const [rough] = await results.drawn();
  expect(rough.x[0]).toBe(0);
  expect(rough.x[rough.x.length - 1]).toBeLessThan(SAMPLES * 0.025 * 0.9);
  expect(rough.y).not.toContain(40);
  await expect(
    results.viewer.getByRole('button', { name: 'Stop' })
  ).toBeVisible();

  slow.release();
  await expect
    .poll(async () => (await results.drawn())[0].y.includes(40))
    .toBe(true);
  await expect(notes).not.toContainText('still being read');
  const [whole] = await results.drawn();
  expect(whole.x[whole.x.length - 1]).toBe((SAMPLES - 1) * 0.025);
  expect(Math.max(...whole.y.map(Number))).toBe(40);
  expect(bytes).toBeLessThan(2 * SAMPLES * 8 + 1_000_000);

  const before = bytes;
  const area = (await results.plot.locator('.nsewdrag').boundingBox())!;
  const y = area.y + area.height / 2;
  await page.mouse.move(area.x + area.width * 0.8, y);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width - 2, y, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(async () => (await results.drawn())[0].x[1])
    .toBeGreaterThan(SAMPLES * 0.025 * 0.6);
  expect((await results.drawn())[0].y).toContain(40);
  expect(bytes).toBe(before);
  slow.close();
});

test('what came of a long variable stays when it is stopped, and Retry reads it', async ({
  page,
  results
}) => {
  const file = path.join(results.disk, 'stopped.h5');
  execFileSync(PYTHON, ['-c', WRITE, file, String(SAMPLES)]);
  const slow = await slowServer(file);
  await page.route(/\/files\/.*stopped\.h5/, async route => {
    const range = route.request().headers()['range'] ?? '';
    const [from, to] = (/(\d+)-(\d+)/.exec(range) ?? []).slice(1).map(Number);
    await route.continue(to - from > 8_400_000 ? { url: slow.url } : {});
  });
  await results.open(`${results.folder}/stopped.h5`);
  await results.draw(V);
  const notes = results.viewer.locator('.jp-NeuronvisioNotes');
  await expect(notes).toContainText('is still being read');
  await results.expectTraces(1);

  await results.viewer.getByRole('button', { name: 'Stop' }).click();
  await expect(notes).toHaveText(
    /^soma · v: reading was stopped; the first [\d,]+ of its 5,000,000 samples are drawn\. Retry$/
  );
  await results.expectTraces(1);
  const [part] = await results.drawn();
  expect(part.x.length).toBeGreaterThan(100);
  await expect(results.viewer.getByRole('alert')).toBeHidden();
  await expect(
    results.viewer.locator('.jp-NeuronvisioDetails')
  ).not.toContainText('stopped');

  slow.release();
  await notes.getByRole('button', { name: 'Retry' }).click();
  await expect
    .poll(async () => (await results.drawn())[0].y.includes(40))
    .toBe(true);
  await expect(notes).toBeHidden();
  slow.close();
});

/** Serves parts of a file as Jupyter does, of each less than a half before it is released. */
async function slowServer(file: string) {
  let release: () => void = () => undefined;
  const released = new Promise<void>(resolve => (release = resolve));
  const { size, mtime } = statSync(file);
  const server = createServer((request, response) => {
    const range = /(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    const [start, end] = range.slice(1).map(Number);
    const middle = start + Math.floor((end - start) * 0.4);
    response.writeHead(206, {
      'Content-Range': `bytes ${start}-${end}/${size}`,
      'Content-Length': end - start + 1,
      'Last-Modified': mtime.toUTCString()
    });
    createReadStream(file, { start, end: middle })
      .on('end', () => {
        void released.then(() =>
          createReadStream(file, { start: middle + 1, end }).pipe(response)
        );
      })
      .pipe(response, { end: false });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/long.h5`,
    release,
    close: () => server.close()
  };
}
