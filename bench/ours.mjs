import { measure } from './lab.mjs';

const ROOT = '.jp-NeuronvisioDocument:not(.lm-mod-hidden)';

const row = node => `${ROOT} [role=treeitem][data-path="${node}"]`;

/** What a hand does in our viewer, measured. */
export const ours = {
  name: 'neuronvisio',

  open: (page, file) =>
    measure(page, {
      event: 'dblclick',
      act: () =>
        page.locator('.jp-DirListing-item', { hasText: file }).dblclick(),
      argument: row('/results/VecRef'),
      done: selector => document.querySelector(selector)
    }),

  /** From the double-click until sections and their count are painted. */
  openSections: (page, file, count, limit) =>
    measure(page, {
      event: 'dblclick',
      act: () =>
        page.locator('.jp-DirListing-item', { hasText: file }).dblclick(),
      argument: [row('/results/VecRef'), count.toLocaleString('en-US')],
      done: ([selector, number]) => {
        const group = document.querySelector(selector);
        return (
          group?.textContent.includes(`${number} section`) &&
          group.parentElement.querySelectorAll('[aria-level="2"]').length > 3
        );
      },
      limit
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
      done: selector => document.querySelector(selector)
    }),

  /** From the click on a variable until its line is painted. */
  line: (page, node, { lines = 1, limit } = {}) =>
    measure(page, {
      event: 'click',
      act: () => page.locator(row(`/results/VecRef/${node}`)).click(),
      argument: lines,
      done: isDrawn,
      limit
    }),

  close: page => page.evaluate(() => window.jupyterapp.shell.closeAll())
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
