import type { Results } from './results';
import { expect, test } from './results';

const SOMA = '/results/VecRef/soma';
const SOMA_V = `${SOMA}/v`;
const SOMA_INA = `${SOMA}/ina`;

const filter = (results: Results) =>
  results.viewer.getByLabel('Filter the variables');

const figureTab = (results: Results, name: string) =>
  results.viewer.locator('.lm-TabBar-tab').filter({ hasText: name });

/** Open a file, compared with another that is called `run_2.h5`, with a variable of both drawn. */
async function openCompared(results: Results): Promise<void> {
  const file = results.place('small.h5', 'run_1.h5');
  results.place('edge/x-mismatch.h5', 'run_2.h5');
  await results.open(file);
  await results.draw(SOMA_V);
  await results.compare('run_2.h5');
  await results.expectTraces(2);
}

/** Drag a box over the first part of the plot, where each of the files has samples. */
async function zoom(results: Results): Promise<void> {
  const { mouse } = results.page;
  const area = (await results.plot.locator('.nsewdrag').boundingBox())!;
  await mouse.move(area.x + area.width * 0.05, area.y + area.height * 0.5);
  await mouse.down();
  await mouse.move(area.x + area.width * 0.2, area.y + area.height * 0.5, {
    steps: 4
  });
  await mouse.up();
}

/** How many samples of the first trace are drawn. */
const samples = async (results: Results) => (await results.drawn())[0].x.length;

test.describe('the view of a file, when the page is reloaded', () => {
  test('comes back: figures with their zoom, and the files compared in them', async ({
    results
  }) => {
    await openCompared(results);
    await zoom(results);
    await expect.poll(() => samples(results)).toBeLessThan(1601);
    const ticks = await results.ticks('x').allTextContents();
    const zoomed = await results.drawn();

    await results.button('new-figure').click();
    await results.draw(SOMA_INA);
    await results.expectTraces(1);
    await results.legend.nth(1).click();
    const saved = results.saved(text => text.includes('"points":true'));
    await results.button('toggle-points').click();
    await saved;

    await results.reload();
    await results.expectTraces(1);
    const [ina] = await results.drawn();
    expect(ina.mode).toBe('markers');
    expect(ina.x).toHaveLength(1601);
    await expect(results.legend).toHaveText([
      'soma · ina run_1',
      'soma · ina run_2'
    ]);
    await expect(results.compared.getByRole('listitem')).toHaveText(['run_2×']);
    await expect(results.row(SOMA_INA)).toHaveAttribute(
      'aria-selected',
      'true'
    );

    await figureTab(results, 'Figure 1').click();
    await results.expectTraces(2);
    await expect(results.ticks('x')).toHaveText(ticks);
    expect(await results.drawn()).toEqual(zoomed);
    await expect(results.row(SOMA_V)).toHaveAttribute('aria-selected', 'true');
  });

  test('comes back: the filter and what is expanded, and a word on a file that is gone', async ({
    results
  }) => {
    await openCompared(results);
    const saved = results.saved(text => text.includes('"filter":"soma na"'));
    await filter(results).fill('soma na');
    await saved;

    results.remove('run_2.h5');
    await results.reload();
    await expect(results.row(SOMA_INA)).toBeVisible();
    await expect(filter(results)).toHaveValue('soma na');
    await expect(results.row(SOMA_V)).toHaveCount(0);
    await results.expectTraces(1);
    await expect(results.viewer.locator('.jp-NeuronvisioNotes')).toContainText(
      'run_2.h5 is not there'
    );

    await filter(results).fill('');
    await expect(results.row(SOMA)).toHaveAttribute('aria-expanded', 'true');
    await expect(results.row(SOMA_V)).toHaveAttribute('aria-selected', 'true');
  });

  test('does not come back with a tab that was closed and is opened again', async ({
    page,
    results
  }) => {
    const file = results.place('small.h5');
    const saved = results.saved(text => text.includes('"filter":"soma"'));
    await results.doubleClick(file);
    await results.draw(SOMA_V);
    await filter(results).fill('soma');
    await saved;
    const gone = results.saved(text => !text.includes('"filter"'));
    await page.activity.closeAll();
    await gone;
    await results.doubleClick(file);
    await expect(results.row('/results/VecRef')).toBeVisible();
    await expect(filter(results)).toHaveValue('');
    await expect(results.legend).toHaveCount(0);
  });
});
