import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Locator } from '@playwright/test';
import type { Results } from './results';
import { expect, test } from './results';

const RUNS = 100;
const SECTIONS = 100;
const MAKE = path.resolve(__dirname, '..', 'make_sweep.py');

/** The group of a run. */
function run(number: number): string {
  return `/results/run_${number}`;
}

/** Make a sweep in the folder; the answer is the path of its master on the server. */
function make({ disk, folder }: Results, runs: number, sections: number) {
  const python = process.env.NEURONVISIO_UI_PYTHON ?? '';
  execFileSync(python, [MAKE, disk, String(runs), String(sections)]);
  return `${folder}/sweep.h5`;
}

/** Point at a place of a plot, in the numbers of its axes. */
async function pointAt(plot: Locator, x: number, y: number): Promise<void> {
  const area = plot.locator('.nsewdrag').first();
  const [[left, right], [bottom, top]] = await plot.evaluate(node => {
    const { layout } = node as unknown as {
      layout: Record<'xaxis' | 'yaxis', { range: number[] }>;
    };
    return [layout.xaxis.range, layout.yaxis.range];
  });
  const box = await area.boundingBox();
  const { width, height } = box ?? { width: 0, height: 0 };
  await area.hover({
    position: {
      x: (width * (x - left)) / (right - left),
      y: (height * (top - y)) / (top - bottom)
    }
  });
}

test.describe('the master of a sweep', () => {
  test('opens 100 runs of 100 sections as one file, each run when it is looked into', async ({
    page,
    results
  }) => {
    const asked = new Set<string>();
    page.on('request', request => {
      const file = /runs\/(run_\d+)\.h5/.exec(request.url());
      if (file) {
        asked.add(file[1]);
      }
    });
    await results.doubleClick(make(results, RUNS, SECTIONS));
    await expect(results.row(run(0))).toContainText('amp = 0.0');
    await expect(results.row(run(1))).toContainText('amp = 0.01');
    // The runs are listed as a person counts them.
    await expect(results.tree.getByRole('treeitem').nth(2)).toContainText(
      'run_2'
    );
    await expect(results.row(run(0))).toHaveAttribute(
      'aria-setsize',
      String(RUNS + 1)
    );
    await results.scrollTo(results.row(run(99)));
    await expect(results.row(run(99))).toContainText('amp = 0.99');
    expect([...asked]).toEqual([]);

    await results.row(run(99)).click();
    await expect(results.row(run(99))).toContainText('100 sections');
    await expect(results.row(run(99))).toContainText('x: 50 × float64');
    const details = results.viewer.locator('.jp-NeuronvisioDetails');
    await expect(details).toContainText('"amp": 0.99');
    await expect(details).toContainText('runs/run_99.h5');
    await results.draw(`${run(99)}/cable_99/v`);
    await results.expectTraces(1);
    expect((await results.drawn())[0].y[49]).toBe(99_000 + 99 + 49);
    expect([...asked]).toEqual(['run_99']);
  });

  test('draws the same variable of two runs', async ({ results }) => {
    await results.doubleClick(make(results, RUNS, SECTIONS));
    await results.draw(`${run(3)}/cable_7/v`);
    await results.expectTraces(1);
    await results.draw(`${run(42)}/cable_7/v`, ['ControlOrMeta']);
    await results.expectTraces(2);
    const [three, other] = await results.drawn();
    expect([three.x[49], three.y[49]]).toEqual([24.5, 3000 + 7 + 49]);
    expect([other.x[49], other.y[49]]).toEqual([24.5, 42_000 + 7 + 49]);
    await expect(
      results.viewer.locator('.jp-NeuronvisioLegend-name')
    ).toHaveText(['run_3 · cable_7 · v', 'run_42 · cable_7 · v']);
  });

  test('finds a variable of one run among all by the filter', async ({
    results
  }) => {
    await results.doubleClick(make(results, RUNS, SECTIONS));
    await results.viewer
      .getByRole('searchbox')
      .fill(`run_58 cable_${SECTIONS - 1} v`);
    const found = `${run(58)}/cable_${SECTIONS - 1}/v`;
    await expect(results.row(found)).toBeVisible({ timeout: 30000 });
    await results.row(found).click();
    await results.expectTraces(1);
    expect((await results.drawn())[0].y[0]).toBe(58_000 + SECTIONS - 1);
  });

  test('finds a run by its parameters, and looks into that first', async ({
    page,
    results
  }) => {
    const asked: string[] = [];
    page.on('request', request => {
      asked.push(
        ...(/runs\/(run_\d+)\.h5/.exec(request.url())?.slice(1) ?? [])
      );
    });
    await results.doubleClick(make(results, RUNS, 3));
    await results.viewer.getByRole('searchbox').fill('amp 0.42 cable_2 v');
    await expect(results.row(`${run(42)}/cable_2/v`)).toBeVisible();
    expect(asked[0]).toBe('run_42');
    await expect(results.viewer.locator('[aria-level="3"]')).toHaveCount(1);
    await results.row(`${run(42)}/cable_2/v`).click();
    await results.expectTraces(1);
    expect((await results.drawn())[0].y[0]).toBe(42_000 + 2);
  });

  test('reads out each of many lines, of which some have one look', async ({
    page,
    results
  }) => {
    await results.doubleClick(make(results, 1, 40));
    await results.row(run(0)).click();
    await results.viewer.getByRole('searchbox').fill('run_0 cable v');
    await expect(results.row(`${run(0)}/cable_0/v`)).toBeVisible();
    await results.tree.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await expect(results.plot.locator('.scatterlayer .js-line')).toHaveCount(
      40
    );
    await expect(results.legend).toHaveCount(40);
    for (const cable of [3, 35]) {
      // No other has this value at this time.
      await pointAt(results.plot, 12, cable + 24);
      await expect(results.plot.locator('.hoverlayer text')).toHaveText(
        `cable_${cable} · vx of run_0 = 12${cable + 24}`
      );
    }
  });

  test('says which run is missing, and reads the others', async ({
    results
  }) => {
    const master = make(results, 3, 2);
    results.remove('runs/run_1.h5');
    await results.open(master);
    await results.row(run(1)).click();
    await expect(results.row(run(1))).toContainText(
      'This lies in the file runs/run_1.h5, which is not there.'
    );
    await expect(results.viewer.getByRole('alert')).toHaveCount(0);
    await results.draw(`${run(2)}/cable_0/v`);
    await results.expectTraces(1);
    expect((await results.drawn())[0].y[0]).toBe(2000);
  });

  test('offers what is new in a run that changes alone', async ({
    page,
    results
  }) => {
    await results.doubleClick(make(results, 4, 2));
    const looked = page.waitForResponse(/api\/contents\/.*runs\/run_2\.h5/);
    await results.draw(`${run(2)}/cable_1/v`);
    await results.expectTraces(1);
    expect((await results.drawn())[0].y[0]).toBe(2001);
    await looked;

    const runs = path.join(results.disk, 'runs');
    fs.copyFileSync(path.join(runs, 'run_3.h5'), path.join(runs, 'new.tmp'));
    fs.renameSync(path.join(runs, 'new.tmp'), path.join(runs, 'run_2.h5'));
    const offer = results.viewer
      .getByRole('status')
      .getByText('The file has changed on disk');
    await expect(offer).toBeVisible({ timeout: 3000 });
    expect((await results.drawn())[0].y[0]).toBe(2001);
    await results.viewer
      .getByRole('button', { name: 'Show the new results' })
      .click();
    await expect.poll(async () => (await results.drawn())[0]?.y[0]).toBe(3001);
    await expect(offer).toBeHidden();
  });
});
