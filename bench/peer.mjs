import { closeAll, isSeen, isThere, measure, measureOpening } from './lab.mjs';

const item = path =>
  `.jp-MainAreaWidget:not(.lm-mod-hidden) [role=treeitem][data-path="${path}"]`;

/** What a hand does in jupyterlab-h5web, measured. */
export const peer = {
  open: (page, file) =>
    measureOpening(page, file, {
      argument: item('/results'),
      done: isSeen
    }),

  /** From the click on the group until all its sections stand there. */
  async expand(page, count, limit) {
    await page.locator(item('/results')).click();
    await page.locator(item('/results/VecRef')).waitFor();
    return measure(page, {
      event: 'click',
      act: () => page.locator(item('/results/VecRef')).click(),
      argument: count,
      done: number =>
        document.querySelectorAll('[role=treeitem]').length > number,
      limit
    });
  },

  async expandSection(page, section) {
    return measure(page, {
      event: 'click',
      act: () => page.locator(item(`/results/VecRef/${section}`)).click(),
      argument: item(`/results/VecRef/${section}/v`),
      done: isThere
    });
  },

  /** From the click on a variable until its line's canvas is painted. */
  line: (page, node, { limit } = {}) =>
    measure(page, {
      event: 'click',
      act: () => page.locator(item(`/results/VecRef/${node}`)).click(),
      done: () => {
        const canvas = document.querySelector('canvas');
        return canvas && canvas.width > 300;
      },
      limit
    }),

  close: closeAll
};
