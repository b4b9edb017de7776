import { expect, test } from './results';

test.describe('with jupyterlab-h5web installed', () => {
  test('our command opens our viewer', async ({ page, results }) => {
    const installed = await page.evaluate(() =>
      window.jupyterapp.listPlugins().includes('jupyterlab-h5web')
    );
    expect(installed).toBe(true);
    await results.open(results.place('small.h5'));
    await results.draw('/results/VecRef/soma/v');
    await results.expectTraces(1);
  });

  test("the file browser's context menu opens our viewer", async ({
    page,
    results
  }) => {
    const file = results.place('small.h5');
    await page.filebrowser.openDirectory(results.folder);
    await results.entry(file).click({ button: 'right' });
    await page
      .getByRole('menu')
      .getByText('Open Neuronvisio results', { exact: true })
      .click();
    await expect(results.row('/results/VecRef')).toBeVisible();
  });

  test("the page's address opens our viewer alone", async ({
    page,
    results
  }) => {
    const path = encodeURIComponent(results.place('small.h5'));
    await results.visit(`neuronvisio=open&path=${path}`);
    await expect(results.row('/results/VecRef')).toBeVisible();
    await expect(
      page.locator(
        '#jp-main-dock-panel .lm-TabBar-tab[data-type="document-title"]',
        { hasText: 'small.h5' }
      )
    ).toHaveCount(1);
  });

  test('a reload brings our tabs back as ours', async ({ results }) => {
    const file = results.place('small.h5');
    const saved = results.layoutSaved(file);
    await results.open(file);
    await saved;
    await results.reload();
    await expect(results.row('/results/VecRef')).toBeVisible();
  });
});
