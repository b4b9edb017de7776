import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Results } from './results';
import { expect, test } from './results';
import { writeRun } from './writing';

const SOMA_V = '/results/VecRef/soma/v';
const SOMA_INA = '/results/VecRef/soma/ina';

const notes = (results: Results) =>
  results.viewer.locator('.jp-NeuronvisioNotes');

test.describe('comparing files', () => {
  test('draws the variable of each file against the x of that file, under the name of its run', async ({
    page,
    results
  }) => {
    const file = results.place('small.h5', 'run_1.h5');
    results.place('edge/x-mismatch.h5', 'run_2.h5');
    await results.doubleClick(file);
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    await expect(results.legend).toHaveText(['soma · v']);

    await results.compare('run_1.h5');
    await expect(
      page.getByText('These results are shown already.').first()
    ).toBeVisible();
    await results.compare('run_2.h5');
    await results.expectTraces(2);
    const [first, second] = await results.drawn();
    expect(first.x).toHaveLength(1601);
    expect(first.x[1600]).toBeCloseTo(40);
    expect(first.y[1600]).toBe(-68.72833000110178);
    expect(second.x).toHaveLength(101);
    expect(second.x[100]).toBeCloseTo(10);
    expect(second.y[100]).toBe(-70.44021110889369);
    await expect(results.legend).toHaveText([
      'soma · v run_1',
      'soma · v run_2'
    ]);

    await results.legend.nth(0).click();
    await results.expectTraces(1);
    expect((await results.drawn())[0].x).toHaveLength(101);
    await results.legend.nth(0).click();
    await results.expectTraces(2);

    await expect(results.compared.getByRole('listitem')).toHaveText(['run_2×']);
    await results.viewer
      .getByRole('button', { name: 'Compare with run_2 no more' })
      .press('Enter');
    await results.expectTraces(1);
    await expect(results.legend).toHaveText(['soma · v']);
    await expect(results.compared).toBeHidden();
  });

  test('says what a file lacks and that a file is gone, and draws the rest', async ({
    page,
    results
  }) => {
    const file = results.place('small.h5', 'run_1.h5');
    results.place('edge/x-mismatch.h5', 'run_2.h5');
    results.place('small.h5', 'run_3.h5');
    await results.doubleClick(file);
    await results.draw(SOMA_INA);
    await results.expectTraces(1);
    await results.compare('run_2.h5', 'run_3.h5');
    await results.expectTraces(2);
    await expect(notes(results)).toHaveText('run_2.h5 has no soma · ina.');
    await expect(results.legend).toHaveText([
      'soma · ina run_1',
      'soma · ina run_2',
      'soma · ina run_3'
    ]);

    fs.unlinkSync(path.join(results.disk, 'run_3.h5'));
    await results.button('reload-file').click();
    await results.expectTraces(1);
    await expect(notes(results)).toContainText('run_3.h5 is not there');
    expect((await results.drawn())[0].x).toHaveLength(1601);

    results.place('small.h5', 'run_3.h5');
    await results.expectTraces(2);
    await expect(notes(results)).toHaveText('run_2.h5 has no soma · ina.');
  });

  test('names the folders where the files are called the same, by the toolbar too', async ({
    page,
    results
  }) => {
    for (const [folder, fixture] of [
      ['Sim_0', 'small.h5'],
      ['Sim_1', 'edge/x-mismatch.h5']
    ]) {
      fs.mkdirSync(path.join(results.disk, folder));
      results.place(fixture, `${folder}/run.h5`);
    }
    await results.open(`${results.folder}/Sim_0/run.h5`);
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    await results.button('compare').click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.locator('.jp-BreadCrumbs-item').nth(-2).click();
    await dialog.getByText('Sim_1', { exact: true }).dblclick();
    await dialog.getByText('run.h5', { exact: true }).click();
    await dialog.locator('.jp-mod-accept').click();
    await results.expectTraces(2);
    await expect(results.legend).toHaveText([
      'soma · v Sim_0/run',
      'soma · v Sim_1/run'
    ]);
  });

  test('offers what is new of a compared file beside its name, and reads only that', async ({
    page,
    results
  }) => {
    const v = '/results/VecRef/axon/v';
    const place = (name: string, samples: number) =>
      writeRun(results.disk, name, samples);
    place('run_1.h5', 2001);
    place('run_2.h5', 1001);
    await results.open(`${results.folder}/run_1.h5`);
    await results.draw(v);
    await results.compare('run_2.h5');
    await results.expectTraces(2);
    const ends = async () =>
      (await results.drawn()).map(({ y }) => y[y.length - 1]);
    await expect.poll(ends).toEqual([2000, 1000]);

    place('run_2.h5', 3001);
    const show = results.compared.getByRole('button', {
      name: 'Show the new results of run_2'
    });
    await expect(show).toBeVisible();
    await expect(results.compared).toContainText('run_2changed on disk');
    expect(await ends()).toEqual([2000, 1000]);
    const reads: string[] = [];
    page.on('request', request => {
      if (request.url().includes('/files/')) {
        reads.push(new URL(request.url()).pathname);
      }
    });
    await show.press('Enter');
    await expect.poll(ends).toEqual([2000, 3000]);
    await expect(show).toBeHidden();
    expect(reads.filter(read => !read.endsWith('/run_2.h5'))).toEqual([]);
    expect(reads).not.toEqual([]);

    await results.button('follow-file').click();
    place('run_2.h5', 4001);
    await expect.poll(ends).toEqual([2000, 4000]);
  });

  test('has the names of the runs in the picture', async ({
    page,
    results
  }) => {
    const file = results.place('small.h5', 'ctrl.h5');
    results.place('edge/x-mismatch.h5', 'ttx.h5');
    await results.doubleClick(file);
    await results.draw(SOMA_V);
    await results.compare('ttx.h5');
    await results.expectTraces(2);
    const download = page.waitForEvent('download');
    await results.plot.hover();
    await results.plot.locator('[data-title*="SVG"]').click();
    const svg = fs.readFileSync(await (await download).path(), 'utf8');
    expect(svg).toContain('soma · v · ctrl');
    expect(svg).toContain('soma · v · ttx');
  });

  test('is not offered where nothing can be compared', async ({
    page,
    results
  }) => {
    const enabled = () =>
      page.evaluate(() =>
        window.jupyterapp.commands.isEnabled('neuronvisio:compare')
      );
    expect(await enabled()).toBe(false);
    await results.doubleClick(results.place('small.h5'));
    await expect(results.row('/results/VecRef')).toBeVisible();
    expect(await enabled()).toBe(true);
  });
});
