import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './results';

const SOMA_V = '/results/VecRef/soma/v';

test.describe('opening a result file', () => {
  test('by a double-click shows its groups', async ({ results }) => {
    const file = results.place('small.h5');
    await results.doubleClick(file);
    await expect(results.row('/results/VecRef')).toBeVisible();
    await expect(results.row('/results/SynVecRef')).toBeVisible();
    await expect(results.row('/results/MyGroup')).toBeVisible();
  });

  for (const name of ['storage.hdf5', 'LOUD.H5', 'a b#ü%20.h5']) {
    test(`by a double-click works for ${name}`, async ({ results }) => {
      await results.doubleClick(results.place('small.h5', name));
      await results.draw(SOMA_V);
      await results.expectTraces(1);
    });
  }

  test('by a slow double-click has the same panes as by the command', async ({
    page,
    results
  }) => {
    const sizes = async () => {
      const { width, height } = (await results.tree.boundingBox())!;
      return [Math.round(width), Math.round(height)];
    };
    await results.open(results.place('small.h5', 'before.h5'));
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    const before = await sizes();
    const file = results.place('small.h5');
    await page.filebrowser.openDirectory(results.folder);
    const trees = page.locator('.jp-NeuronvisioDocument [role=tree]');
    // After JupyterLab's own listener, which makes the tab.
    const filled = page
      .locator('.jp-DirListing')
      .evaluate(
        list =>
          new Promise<number>(resolve =>
            list.addEventListener('dblclick', () =>
              resolve(
                document.querySelectorAll('.jp-NeuronvisioDocument [role=tree]')
                  .length
              )
            )
          )
      );
    await expect(trees).toHaveCount(1);
    // The file is read while the second press lasts.
    await results.entry(file).dblclick({ delay: 1000 });
    expect(await filled).toBe(2);
    await expect(results.viewer).toContainText('VecRef');
    await expect.poll(sizes).toEqual(before);
  });

  test('by Open With names our viewer', async ({ page, results }) => {
    const file = results.place('small.h5');
    await page.filebrowser.open(file, 'Neuronvisio results');
    await expect(results.row('/results/VecRef')).toBeVisible();
  });

  test("by the file browser's context menu", async ({ page, results }) => {
    const file = results.place('small.h5');
    await page.filebrowser.openDirectory(results.folder);
    await results.entry(file).click({ button: 'right' });
    await page
      .getByRole('menu')
      .getByText('Open Neuronvisio results', { exact: true })
      .click();
    await expect(results.row('/results/VecRef')).toBeVisible();
  });

  test('by the palette, with a dialog of folders and HDF5 files', async ({
    page,
    results
  }) => {
    results.place('small.h5', 'chosen.h5');
    fs.writeFileSync(path.join(results.disk, 'notes.txt'), 'not a result');
    await page.filebrowser.openDirectory(results.folder);
    await page.keyboard.press('ControlOrMeta+Shift+C');
    await page
      .locator('.lm-CommandPalette-input')
      .fill('Open Neuronvisio results');
    await page.keyboard.press('Enter');
    const dialog = page.locator('.jp-Dialog');
    await expect(dialog.getByText('chosen.h5')).toBeVisible();
    await expect(dialog.getByText('notes.txt')).toHaveCount(0);
    await dialog.getByText('chosen.h5').click();
    await dialog.locator('.jp-mod-accept').click();
    await expect(results.row('/results/VecRef')).toBeVisible();
  });

  test('a second time brings its tab to the front', async ({
    page,
    results
  }) => {
    const first = results.place('small.h5', 'first.h5');
    const second = results.place('small.h5', 'second.h5');
    await results.open(first);
    await results.open(second);
    await results.doubleClick(first);
    await expect(page.locator('.jp-NeuronvisioDocument')).toHaveCount(2);
    await expect(
      page.locator(
        '#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current[data-type="document-title"]'
      )
    ).toContainText('first.h5');
  });

  test('brings the tabs back when the page is reloaded', async ({
    page,
    results
  }) => {
    const file = results.place('small.h5');
    const saved = results.layoutSaved(file);
    await results.doubleClick(file);
    await saved;
    await results.reload();
    await expect(results.row('/results/VecRef')).toBeVisible();
  });

  test('writes nothing: no save, no checkpoint, no lock, not even by Save', async ({
    page,
    results
  }) => {
    const file = results.place('small.h5');
    const before = results.snapshot();
    const writes: string[] = [];
    page.on('request', request => {
      const url = request.url();
      if (
        request.method() !== 'GET' &&
        request.method() !== 'HEAD' &&
        url.includes(encodeURIComponent(path.basename(file)))
      ) {
        writes.push(`${request.method()} ${url}`);
      }
    });
    await results.doubleClick(file);
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    await page.keyboard.press('ControlOrMeta+s');
    const refused = await page.evaluate(() =>
      window.jupyterapp.commands.execute('docmanager:save').then(
        () => 'saved',
        (reason: Error) => reason.message
      )
    );
    expect(refused).toContain('cannot be saved');
    expect(writes).toEqual([]);
    expect(results.snapshot()).toEqual(before);
  });

  test('moves a small part of a large file', async ({ page, results }) => {
    const file = results.place('pytables.h5');
    let moved = 0;
    page.on('response', async response => {
      if (response.url().includes('/files/')) {
        moved += Number(response.headers()['content-length'] ?? 0);
      }
    });
    await results.doubleClick(file);
    await results.draw('/results/VecRef/latin/v');
    await results.expectTraces(1);
    const size = fs.statSync(path.join(results.disk, 'pytables.h5')).size;
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(size / 2);
  });

  test('shows a file, and reads it, while the server still says what it is', async ({
    page,
    results
  }) => {
    await results.open(results.place('small.h5', 'first.h5'));
    const file = results.place('small.h5');
    let say = () => {};
    const asked = new Promise<void>(resolve => {
      say = resolve;
    });
    await page.route(/api\/contents\/.*small\.h5\?/, async route => {
      await asked;
      await route.continue();
    });
    await results.doubleClick(file);
    // The click of a hand reaches nothing that is covered.
    await results.draw('/results/VecRef/soma/v');
    await results.expectTraces(1);
    const spinner = results.viewer.locator('.jp-Spinner');
    await expect(spinner).toHaveCount(1);
    await expect(spinner).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
    await expect(spinner.locator('.jp-SpinnerContent')).toHaveCount(1);
    await expect(spinner.locator('.jp-SpinnerContent')).toBeHidden();
    say();
    await expect(spinner).toHaveCount(0);
    await results.expectTraces(1);
  });

  test('loads the viewer when a result file is first pressed on, and opens nothing', async ({
    page,
    results
  }) => {
    const file = results.place('small.h5');
    fs.writeFileSync(path.join(results.disk, 'notes.txt'), 'none');
    let asked = false;
    page.on('request', request => {
      asked ||= /neuronvisio-worker/.test(request.url());
    });
    await page.filebrowser.openDirectory(results.folder);
    const notes = results.entry(`${results.folder}/notes.txt`);
    await notes.click();
    await expect(notes).toHaveClass(/jp-mod-selected/);
    expect(asked).toBe(false);
    const worker = page.waitForRequest(/neuronvisio-worker/);
    await results.entry(file).click();
    await worker;
    await expect(results.viewer).toHaveCount(0);
  });

  test('reads a file from the second press of the double click on, and once', async ({
    page,
    results
  }) => {
    await results.open(results.place('small.h5', 'first.h5'));
    const file = results.placeOld('small.h5');
    await page.filebrowser.openDirectory(results.folder);
    const read: string[] = [];
    page.on('request', request => {
      if (/\/files\/.*\/small\.h5/.test(request.url())) {
        read.push(request.headers()['range'] ?? 'whole');
      }
    });
    await results.entry(file).hover();
    await page.mouse.down({ clickCount: 1 });
    await page.mouse.up({ clickCount: 1 });
    await expect(results.entry(file)).toHaveClass(/jp-mod-selected/);
    expect(read).toEqual([]);
    await page.mouse.down({ clickCount: 2 });
    await expect
      .poll(() => read.length, { intervals: [20] })
      .toBeGreaterThan(0);
    await expect(page.locator('.jp-NeuronvisioDocument')).toHaveCount(1);
    await page.mouse.up({ clickCount: 2 });
    await expect(page.locator('.jp-NeuronvisioDocument')).toHaveCount(2);
    await results.draw(SOMA_V);
    await results.expectTraces(1);
    expect(new Set(read).size).toBe(read.length);
  });
});
