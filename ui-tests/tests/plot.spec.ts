import { expect, test } from './results';

const SOMA_V = '/results/VecRef/soma/v';
const CALCIUM = '/results/MyGroup/soma/calcium';

test.describe('drawing', () => {
  test("a click draws a variable against its group's x", async ({
    results
  }) => {
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    const [trace] = await results.drawn();
    expect(trace.x[0]).toBe(0);
    expect(trace.x[trace.x.length - 1]).toBeCloseTo(40);
    await expect(results.ticks('x').last()).toHaveText('40');
    await expect(results.plot.locator('.xtitle')).toHaveText('t (ms, assumed)');
    await expect(results.plot.locator('.ytitle')).toHaveText('v (mV, assumed)');
  });

  test('further variables overlay, each against its own x', async ({
    results
  }) => {
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.draw(CALCIUM, ['ControlOrMeta']);
    await results.expectTraces(2);
    const [voltage, calcium] = await results.drawn();
    expect(voltage.x.length).toBeGreaterThan(1000);
    expect(calcium.x).toEqual(Array.from({ length: 41 }, (_, i) => i));
    await expect(
      results.viewer.locator('.jp-NeuronvisioLegend-name')
    ).toHaveText(['soma · v', 'soma · calcium']);
  });

  test('the keyboard draws too', async ({ page, results }) => {
    await results.open(results.place('small.h5'));
    await results.reveal(SOMA_V);
    await results.row('/results/VecRef').click({ button: 'right' });
    await page.keyboard.press('Escape');
    await results.tree.focus();
    await page.keyboard.type('soma');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await results.expectTraces(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await results.expectTraces(2);
  });

  test('a zoom keeps a spike of one sample, and reads the samples in view', async ({
    page,
    results
  }) => {
    await results.open(results.place('long-spike.h5'));
    await results.draw('/results/VecRef/soma/one_spike');
    await results.expectTraces(1);
    const [whole] = await results.drawn();
    expect(whole.y.length).toBeLessThan(30000);
    expect(Math.max(...(whole.y as number[]))).toBe(1);
    const at = whole.x[whole.y.indexOf(1)];

    const area = (await results.plot.locator('.nsewdrag').boundingBox())!;
    const fraction = at / whole.x[whole.x.length - 1];
    const center = area.x + area.width * fraction;
    await page.mouse.move(center - 30, area.y + 20);
    await page.mouse.down();
    await page.mouse.move(center + 30, area.y + 20, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(async () => {
        const [zoomed] = await results.drawn();
        return zoomed.x.length > 1
          ? zoomed.x[zoomed.x.length - 1] - zoomed.x[0]
          : 0;
      })
      .toBeLessThan(whole.x[whole.x.length - 1] / 2);
    const [zoomed] = await results.drawn();
    expect(zoomed.y[zoomed.x.indexOf(at)]).toBe(1);

    await results.button('reset-zoom').click();
    await expect
      .poll(async () => (await results.drawn())[0].x.slice(-1)[0])
      .toBe(whole.x[whole.x.length - 1]);
  });

  test('says when x and a variable differ in length, and draws against the index', async ({
    results
  }) => {
    await results.open(results.place('edge/x-mismatch.h5'));
    await results.draw('/results/VecRef/soma/short');
    await results.expectTraces(1);
    await expect(results.viewer.locator('.jp-NeuronvisioNotes')).toHaveText(
      'soma · short: drawn against the sample index, because it has 50 values and x of VecRef has 101.'
    );
    const [trace] = await results.drawn();
    expect(trace.x).toEqual(Array.from({ length: 50 }, (_, i) => i));
    await expect(results.plot.locator('.xtitle')).toHaveText('sample index');
  });

  test('leaves gaps where there is no finite number', async ({ results }) => {
    await results.open(results.place('edge/nan-inf.h5'));
    await results.draw('/results/VecRef/soma/mixed');
    await results.expectTraces(1);
    const [trace] = await results.drawn();
    const finite = trace.y.filter(
      value => value !== null && Number.isFinite(value)
    );
    expect(finite).toHaveLength(89);
    expect(trace.y.length).toBeGreaterThan(finite.length);
  });

  test('draws each column of a 2-D variable', async ({ results }) => {
    await results.open(results.place('edge/shapes.h5'));
    await results.draw('/results/VecRef/soma/two_d');
    await results.expectTraces(2);
    const drawn = await results.drawn();
    expect(drawn[0].y.slice(0, 3)).toEqual([0, 2, 4]);
    expect(drawn[1].y.slice(0, 3)).toEqual([1, 3, 5]);
  });

  test('says why text is not drawn, and shows it in the details', async ({
    results
  }) => {
    await results.open(results.place('edge/shapes.h5'));
    await results.draw('/results/VecRef/soma/text');
    await expect(results.viewer.locator('.jp-NeuronvisioNotes')).toContainText(
      'cannot be drawn'
    );
    await expect(
      results.viewer.locator('.jp-NeuronvisioDetails')
    ).toContainText('a note');
  });

  test('shows 64-bit integers exactly', async ({ results }) => {
    await results.open(results.place('storage.h5'));
    await results.draw('/results/VecRef/dtypes/i8_large');
    await results.expectTraces(1);
    await expect(
      results.viewer.locator('.jp-NeuronvisioDetails')
    ).toContainText('9007199254740993');
  });
});

test.describe('figures', () => {
  test('a new figure keeps the first one, and the list chooses between them', async ({
    results
  }) => {
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    await results.button('new-figure').click();
    await results.draw(CALCIUM);
    await results.expectTraces(1);
    expect((await results.drawn())[0].x).toHaveLength(41);
    await results.viewer
      .getByLabel('Figure to draw in')
      .selectOption({ label: 'Figure 1' });
    await expect
      .poll(async () => (await results.drawn())[0].x.length)
      .toBeGreaterThan(1000);
    await expect(results.row(SOMA_V)).toHaveAttribute('aria-selected', 'true');
  });

  test('a figure is dragged beside another', async ({ page, results }) => {
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.button('new-figure').click();
    await results.draw(CALCIUM);
    await results.expectTraces(1);
    const tab = results.viewer
      .locator('.jp-NeuronvisioFigures .lm-TabBar-tab')
      .filter({ hasText: 'Figure 2' });
    const from = (await tab.boundingBox())!;
    const dock = (await results.viewer
      .locator('.jp-NeuronvisioFigures')
      .boundingBox())!;
    await page.mouse.move(from.x + 20, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(dock.x + dock.width - 40, dock.y + dock.height / 2, {
      steps: 20
    });
    await page.mouse.up();
    await expect(results.plot).toHaveCount(2);
  });

  test('the legend hides, shows and removes traces', async ({ results }) => {
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.draw(CALCIUM, ['ControlOrMeta']);
    await results.expectTraces(2);
    await results.viewer.getByTitle('Hide soma · v').click();
    await results.expectTraces(1);
    await results.viewer.getByTitle('Show soma · v').click();
    await results.expectTraces(2);
    await results.viewer.getByTitle('Remove soma · v').click();
    await results.expectTraces(1);
    await expect(results.row(SOMA_V)).toHaveAttribute('aria-selected', 'false');
    await results.button('clear-figure').click();
    await expect(
      results.viewer.getByText('Select a variable in the tree')
    ).toBeVisible();
  });

  test('legend and points are switched from the toolbar', async ({
    results
  }) => {
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    const legend = results.viewer.locator('.jp-NeuronvisioLegend');
    await expect(legend).toBeVisible();
    await results.button('toggle-legend').click();
    await expect(legend).toBeHidden();
    await results.button('toggle-points').click();
    await expect
      .poll(async () => (await results.drawn())[0].mode)
      .toBe('markers');
  });

  test('the keys go through the toolbar of a tab that was in the background', async ({
    results,
    page
  }) => {
    await results.open(results.place('small.h5'));
    await results.open(results.place('small.h5', 'other.h5'));
    await page.locator('.lm-TabBar-tab', { hasText: 'small.h5' }).click();
    // The items come back out of the toolbar's menu.
    await expect(results.button('new-figure')).toBeVisible();
    await expect(results.viewer.getByLabel('Figure to draw in')).toBeVisible();
    await expect(results.button('toggle-legend')).toBeVisible();
    await results.row('/results/VecRef').click();
    // From the tree to the filter, and from there to the toolbar.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect(results.button('new-figure')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(results.viewer.getByLabel('Figure to draw in')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(results.button('toggle-legend')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(results.button('toggle-legend')).toHaveAttribute(
      'aria-pressed',
      'false'
    );
  });
});
