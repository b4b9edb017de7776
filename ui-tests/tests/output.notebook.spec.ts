import { expect, test } from '@playwright/test';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { OneOutput, writeNotebook } from './outputs';

const CHECKOUT = path.resolve(__dirname, '..', '..');
const FOLDER = path.join(process.env.NEURONVISIO_UI_ROOT ?? '', 'notebook');

test.describe('Jupyter Notebook', () => {
  test('shows an output, and opens its file in a page with the same traces', async ({
    context,
    page
  }) => {
    fs.copyFileSync(
      path.join(CHECKOUT, 'fixtures', 'small.h5'),
      path.join(FOLDER, 'small.h5')
    );
    writeNotebook(FOLDER, 'notes.ipynb', [
      "open('small.h5').show(['VecRef/soma/v'])"
    ]);
    await page.goto('/notebooks/notes.ipynb');
    const output = new OneOutput(page.locator('.jp-NeuronvisioOutput').first());
    await output.expectTraces(1);
    await expect(output.legend).toHaveText(['soma · v']);
    const opened = context.waitForEvent('page');
    await output.node.getByText('Open in a tab').click();
    const file = await opened;
    const viewer = file.locator('.jp-NeuronvisioDocument');
    await expect(
      viewer.locator('.js-plotly-plot .scatterlayer .trace')
    ).toHaveCount(1);
    await expect(viewer.locator('.jp-NeuronvisioLegend-name')).toHaveText([
      'soma · v'
    ]);
  });
});
