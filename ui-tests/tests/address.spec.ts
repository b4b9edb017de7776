import { expect, test } from './results';

test.describe("the page's address", () => {
  test('opens the file that it names, once, in our viewer', async ({
    page,
    results
  }) => {
    const file = results.place('small.h5', 'a b#ü%20&x.h5');
    const path = encodeURIComponent(file);
    const folder = encodeURIComponent(results.folder);
    await results.visit(
      `neuronvisio=open&path=${path}&file-browser-path=${folder}`
    );
    await results.draw('/results/VecRef/soma/v');
    await results.expectTraces(1);
    await expect(results.entry(file)).toBeVisible();
    await expect(page.locator('.jp-NeuronvisioDocument')).toHaveCount(1);
    expect(page.url()).not.toContain('neuronvisio=');
  });

  test('opens the dialog when it names no file', async ({ page, results }) => {
    results.place('small.h5', 'chosen.h5');
    await results.visit('neuronvisio=open');
    const dialog = page.locator('.jp-Dialog');
    // It starts where the file browser is, which may be on its way to a folder.
    await dialog.locator('.jp-BreadCrumbs-home').click();
    await dialog.getByText(results.folder, { exact: true }).dblclick();
    await dialog.getByText('chosen.h5').click();
    await dialog.locator('.jp-mod-accept').click();
    await expect(results.row('/results/VecRef')).toBeVisible();
    expect(page.url()).not.toContain('neuronvisio=');
  });
});
