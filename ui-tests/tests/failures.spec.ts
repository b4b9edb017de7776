import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Route } from '@playwright/test';
import { expect, test } from './results';

const SENTENCES: Record<string, string> = {
  'broken/zero-length.h5': 'The file is empty (0 bytes)',
  'broken/text.h5': 'This is not an HDF5 file',
  'broken/garbage-1k.h5': 'This is not an HDF5 file',
  'broken/truncated-002048.h5': 'The file ends too early',
  'broken/superblock-then-zeros.h5': 'The file is damaged'
};

test.describe('a file that cannot be read', () => {
  for (const [fixture, sentence] of Object.entries(SENTENCES)) {
    test(`says what is wrong with ${fixture}`, async ({ results }) => {
      await results.open(results.placeOld(fixture));
      const alert = results.viewer.getByRole('alert');
      await expect(alert).toContainText(sentence);
      await expect(alert.locator('details')).not.toHaveAttribute('open', '');
      await expect(alert.getByRole('button', { name: 'Retry' })).toBeVisible();
    });
  }

  test('opens by itself when it was put right', async ({ results }) => {
    const broken = 'broken/truncated-002048.h5';
    await results.open(results.placeOld(broken, 'mended.h5'));
    await expect(results.viewer.getByRole('alert')).toBeVisible();
    results.place('small.h5', 'mended.h5');
    await expect(results.row('/results/VecRef')).toBeVisible();
    await expect(results.viewer.getByRole('alert')).toHaveCount(0);
  });

  test('opens by Retry when the server answers again', async ({
    page,
    results
  }) => {
    await page.route('**/files/**', route => route.abort());
    await results.open(results.placeOld('small.h5'));
    await expect(results.viewer.getByRole('alert')).toBeVisible();
    await page.unroute('**/files/**');
    await results.viewer.getByRole('button', { name: 'Retry' }).click();
    await expect(results.row('/results/VecRef')).toBeVisible();
  });

  test('says that it was deleted while open, and the rest stays', async ({
    results
  }) => {
    const file = results.place('morphology.h5');
    await results.open(file);
    await results.draw('/results/VecRef/soma/v');
    await results.expectTraces(1);
    fs.unlinkSync(path.join(results.disk, 'morphology.h5'));
    await results.button('reload-file').click();
    await expect(results.viewer.getByRole('alert')).toContainText(
      'The file is not there any more'
    );
    await expect(results.row('/results/VecRef/soma/v')).toBeVisible();
  });

  test('says that the server may not read it', async ({ page, results }) => {
    const file = results.place('small.h5');
    // A refusal by the server; as root no file mode can cause it.
    const refuse = (route: Route) => route.fulfill({ status: 403, body: '' });
    await page.route('**/files/**', refuse);
    await page.route(/api\/contents\/.*content=1/, refuse);
    await results.open(file);
    await expect(results.viewer.getByRole('alert')).toContainText(
      'The server may not read this file'
    );
  });

  test('says that the server does not answer', async ({ page, results }) => {
    const file = results.place('small.h5');
    await page.route('**/files/**', route => route.abort());
    await results.open(file);
    await expect(results.viewer.getByRole('alert')).toContainText(
      'The Jupyter server does not answer'
    );
  });

  test('is read anew by itself when it changed on disk', async ({
    results
  }) => {
    const file = results.place('edge/missing-x.h5', 'changing.h5');
    await results.open(file);
    await expect(results.row('/results/VecRef')).toBeVisible();
    results.place('small.h5', 'changing.h5');
    await results.button('reload-file').click();
    await results.draw('/results/MyGroup/soma/calcium');
    await results.expectTraces(1);
  });

  test('leaves the other tabs usable', async ({ results }) => {
    const good = results.place('small.h5');
    await results.open(results.placeOld('broken/garbage-1k.h5'));
    await expect(results.viewer.getByRole('alert')).toBeVisible();
    await results.open(good);
    await results.draw('/results/VecRef/soma/v');
    await results.expectTraces(1);
  });
});

test.describe('where no parts of a file can be had', () => {
  test('it is read whole', async ({ page, results }) => {
    const file = results.place('small.h5');
    const ranges: string[] = [];
    await page.route('**/files/**', async route => {
      const headers = { ...route.request().headers() };
      delete headers.range;
      ranges.push(route.request().method());
      const response = await route.fetch({ headers });
      const plain = { ...response.headers() };
      delete plain['accept-ranges'];
      await route.fulfill({ response, headers: plain });
    });
    await results.open(file);
    await results.draw('/results/VecRef/soma/v');
    await results.expectTraces(1);
    expect(ranges.length).toBeGreaterThan(0);
  });
});

test.describe('an HDF5 file of another program', () => {
  test('opens as a plain tree, and any dataset of equal length is its x', async ({
    page,
    results
  }) => {
    await results.open(results.place('edge/generic.h5'));
    await results.row('/acquisition').click();
    await results.row('/acquisition/ElectricalSeries_0').click();
    await results.row('/acquisition/ElectricalSeries_0/data').click();
    await results.expectTraces(6);
    await results
      .row('/acquisition/ElectricalSeries_0/timestamps')
      .click({ button: 'right' });
    await page.getByRole('menu').getByText('Use as x of this figure').click();
    await expect
      .poll(async () => (await results.drawn())[0].x.slice(-1)[0])
      .toBeCloseTo(99 / 30000);
  });
});
