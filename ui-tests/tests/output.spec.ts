import * as fs from 'node:fs';
import * as path from 'node:path';
import { canned, Outputs } from './outputs';
import { expect, test as base } from './results';

const CALCIUM = '/results/MyGroup/soma/calcium';
const SHOWN = "open('small.h5').show(['VecRef/soma/v'])";

const test = base.extend<{ outputs: Outputs }>({
  outputs: async ({ page, results }, use) => use(new Outputs(page, results))
});

test.describe('an output of an untrusted notebook', () => {
  test('draws the samples that the notebook holds, and asks for nothing', async ({
    outputs,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    const output = outputs.at(0);
    await output.expectTraces(1);
    const [trace] = await output.drawn();
    expect(trace.x[0]).toBe(0);
    expect(trace.x[trace.x.length - 1]).toBeCloseTo(40);
    await expect(output.plot.locator('.xtitle')).toHaveText('t (ms, assumed)');
    await expect(output.legend).toHaveText(['soma · v']);
    await output.click(CALCIUM);
    await expect(output.line).toContainText('This notebook is not trusted');
    await expect(output.node).toContainText('reads no file because');
    expect(outputs.requests).toEqual([]);
  });

  test('keeps what it draws through a zoom', async ({ outputs, results }) => {
    results.place('long-spike.h5');
    await outputs.open([
      "open('long-spike.h5').show(['VecRef/soma/one_spike'])"
    ]);
    const output = outputs.at(0);
    await output.expectTraces(1);
    const [whole] = await output.drawn();
    expect(Math.max(...(whole.y as number[]))).toBe(1);
    await output.zoom(0.2, 0.4);
    await expect(output.line).toContainText('This notebook is not trusted');
    expect((await output.drawn())[0]).toEqual(whole);
    expect(outputs.requests).toEqual([]);
  });

  test('shows texts of the bundle as text', async ({ outputs }) => {
    await outputs.open([canned('good-hostile-texts')]);
    const output = outputs.at(0);
    await output.expectTraces(1);
    await expect(output.node).toContainText('<img src=q onerror=alert(1)>');
    await expect(output.node.locator('img, a')).toHaveCount(0);
    expect(outputs.requests).toEqual([]);
  });

  for (const name of [
    'later-version',
    'bad-shape',
    'bad-null',
    'odd-lengths'
  ]) {
    test(`shows the text of ${name}, and why`, async ({ outputs }) => {
      await outputs.open([canned(name), canned('good-traces')]);
      await expect(outputs.at(0).node).toContainText(`the text of ${name}`);
      await expect(outputs.at(0).node).toContainText('its text is:');
      await outputs.at(1).expectTraces(5);
    });
  }
});

test.describe('an output whose code is on its way', () => {
  test('has its room, so that the cells below stay where they are', async ({
    outputs,
    page
  }) => {
    let release: () => void = () => undefined;
    const released = new Promise<void>(resolve => (release = resolve));
    await page.route(/jupyterlab-neuronvisio\/static\/.*\.js/, async route => {
      await released;
      await route.continue();
    });
    const opened = outputs.open([canned('good-traces'), canned('good-traces')]);
    const shown = page.locator('.jp-NeuronvisioRenderer').first();
    await expect(shown).toContainText('Loading the viewer…');
    const below = page.locator('.jp-Notebook .jp-Cell').nth(1);
    const before = await below.boundingBox();
    expect(before!.y).toBeGreaterThan(400);
    release();
    await opened;
    await outputs.at(0).expectTraces(5);
    await expect(shown).not.toContainText('Loading the viewer…');
    expect(await below.boundingBox()).toEqual(before);
  });
});

test.describe('an output of a trusted notebook', () => {
  test('reads the file when more is wanted, and not before', async ({
    outputs,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    await outputs.trust();
    const output = outputs.at(0);
    await output.expectTraces(1);
    await output.row('/results/VecRef').waitFor();
    expect(outputs.requests).toEqual([]);
    await output.click(CALCIUM, ['ControlOrMeta']);
    await output.expectTraces(2);
    await expect(output.legend).toHaveText(['soma · v', 'soma · calcium']);
    const [, calcium] = await output.drawn();
    expect(calcium.x).toEqual(Array.from({ length: 41 }, (_, i) => i));
    expect(outputs.requests.length).toBeGreaterThan(0);
    await expect(output.line).toBeHidden();
  });

  test('reads the samples in view when it is zoomed', async ({
    outputs,
    results
  }) => {
    results.place('long-spike.h5');
    await outputs.open([
      "open('long-spike.h5').show(['VecRef/soma/one_spike'])"
    ]);
    await outputs.trust();
    const output = outputs.at(0);
    await output.expectTraces(1);
    const [whole] = await output.drawn();
    expect(outputs.requests).toEqual([]);
    await output.zoom(0.2, 0.4);
    const last = whole.x[whole.x.length - 1];
    await expect
      .poll(async () => {
        const [zoomed] = await output.drawn();
        return zoomed.x[zoomed.x.length - 1] < last;
      })
      .toBe(true);
    const [zoomed] = await output.drawn();
    const inView = whole.x.filter(
      x => x >= zoomed.x[0] && x <= zoomed.x[zoomed.x.length - 1]
    );
    expect(zoomed.x.length).toBeGreaterThan(inView.length);
  });

  test('works where the notebook was copied with its file', async ({
    outputs,
    results,
    page
  }) => {
    const there = path.join(results.disk, 'copy of it');
    fs.mkdirSync(there);
    results.place('small.h5');
    await outputs.open([SHOWN]);
    await page.notebook.close(true);
    for (const name of ['small.h5', 'notes.ipynb']) {
      fs.renameSync(path.join(results.disk, name), path.join(there, name));
    }
    await page.notebook.openByPath(`${results.folder}/copy of it/notes.ipynb`);
    await outputs.trust();
    await outputs.at(0).click(CALCIUM);
    await expect(outputs.at(0).legend).toHaveText(['soma · calcium']);
    await outputs.at(0).expectTraces(1);
  });

  test('says that the file changed, and shows it as it is when that is wanted', async ({
    outputs,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    results.place('long-spike.h5', 'small.h5');
    await outputs.trust();
    const output = outputs.at(0);
    await output.click(CALCIUM);
    await expect(output.line).toContainText('changed since this output');
    await output.node.getByText('Show the file as it is now').click();
    await expect(output.line).toBeHidden();
    await expect(output.row('/results/MyGroup')).toHaveCount(0);
    await output.click('/results/VecRef/soma/one_spike');
    await expect(output.legend).toHaveText(['soma · one_spike']);
    await output.expectTraces(1);
  });

  test('says that the file is gone, and keeps what it shows', async ({
    outputs,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    fs.rmSync(path.join(results.disk, 'small.h5'));
    await outputs.trust();
    const output = outputs.at(0);
    await output.click(CALCIUM, ['ControlOrMeta']);
    await expect(output.line).toContainText('is not there any more');
    await output.expectTraces(1);
  });

  for (const name of ['absolute', 'scheme', 'leaves', 'drive']) {
    test(`asks for nothing where the path is ${name}`, async ({ outputs }) => {
      await outputs.open([canned(`good-path-${name}`)]);
      await outputs.trust();
      const output = outputs.at(0);
      await output.click('/results/VecRef/dend_1/v');
      await expect(output.line).toContainText('not in the folder');
      const asked = outputs.requests.filter(
        request => !request.endsWith('.ipynb')
      );
      expect(asked).toEqual([]);
    });
  }
});

test.describe('an output', () => {
  test('opens its file in a tab with the same traces', async ({
    outputs,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    await outputs.at(0).expectTraces(1);
    await outputs.at(0).node.getByText('Open in a tab').click();
    await expect(results.viewer).toBeVisible();
    await results.expectTraces(1);
    await expect(
      results.viewer.locator('.jp-NeuronvisioLegend-name')
    ).toHaveText(['soma · v']);
  });

  test('follows the theme, and its own buttons', async ({
    outputs,
    page,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    const output = outputs.at(0);
    await output.expectTraces(1);
    const background = () =>
      output.plot
        .locator('.main-svg')
        .first()
        .evaluate(svg => getComputedStyle(svg).backgroundColor);
    const light = await background();
    await page.theme.setDarkTheme();
    await expect.poll(background).not.toBe(light);
    await output.node
      .getByTitle('Draw the samples as points in place of lines')
      .click();
    await expect
      .poll(async () => (await output.drawn())[0].mode)
      .toBe('markers');
    await output.node.getByTitle('Remove all traces from the figure').click();
    await expect(output.legend).toHaveCount(0);
  });

  test('is made higher by its lower border', async ({
    outputs,
    page,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    const output = outputs.at(0);
    await output.expectTraces(1);
    const high = (await output.plot.boundingBox())!.height;
    const handle = output.node.getByRole('separator', { name: 'Height' });
    await handle.scrollIntoViewIfNeeded();
    const box = (await handle.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 104, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(async () => (await output.plot.boundingBox())!.height)
      .toBeCloseTo(high + 100, -1);
  });

  test('keeps the keys of its tree to itself', async ({
    outputs,
    page,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    const output = outputs.at(0);
    await output.click('/results/VecRef/soma');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('b');
    await page.keyboard.press('x');
    expect(await page.notebook.getCellCount()).toBe(1);
    await output.node.getByPlaceholder('Filter').fill('calcium');
    await expect(output.row(CALCIUM)).toBeVisible();
  });

  test('shows itself in a view of its own too', async ({
    outputs,
    page,
    results
  }) => {
    results.place('small.h5');
    await outputs.open([SHOWN]);
    await page.locator('.jp-OutputArea-output').first().click();
    await page.evaluate(() =>
      window.jupyterapp.commands.execute('notebook:create-output-view')
    );
    const mirror = page.locator('.jp-LinkedOutputView');
    await expect(
      mirror.locator('.js-plotly-plot .scatterlayer .trace')
    ).toHaveCount(1);
  });

  test('is shown in a console too, and reads on from the file', async ({
    outputs,
    page,
    results
  }) => {
    results.place('small.h5');
    await page.evaluate(
      // As the launcher does in a folder.
      cwd =>
        window.jupyterapp.commands.execute('console:create', {
          cwd,
          kernelPreference: { name: 'python3' }
        }),
      results.folder
    );
    await expect(page.getByText('Python 3 (ipykernel) | Idle')).toBeVisible({
      timeout: 40000
    });
    await page.locator('.jp-CodeConsole-input .cm-content').click();
    await page.keyboard.type(`import neuronvisio; neuronvisio.${SHOWN}`);
    await page.keyboard.press('Shift+Enter');
    const output = outputs.at(0);
    await output.expectTraces(1);
    await output.click(CALCIUM, ['ControlOrMeta']);
    await expect(output.legend).toHaveText(['soma · v', 'soma · calcium']);
    await output.expectTraces(2);
  });

  test('of fifty costs nothing before it is in sight, and no WebGL at all', async ({
    outputs,
    page,
    results
  }) => {
    results.place('small.h5');
    await page.evaluate(() => {
      const counted = window as unknown as { webgl: number };
      counted.webgl = 0;
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (
        this: HTMLCanvasElement,
        ...args: unknown[]
      ) {
        counted.webgl += /webgl/.test(String(args[0])) ? 1 : 0;
        return Reflect.apply(original, this, args) as never;
      } as never;
    });
    await outputs.open(Array.from({ length: 50 }, () => SHOWN));
    await outputs.at(0).expectTraces(1);
    expect(await page.locator('.js-plotly-plot').count()).toBeLessThan(6);
    await page.evaluate(() =>
      window.jupyterapp.commands.execute('editmenu:clear-all')
    );
    await expect(outputs.all).toHaveCount(0);
    expect(
      await page.evaluate(() => (window as unknown as { webgl: number }).webgl)
    ).toBe(0);
  });
});
