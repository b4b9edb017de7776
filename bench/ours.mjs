import {
  closeAll,
  isSeen,
  isThere,
  measure,
  measureOpening,
  settled
} from './lab.mjs';

/** Milliseconds in which the names of the largest file are read for a filter. */
const MOST_READING = 180_000;

const ROOT = '.jp-NeuronvisioDocument:not(.lm-mod-hidden)';

/** Where the row of a node is in the page. */
export const row = node => `${ROOT} [role=treeitem][data-path="${node}"]`;

/** What a hand does in our viewer, measured. */
export const ours = {
  open: (page, file) =>
    measureOpening(page, file, {
      argument: row('/results/VecRef'),
      done: isSeen
    }),

  /** From the double-click until sections and their count are painted. */
  openSections: (page, file, count, limit) =>
    measureOpening(page, file, {
      argument: [row('/results/VecRef'), count.toLocaleString('en-US')],
      done: ([selector, number]) => {
        const group = document.querySelector(selector);
        return (
          window.neuronvisioIsSeen(group) &&
          group.textContent.includes(`${number} section`) &&
          group.parentElement.querySelectorAll('[aria-level="2"]').length > 3
        );
      },
      limit
    }),

  /** The same as `open`, of a double-click that another measurement makes. */
  watchGroups: page =>
    measure(page, {
      event: 'dblclick',
      act: () => Promise.resolve(),
      argument: row('/results/VecRef'),
      done: isSeen
    }),

  /** Collapse the group, and expand it again: the names are known. */
  async reexpand(page) {
    const group = row('/results/VecRef');
    await page.locator(group).click();
    return measure(page, {
      event: 'click',
      act: () => page.locator(group).click(),
      argument: ROOT,
      done: root =>
        document.querySelectorAll(`${root} [aria-level="2"]`).length > 3
    });
  },

  expandSection: (page, section) =>
    measure(page, {
      event: 'click',
      act: () => page.locator(row(`/results/VecRef/${section}`)).click(),
      argument: row(`/results/VecRef/${section}/v`),
      done: isThere
    }),

  /** From the click on a variable until its line is painted. */
  line: (page, node, { limit } = {}) =>
    measure(page, {
      event: 'click',
      act: () => page.locator(row(`/results/VecRef/${node}`)).click(),
      argument: 1,
      done: isDrawn,
      limit
    }),

  /** From the key that completes a filter until all that it finds is counted and painted. */
  async search(page, text) {
    const input = page.locator(`${ROOT} input[type=search]`);
    const status = `${ROOT} .jp-NeuronvisioFilter-status`;
    const tree = `${ROOT} [role=tree]`;
    await input.fill(text.length > 1 ? text.slice(0, -1) : '');
    await page.waitForFunction(
      selector => !document.querySelector(selector).textContent.includes('…'),
      status,
      { timeout: MOST_READING }
    );
    await settled(page, 300);
    await input.press('End');
    return measure(page, {
      event: 'keydown',
      act: () => page.keyboard.press(text.slice(-1)),
      argument: [status, tree, await page.locator(tree).textContent()],
      done: ([counted, rows, before]) => {
        const now = document.querySelector(rows).textContent;
        const count = document.querySelector(counted).textContent;
        return now !== before && !count.includes('…');
      },
      limit: MOST_READING
    });
  },

  /** Draw the first so many variables of a filter for `v` at once; the first alone is drawn before. */
  async overlay(page, count) {
    const rows = page.locator(`${ROOT} [role=tree]`);
    const scroll = top =>
      rows.evaluate((node, to) => {
        node.scrollTop = to;
      }, top);
    await scroll(0);
    await page.locator(row('/results/VecRef/apical_1/v')).click();
    await page.waitForFunction(isDrawn, 1);
    await scroll(count * 2 * 24 - 120);
    const last = page.locator(row(`/results/VecRef/apical_${count}/v`));
    await last.waitFor();
    await settled(page);
    return measure(page, {
      event: 'click',
      act: () => last.click({ modifiers: ['Shift'] }),
      argument: count,
      done: isDrawn
    });
  },

  /** From the click on a long variable until its first rough line, and until all of it is painted. */
  async longLine(page, node) {
    const rough = measure(page, {
      event: 'click',
      act: () => Promise.resolve(),
      argument: 1,
      done: isDrawn
    });
    const line = await measure(page, {
      event: 'click',
      act: () => page.locator(row(`/results/VecRef/${node}`)).click(),
      argument: 249_999,
      done: isDrawnTo
    });
    return { rough: (await rough)?.time ?? null, line };
  },

  /** Hide the only line by the legend, and show it again: what was read is drawn anew. */
  async redraw(page) {
    const name = page.locator(`${ROOT} .jp-NeuronvisioLegend-name`);
    await name.click();
    await page.waitForFunction(isDrawn, 0);
    await settled(page, 300);
    return measure(page, {
      event: 'click',
      act: () => name.click(),
      argument: 1,
      done: isDrawn
    });
  },

  /** The points that the lines are drawn of, and the columns of pixels that they are drawn in. */
  points: page =>
    page.evaluate(root => {
      const plot = document.querySelector(`${root} .js-plotly-plot`);
      const count = plot.data.reduce((sum, line) => sum + line.x.length, 0);
      return { count, columns: plot.clientWidth * window.devicePixelRatio };
    }, ROOT),

  /** Zoom into the figure by the wheel, and out again. */
  async zoom(page) {
    const { x, y } = await middleOfPlot(page);
    await page.mouse.move(x, y);
    return duringFrames(page, 'wheel', async () => {
      for (const turn of [-1, -1, -1, -1, -1, -1, 1, 1, 1]) {
        await page.mouse.wheel(0, turn * 120);
        await page.waitForTimeout(120);
      }
    });
  },

  /** Drag the figure from side to side. */
  async pan(page) {
    const { x, y } = await middleOfPlot(page);
    await page.locator(`${ROOT} .modebar-btn[data-val=pan]`).click();
    await page.mouse.move(x, y);
    return duringFrames(page, 'mousedown', async () => {
      await page.mouse.down();
      for (let step = 1; step <= 20; step++) {
        await page.mouse.move(x - step * 10, y);
        await page.waitForTimeout(30);
      }
      await page.mouse.up();
    });
  },

  close: closeAll
};

/** Whether so many lines stand in the figure; runs in the page. */
export function isDrawn(lines) {
  const plot = document.querySelector(
    '.jp-NeuronvisioDocument:not(.lm-mod-hidden) .js-plotly-plot'
  );
  const paths = plot?.querySelectorAll('.scatterlayer path.js-line') ?? [];
  return (
    paths.length === lines &&
    [...paths].every(path => (path.getAttribute('d') ?? '').length > 20)
  );
}

/** Whether the line reaches an x; runs in the page. */
function isDrawnTo(end) {
  const plot = document.querySelector(
    '.jp-NeuronvisioDocument:not(.lm-mod-hidden) .js-plotly-plot'
  );
  const x = plot?.data?.[0]?.x ?? [];
  const line = plot?.querySelector('.scatterlayer path.js-line');
  return x[x.length - 1] > end && (line?.getAttribute('d') ?? '').length > 20;
}

async function middleOfPlot(page) {
  const area = await page.locator(`${ROOT} .nsewdrag`).first().boundingBox();
  return { x: area.x + area.width / 2, y: area.y + area.height / 2 };
}

/** The longest frame and task from an event until the page rests after what is done. */
async function duringFrames(page, event, act) {
  await page.evaluate(() => {
    window.neuronvisioRests = false;
  });
  return measure(page, {
    event,
    act: async () => {
      await act();
      await settled(page, 400);
      await page.evaluate(() => {
        window.neuronvisioRests = true;
      });
    },
    done: () => window.neuronvisioRests
  });
}
