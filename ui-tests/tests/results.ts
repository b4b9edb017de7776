import { expect, test as base } from '@jupyterlab/galata';
import type {
  IJupyterLabPageFixture,
  JupyterLabPage
} from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import * as fs from 'node:fs';
import * as path from 'node:path';

const CHECKOUT = path.resolve(__dirname, '..', '..');
const FIXTURES = path.join(CHECKOUT, 'fixtures');

/** The Python that the server runs in. */
export const PYTHON = [
  path.join(CHECKOUT, '.venv', 'bin', 'python'),
  path.join(CHECKOUT, '.venv', 'Scripts', 'python.exe')
].find(file => fs.existsSync(file))!;

/** When a file was changed that nobody writes to any more. */
const LONG_AGO = new Date('2026-01-01T12:00:00Z');

/** One trace as plotly draws it. */
export interface IDrawnTrace {
  readonly x: number[];
  readonly y: (number | null)[];
  readonly mode: string;
}

/** A folder of result files on the server, and what a hand does with them. */
export class Results {
  constructor(
    readonly page: IJupyterLabPageFixture,
    /** The folder as the server names it. */
    readonly folder: string,
    /** The same folder on the disk. */
    readonly disk: string
  ) {}

  /** Copy a fixture to the server; the answer is its path there. */
  place(fixture: string, name = path.basename(fixture)): string {
    fs.copyFileSync(path.join(FIXTURES, fixture), path.join(this.disk, name));
    return `${this.folder}/${name}`;
  }

  /** The same of a file that was written long ago, and is not about to become another. */
  placeOld(fixture: string, name = path.basename(fixture)): string {
    const file = this.place(fixture, name);
    fs.utimesSync(path.join(this.disk, name), LONG_AGO, LONG_AGO);
    return file;
  }

  /** Take a file of the folder away. */
  remove(name: string): void {
    fs.unlinkSync(path.join(this.disk, name));
  }

  /**
   * Every file in the folder, hidden ones too, with its time, mode and bytes.
   * An empty `.ipynb_checkpoints` does not count: the Jupyter server makes it
   * when JupyterLab asks for the checkpoints of any document.
   */
  snapshot(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const name of fs.readdirSync(this.disk, { recursive: true })) {
      const file = path.join(this.disk, String(name));
      const stat = fs.statSync(file);
      if (stat.isFile()) {
        const bytes = fs.readFileSync(file, 'base64');
        found[String(name)] = `${stat.mtimeMs} ${stat.mode} ${bytes}`;
      }
    }
    return found;
  }

  /** Open a file as the file browser does: by a double-click. */
  async doubleClick(file: string): Promise<void> {
    await this.page.filebrowser.openDirectory(this.folder);
    await this.entry(file).dblclick();
    await expect(this.viewer).toBeVisible();
  }

  /** Open a file by our command. */
  async open(file: string): Promise<void> {
    await this.page.evaluate(
      target =>
        window.jupyterapp.commands.execute('neuronvisio:open-results', {
          path: target
        }),
      file
    );
    await expect(this.viewer).toBeVisible();
  }

  /** The file in the file browser's listing. */
  entry(file: string): Locator {
    return this.page
      .locator('.jp-DirListing-item')
      .filter({ hasText: path.basename(file) });
  }

  /** Settles when JupyterLab saved a layout that holds the file; ask before opening it. */
  async layoutSaved(file: string): Promise<void> {
    await this.saved(text => text.includes(`neuronvisio:${file}`));
  }

  /** Settles when JupyterLab saved a workspace of which this holds; ask before it changes. */
  async saved(holds: (workspace: string) => boolean): Promise<void> {
    await this.page.waitForRequest(
      request =>
        request.method() === 'PUT' &&
        request.url().includes('/api/workspaces') &&
        holds(request.postData() ?? '')
    );
  }

  /** Reload the page, leaving what it opens by itself as it is. */
  async reload(): Promise<void> {
    // Galata would wait for a launcher, which a restored layout need not have.
    const page: Pick<JupyterLabPage, 'reload'> = this.page;
    await page.reload({ waitForIsReady: false });
  }

  /** Come to the page by an address with this query, as by a link. */
  async visit(query: string): Promise<void> {
    // Galata's own way would wait for a launcher, too.
    await this.page.evaluate(
      address => window.history.replaceState({}, '', address),
      `/lab?${query}`
    );
    await this.reload();
  }

  /** The viewer in the front. */
  get viewer(): Locator {
    return this.page.locator('.jp-NeuronvisioDocument:visible');
  }

  /** The tree of the viewer in the front. */
  get tree(): Locator {
    return this.viewer.getByRole('tree');
  }

  /** A row of the tree, by the path in the file. */
  row(node: string): Locator {
    return this.tree.locator(`[data-path="${node}"]`);
  }

  /** Open the groups and sections on the way to a variable, then click it. */
  async draw(node: string, modifiers: 'ControlOrMeta'[] = []): Promise<void> {
    await this.reveal(node);
    await this.row(node).click({ modifiers });
  }

  /** Expand everything on the way to a node. */
  async reveal(node: string): Promise<void> {
    const parts = node.split('/').slice(2);
    for (let depth = 1; depth < parts.length; depth++) {
      const parent = this.row(`/results/${parts.slice(0, depth).join('/')}`);
      await this.scrollTo(parent);
      if ((await parent.getAttribute('aria-expanded')) !== 'true') {
        await parent.click();
        await expect(parent).toHaveAttribute('aria-expanded', 'true');
      }
    }
    await this.scrollTo(this.row(node));
  }

  /** Turn the wheel over the tree until a row is in view; only those in view are in the page. */
  async scrollTo(row: Locator): Promise<void> {
    await this.tree.hover();
    await expect
      .poll(
        async () => {
          if ((await row.count()) > 0) {
            return true;
          }
          await this._turnWheel();
          return false;
        },
        { intervals: [50], timeout: 15000 }
      )
      .toBe(true);
    await row.scrollIntoViewIfNeeded();
  }

  /** Turn the wheel over the tree and wait until it rests; at its end, turn it back: rows may have come while it turned. */
  private async _turnWheel(): Promise<void> {
    const { before, isAtEnd } = await this.tree.evaluate(node => ({
      before: node.scrollTop,
      isAtEnd: node.scrollTop + node.clientHeight >= node.scrollHeight - 1
    }));
    if (isAtEnd) {
      await this.page.mouse.wheel(0, -before);
      return;
    }
    await this.page.mouse.wheel(0, 300);
    await this.tree.evaluate(
      (node, top) =>
        new Promise<void>(resolve => {
          let last = top;
          let frames = 0;
          const look = () => {
            const moves = node.scrollTop === top || node.scrollTop !== last;
            last = node.scrollTop;
            frames = moves ? 0 : frames + 1;
            if (frames > 5) {
              resolve();
            } else {
              requestAnimationFrame(look);
            }
          };
          look();
        }),
      before
    );
  }

  /** The plot of the figure in the front. */
  get plot(): Locator {
    return this.viewer.locator('.js-plotly-plot:visible');
  }

  /** What plotly draws now. */
  async drawn(): Promise<IDrawnTrace[]> {
    return this.plot.first().evaluate(node => {
      const data = (node as unknown as { data: Record<string, unknown>[] })
        .data;
      return data
        .filter(trace => trace.visible !== false)
        .map(trace => ({
          x: Array.from(trace.x as ArrayLike<number>),
          y: Array.from(trace.y as ArrayLike<number>),
          mode: String(trace.mode)
        }));
    });
  }

  /** Wait until this many traces are drawn. */
  async expectTraces(count: number): Promise<void> {
    if (count === 0) {
      await expect(this.plot.locator('.scatterlayer .trace')).toHaveCount(0);
      return;
    }
    await expect(this.plot.locator('.scatterlayer .trace')).toHaveCount(count);
  }

  /** The texts of the ticks of an axis. */
  ticks(axis: 'x' | 'y'): Locator {
    return this.plot.locator(`.${axis}tick text`);
  }

  /** The names in the legend of the figure in the front. */
  get legend(): Locator {
    return this.viewer.locator('.jp-NeuronvisioLegend-name:visible');
  }

  /** The names of the files that the one in the front is compared with. */
  get compared(): Locator {
    return this.viewer.getByRole('list', { name: 'Compared results' });
  }

  /** Compare with files of the opened file's folder: by the palette, and the dialog that comes. */
  async compare(...names: string[]): Promise<void> {
    const { page } = this;
    await page.keyboard.press('ControlOrMeta+Shift+C');
    await page
      .locator('.lm-CommandPalette-input')
      .fill('Add results to compare');
    await page.keyboard.press('Enter');
    const dialog = page.locator('.jp-Dialog');
    for (const [index, name] of names.entries()) {
      await dialog
        .getByText(name, { exact: true })
        .click({ modifiers: index > 0 ? ['ControlOrMeta'] : [] });
    }
    await dialog.locator('.jp-mod-accept').click();
    await expect(dialog).toHaveCount(0);
  }

  /** A button of the viewer's toolbar, by its command. */
  button(command: string): Locator {
    return this.viewer.locator(
      `.jp-Toolbar [data-command="neuronvisio:${command}"]`
    );
  }
}

/** Galata's test with a folder of result files. */
export const test = base.extend<{ results: Results }>({
  results: async ({ page, tmpPath }, use, info) => {
    const root = process.env.NEURONVISIO_UI_ROOT ?? '';
    const disk = path.join(root, info.project.name, tmpPath);
    fs.mkdirSync(disk, { recursive: true });
    await use(new Results(page, tmpPath, disk));
  }
});

export { expect };
