import { expect, test } from './results';

const SOMA_V = '/results/VecRef/soma/v';

test.describe('the look', () => {
  test('follows the theme when it is switched, plots included', async ({
    page,
    results
  }) => {
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    const background = () =>
      results.plot
        .locator('.main-svg')
        .first()
        .evaluate(svg => getComputedStyle(svg).backgroundColor);
    const light = await background();
    await page.theme.setDarkTheme();
    await expect.poll(background).not.toBe(light);
    const layout = await results.viewer.evaluate(
      viewer => getComputedStyle(viewer).backgroundColor
    );
    expect(layout).not.toBe(light);
    await page.theme.setLightTheme();
    await expect.poll(background).toBe(light);
  });

  test('keeps the tree and the plot inside a page of 600 pixels', async ({
    page,
    results
  }) => {
    await page.setViewportSize({ width: 600, height: 800 });
    await page.sidebar.close('left');
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    const plot = (await results.plot.boundingBox())!;
    const tree = (await results.tree.boundingBox())!;
    expect(plot.width).toBeGreaterThan(200);
    expect(plot.x + plot.width).toBeLessThanOrEqual(600);
    expect(tree.width).toBeGreaterThan(130);
  });
});

test.describe('the settings', () => {
  test('decide how wide a line is drawn', async ({ page, results }) => {
    await results.open(results.place('small.h5'));
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    await page.evaluate(() =>
      window.jupyterapp.serviceManager.settings.save(
        'jupyterlab-neuronvisio:plugin',
        '{"lineWidth": 4}'
      )
    );
    await results.reload();
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    await expect(results.plot.locator('.scatterlayer .js-line')).toHaveCSS(
      'stroke-width',
      '4px'
    );
  });
});
