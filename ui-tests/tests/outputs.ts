import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { IDrawnTrace, Results } from './results';
import { expect, PYTHON } from './results';

const CHECKOUT = path.resolve(__dirname, '..', '..');

// What a kernel would have put into the notebook, without waiting for one.
const WRITE = `
import json, os, sys
import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output
import neuronvisio
name, cells = sys.argv[1], json.loads(sys.argv[2])
os.environ["JPY_SESSION_NAME"] = os.path.join(os.getcwd(), name)
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
notebook = new_notebook(metadata={"kernelspec": kernel})
for source in cells:
    if isinstance(source, str):
        data = eval(source, {"open": neuronvisio.open})._repr_mimebundle_()
    else:
        data, source = source, "# canned"
    output = new_output("execute_result", data=data, execution_count=1)
    notebook.cells.append(new_code_cell(source, outputs=[output], execution_count=1))
nbformat.write(notebook, name)
`;

/** The MIME type of our outputs. */
export const MIME_TYPE = 'application/vnd.neuronvisio.refs+json';

/** A canned bundle of the fixtures, as the data of an output. */
export function canned(name: string): Record<string, unknown> {
  const file = path.join(CHECKOUT, 'fixtures', 'bundles', `${name}.json`);
  return {
    [MIME_TYPE]: JSON.parse(fs.readFileSync(file, 'utf8')) as unknown,
    'text/plain': `the text of ${name}`
  };
}

/** Write a notebook; a text is run with our `open`, anything else is the data of its output. */
export function writeNotebook(
  folder: string,
  name: string,
  cells: readonly (string | object)[]
): void {
  execFileSync(PYTHON, ['-c', WRITE, name, JSON.stringify(cells)], {
    cwd: folder
  });
}

/** The outputs of a notebook, and what a hand does with them. */
export class Outputs {
  constructor(
    readonly page: IJupyterLabPageFixture,
    readonly results: Results
  ) {
    page.on('request', request => {
      const { pathname } = new URL(request.url());
      if (decodeURIComponent(pathname).includes('.h5')) {
        this.requests.push(pathname);
      }
    });
  }

  /** Every request for a result file or about one. */
  readonly requests: string[] = [];

  /** Write a notebook beside the result files and open it. */
  async open(
    cells: readonly (string | object)[],
    name = 'notes.ipynb'
  ): Promise<void> {
    writeNotebook(this.results.disk, name, cells);
    await this.page.notebook.openByPath(`${this.results.folder}/${name}`);
    await expect(this.all.first()).toBeVisible();
  }

  /** Trust the notebook as a user does. */
  async trust(): Promise<void> {
    const done = this.page.evaluate(() =>
      window.jupyterapp.commands.execute('notebook:trust')
    );
    await this.page.locator('.jp-Dialog .jp-mod-accept').click();
    await done;
    await expect(this.all.first()).toBeVisible();
  }

  /** Every output of ours. */
  get all(): Locator {
    return this.page.locator('.jp-NeuronvisioOutput');
  }

  /** One of them, from 0. */
  at(place: number): OneOutput {
    return new OneOutput(this.all.nth(place));
  }
}

/** One output. */
export class OneOutput {
  constructor(readonly node: Locator) {}

  /** What stands above the tree. */
  get line(): Locator {
    return this.node.locator('.jp-NeuronvisioOutput-line');
  }

  /** A row of the tree, by the path in the file. */
  row(node: string): Locator {
    return this.node.locator(`[data-path="${node}"]`);
  }

  /** Expand everything on the way to a node, then click it. */
  async click(node: string, modifiers: 'ControlOrMeta'[] = []): Promise<void> {
    const parts = node.split('/').slice(2);
    for (let depth = 1; depth < parts.length; depth++) {
      const parent = this.row(`/results/${parts.slice(0, depth).join('/')}`);
      if ((await parent.getAttribute('aria-expanded')) !== 'true') {
        await parent.click();
        await expect(parent).toHaveAttribute('aria-expanded', 'true');
      }
    }
    await this.row(node).click({ modifiers });
  }

  /** The names in the legend. */
  get legend(): Locator {
    return this.node.locator('.jp-NeuronvisioLegend-name');
  }

  /** The plot. */
  get plot(): Locator {
    return this.node.locator('.js-plotly-plot');
  }

  /** Wait until this many traces are drawn. */
  async expectTraces(count: number): Promise<void> {
    await expect(this.plot.locator('.scatterlayer .trace')).toHaveCount(count);
  }

  /** What plotly draws now. */
  drawn(): Promise<IDrawnTrace[]> {
    return this.plot.evaluate(node => {
      const data = (node as unknown as { data: Record<string, unknown>[] })
        .data;
      return data.map(trace => ({
        x: Array.from(trace.x as ArrayLike<number>),
        y: Array.from(trace.y as ArrayLike<number>),
        mode: String(trace.mode)
      }));
    });
  }

  /** Drag over the plot from a part of its width to another, to zoom. */
  async zoom(from: number, to: number): Promise<void> {
    const area = this.plot.locator('.nsewdrag').first();
    const box = (await area.boundingBox())!;
    const { mouse } = this.node.page();
    const y = box.y + box.height / 2;
    await mouse.move(box.x + box.width * from, y);
    await mouse.down();
    await mouse.move(box.x + box.width * to, y, { steps: 5 });
    await mouse.up();
  }
}
