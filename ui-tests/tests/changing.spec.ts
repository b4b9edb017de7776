import { galata } from '@jupyterlab/galata';
import type { Page } from '@playwright/test';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Results } from './results';
import { expect, test } from './results';
import { AppendedRun, deleteSection, runBytes, writeRun } from './writing';

const AXON_V = '/results/VecRef/axon/v';
const FAR_V = '/results/VecRef/dend_50/v';
const OFFER = 'The file has changed on disk';
const WRITING = 'The file is being written; trying again…';

/** The visible range of x. */
function rangeOf(results: Results): Promise<number[]> {
  return results.plot.first().evaluate(node => {
    const plot = node as unknown as {
      _fullLayout: { xaxis: { range: number[] } };
    };
    return plot._fullLayout.xaxis.range.slice();
  });
}

/** Wait until the trace ends at this x, with the value that belongs to it there. */
async function expectEnd(results: Results, samples: number): Promise<void> {
  await expect
    .poll(async () => (await results.drawn())[0]?.x.slice(-1)[0])
    .toBeCloseTo((samples - 1) * 0.025);
  const [{ y }] = await results.drawn();
  expect(y[y.length - 1]).toBe(samples - 1);
}

/** Drag over a part of the plot. */
async function zoom(page: Page, results: Results): Promise<number[]> {
  const before = await rangeOf(results);
  const area = (await results.plot.locator('.nsewdrag').boundingBox())!;
  const y = area.y + area.height / 2;
  await page.mouse.move(area.x + area.width * 0.25, y);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.5, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => rangeOf(results)).not.toEqual(before);
  return rangeOf(results);
}

/** What a page asks of files. */
class Reads {
  /** Count from now on. */
  constructor(page: Page) {
    page.on('response', response => {
      if (response.url().includes('/files/')) {
        this._requests += 1;
        this._bytes += Number(response.headers()['content-length'] ?? 0);
      }
    });
  }

  /** Settles when nothing was asked for a while. */
  async settle(): Promise<void> {
    let before = -1;
    await expect
      .poll(
        () => {
          const isSettled = before === this._requests;
          before = this._requests;
          return isSettled;
        },
        { intervals: [1000], timeout: 30_000 }
      )
      .toBe(true);
  }

  /** What was asked since the last time. */
  take(): { requests: number; bytes: number } {
    const taken = { requests: this._requests, bytes: this._bytes };
    this._requests = this._bytes = 0;
    return taken;
  }

  private _requests = 0;
  private _bytes = 0;
}

/** Note every failure that is said, be it for a moment. */
function noteAlerts(page: Page): Promise<void> {
  return page.evaluate(() => {
    const said: string[] = [];
    (window as unknown as { said: string[] }).said = said;
    new MutationObserver(() => {
      for (const alert of document.querySelectorAll(
        '.jp-NeuronvisioMessage[role=alert]:not(.lm-mod-hidden)'
      )) {
        said.push(alert.textContent ?? '');
      }
    }).observe(document.body, {
      attributes: true,
      childList: true,
      subtree: true
    });
  });
}

function alertsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { said: string[] }).said);
}

test.describe('a file that changes', () => {
  test('is offered, and shown with all that was chosen in place', async ({
    page,
    results
  }) => {
    writeRun(results.disk, 'run.h5', 2001);
    await results.open(`${results.folder}/run.h5`);
    await results.draw(AXON_V);
    await results.expectTraces(1);
    await expectEnd(results, 2001);
    const zoomed = await zoom(page, results);
    await results.reveal(FAR_V);
    const place = (await results.row(FAR_V).boundingBox())!;

    const offer = results.viewer.getByRole('status').getByText(OFFER);
    writeRun(results.disk, 'run.h5', 4001);
    await expect(offer).toBeVisible({ timeout: 2500 });
    expect(await rangeOf(results)).toEqual(zoomed);
    await expect(results.row(FAR_V)).toContainText('2,001');
    const show = results.viewer.getByRole('button', {
      name: 'Show the new results'
    });
    await show.focus();
    await page.keyboard.press('Enter');
    await expect(offer).toBeHidden();
    await expect(results.row(FAR_V)).toContainText('4,001');

    expect(await rangeOf(results)).toEqual(zoomed);
    expect((await results.row(FAR_V).boundingBox())!.y).toBe(place.y);
    await results.scrollTo(results.row('/results/VecRef/dend_50'));
    await expect(results.row('/results/VecRef/dend_50')).toHaveAttribute(
      'aria-expanded',
      'true'
    );
    await results.button('reset-zoom').click();
    await expectEnd(results, 4001);
  });

  test('is not read while it is offered', async ({ page, results }) => {
    writeRun(results.disk, 'run.h5', 2001);
    await results.open(`${results.folder}/run.h5`);
    await results.draw(AXON_V);
    await expectEnd(results, 2001);
    const reads: string[] = [];
    page.on('request', request => {
      if (request.url().includes('/files/')) {
        reads.push(request.url());
      }
    });
    writeRun(results.disk, 'run.h5', 4001);
    await expect(results.viewer.getByText(OFFER)).toBeVisible();
    expect(reads).toEqual([]);
    await results.viewer
      .getByRole('button', { name: 'Follow from now on' })
      .click();
    await expectEnd(results, 4001);
    writeRun(results.disk, 'run.h5', 6001);
    await expectEnd(results, 6001);
    await expect(results.viewer.getByText(OFFER)).toBeHidden();

    const follow = results
      .button('follow-file')
      .and(page.locator('[aria-pressed=true]'));
    await follow.click();
    await expect(follow).toHaveCount(0);
    writeRun(results.disk, 'run.h5', 8001);
    await expect(results.viewer.getByText(OFFER)).toBeVisible();
    await expectEnd(results, 6001);
  });
});

test('a file that is moved away is told to be gone, and its lines stay', async ({
  results
}) => {
  const file = path.join(results.disk, 'run.h5');
  writeRun(results.disk, 'run.h5', 2001);
  await results.open(`${results.folder}/run.h5`);
  await results.draw(AXON_V);
  await expectEnd(results, 2001);
  fs.renameSync(file, `${file}.away`);
  const gone = results.viewer
    .getByRole('status')
    .getByText('The file is not there any more');
  await expect(gone).toBeVisible();
  await expectEnd(results, 2001);
  fs.renameSync(`${file}.away`, file);
  await expect(gone).toBeHidden();
  await expectEnd(results, 2001);
});

test.describe('where files are followed', () => {
  test.use({
    mockSettings: {
      ...galata.DEFAULT_SETTINGS,
      'jupyterlab-neuronvisio:plugin': { onFileChange: 'follow' }
    }
  });

  test('the trace grows by itself, and a zoom stays', async ({
    page,
    results
  }) => {
    writeRun(results.disk, 'run.h5', 2001);
    await results.open(`${results.folder}/run.h5`);
    await noteAlerts(page);
    await results.draw(AXON_V);
    await expectEnd(results, 2001);
    writeRun(results.disk, 'run.h5', 4001);
    await expectEnd(results, 4001);
    expect((await rangeOf(results))[1]).toBeCloseTo(100);
    const zoomed = await zoom(page, results);
    writeRun(results.disk, 'run.h5', 6001);
    await expect(results.row(AXON_V)).toContainText('6,001');
    expect(await rangeOf(results)).toEqual(zoomed);
    await expect(results.row(AXON_V)).toHaveAttribute('aria-selected', 'true');
    expect(await alertsOf(page)).toEqual([]);
  });

  test('no more is read of it than what is in sight', async ({
    page,
    results
  }) => {
    const reads = new Reads(page);
    writeRun(results.disk, 'run.h5', 2001, 1000);
    await results.open(`${results.folder}/run.h5`);
    await results.draw(AXON_V);
    await expectEnd(results, 2001);
    await reads.settle();
    const first = reads.take();
    expect(first.requests).toBeGreaterThan(100);
    writeRun(results.disk, 'run.h5', 4001, 1000);
    await expectEnd(results, 4001);
    await expect(results.row(AXON_V)).toContainText('4,001');
    await reads.settle();
    const next = reads.take();
    expect(next.requests).toBeLessThan(first.requests / 4);
    expect(next.bytes).toBeLessThan(first.bytes * 0.75);

    await results.viewer.getByRole('searchbox').fill('dend_999 v');
    const found = results.row('/results/VecRef/dend_999/v');
    await expect(found).toContainText('4,001');
  });

  test('a section that was deleted in it goes from the tree, in sight or not', async ({
    results
  }) => {
    const group = results.row('/results/VecRef');
    writeRun(results.disk, 'run.h5', 2001, 300);
    await results.open(`${results.folder}/run.h5`);
    await expect(group).toContainText('300 sections');
    const gone = results.row('/results/VecRef/dend_2');
    await expect(gone).toBeVisible();
    // The names of both are so short that they stay where the group keeps them.
    deleteSection(results.disk, 'run.h5', 'dend_90');
    await expect(group).toContainText('299 sections', { timeout: 25_000 });
    deleteSection(results.disk, 'run.h5', 'dend_2');
    await expect(group).toContainText('298 sections', { timeout: 7000 });
    await expect(gone).toHaveCount(0);
  });

  test('a half-written file is waited for, and never called damaged', async ({
    page,
    results
  }) => {
    const file = path.join(results.disk, 'run.h5');
    const whole = runBytes(results.disk, 4001);
    writeRun(results.disk, 'run.h5', 2001);
    await results.open(`${results.folder}/run.h5`);
    await noteAlerts(page);
    await results.draw(AXON_V);
    await expectEnd(results, 2001);
    const status = results.viewer.getByRole('status').getByText(WRITING);
    for (const part of [0, 4096, Math.floor(whole.length / 2)]) {
      fs.writeFileSync(file, whole.subarray(0, part));
      await expect(status).toBeVisible();
      await expect(results.row(AXON_V)).toHaveAttribute(
        'aria-selected',
        'true'
      );
      await expectEnd(results, 2001);
    }
    fs.writeFileSync(file, whole);
    await expectEnd(results, 4001);
    await expect(status).toBeHidden();
    await expect(results.row(AXON_V)).toContainText('4,001');
    expect(await alertsOf(page)).toEqual([]);
  });

  test('a file that another program appends to grows', async ({
    page,
    results
  }) => {
    const run = new AppendedRun(results.disk, 'run.h5', 2000);
    try {
      await run.ready();
      await results.open(`${results.folder}/run.h5`);
      await noteAlerts(page);
      await results.draw(AXON_V);
      await expectEnd(results, 2000);
      for (const samples of [3000, 4000]) {
        await run.append(samples);
        await expectEnd(results, samples);
      }
      await expect(results.row(AXON_V)).toContainText('4,000');
      expect(await alertsOf(page)).toEqual([]);
    } finally {
      run.end();
    }
  });
});

test('a file that is opened half-written is shown once it is whole', async ({
  results
}) => {
  const whole = runBytes(results.disk, 2001);
  const file = path.join(results.disk, 'run.h5');
  fs.writeFileSync(file, whole.subarray(0, whole.length / 2));
  await results.open(`${results.folder}/run.h5`);
  await expect(results.viewer.getByText(WRITING)).toBeVisible();
  await expect(results.viewer.getByRole('alert')).toHaveCount(0);
  fs.writeFileSync(file, whole);
  await results.draw(AXON_V);
  await expectEnd(results, 2001);
});
