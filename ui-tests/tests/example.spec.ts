import * as fs from 'node:fs';
import * as path from 'node:path';
import { OneOutput } from './outputs';
import { expect, test } from './results';

const EXAMPLE = path.resolve(
  __dirname,
  '..',
  '..',
  'examples',
  'notebook.ipynb'
);

test.describe('the example notebook', () => {
  test('runs, grows, saves and shows', async ({ page, results }) => {
    // Long enough to be watched on any machine.
    const text = fs.readFileSync(EXAMPLE, 'utf8');
    expect(text).toContain('h.tstop = 600');
    fs.writeFileSync(
      path.join(results.disk, 'notebook.ipynb'),
      text.replace('h.tstop = 600', 'h.tstop = 3000')
    );
    await page.notebook.openByPath(`${results.folder}/notebook.ipynb`);
    const outputs = page.locator('.jp-NeuronvisioOutput');
    const live = new OneOutput(outputs.nth(0));
    await expect(page.getByText('Python 3 (ipykernel) | Idle')).toBeVisible({
      timeout: 40000
    });
    await page.menu.clickMenuItem('Run>Run All Cells');
    await expect(live.node).toContainText('the simulation is running', {
      timeout: 20000
    });
    await live.node.scrollIntoViewIfNeeded();
    await live.expectTraces(2);
    const length = async () => (await live.drawn())[0].x.at(-1) ?? 0;
    const early = await length();
    await expect(outputs).toHaveCount(4, { timeout: 30000 });
    await expect(live.node).not.toContainText('the simulation is running');
    await live.node.scrollIntoViewIfNeeded();
    await expect.poll(length).toBeCloseTo(3000, 0);
    expect(early).toBeLessThan(3000);

    const shown = new OneOutput(outputs.nth(2));
    await shown.node.scrollIntoViewIfNeeded();
    await expect(shown.legend).toHaveText(['soma · v', 'soma · ina']);
    await shown.expectTraces(2);
    // The kernel ran it, so the notebook is trusted: it reads on from the file.
    await shown.click('/results/VecRef/dend/v', ['ControlOrMeta']);
    await shown.expectTraces(3);
    const [soma, , dend] = await shown.drawn();
    expect(dend.x.at(-1)).toBeCloseTo(soma.x.at(-1) ?? NaN, 6);

    const section = new OneOutput(outputs.nth(3));
    await section.node.scrollIntoViewIfNeeded();
    await expect(section.legend).toHaveText(['dend · v']);
    expect(fs.existsSync(path.join(results.disk, 'storage.h5'))).toBe(true);
  });
});
