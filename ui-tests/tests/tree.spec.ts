import { expect, test } from './results';

test.describe('the tree', () => {
  test('is in natural order and shows details, length and type', async ({
    results
  }) => {
    await results.open(results.place('edge/names.h5'));
    await results.reveal('/results/VecRef/dend_1');
    const names = await results.tree
      .locator('[aria-level="2"]')
      .evaluateAll(rows =>
        rows.map(row => row.getAttribute('data-path')!.split('/').pop())
      );
    const order = ['dend_1', 'dend_9', 'dend_10'].map(name =>
      names.indexOf(name)
    );
    expect(order[0]).toBeGreaterThanOrEqual(0);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('shows detail, length and type of a variable', async ({ results }) => {
    await results.open(results.place('small.h5'));
    await results.reveal('/results/SynVecRef/dend1/g');
    const row = results.row('/results/SynVecRef/dend1/g');
    await expect(row).toContainText('ampa');
    await expect(row).toContainText('1,601 × float64');
  });

  test('holds a few dozen rows for hundreds of variables', async ({
    results
  }) => {
    await results.open(results.place('edge/many-children.h5'));
    await results.reveal('/results/VecRef/soma/var_0000');
    const rows = results.tree.getByRole('treeitem');
    expect(await rows.count()).toBeLessThan(80);
    await expect(results.row('/results/VecRef/soma/var_0000')).toHaveAttribute(
      'aria-setsize',
      '600'
    );
    await results.tree.focus();
    await results.page.keyboard.press('End');
    await expect(results.row('/results/VecRef/soma/var_0599')).toBeVisible();
    expect(await rows.count()).toBeLessThan(80);
  });

  test('is walked by the keys of the tree pattern', async ({
    page,
    results
  }) => {
    await results.open(results.place('small.h5'));
    await results.tree.focus();
    await page.keyboard.press('Home');
    const focused = () =>
      results.tree.evaluate(tree =>
        document
          .getElementById(tree.getAttribute('aria-activedescendant') ?? '')
          ?.getAttribute('data-path')
      );
    await expect.poll(focused).toBe('/results/MyGroup');
    await page.keyboard.press('ArrowRight');
    await expect(results.row('/results/MyGroup')).toHaveAttribute(
      'aria-expanded',
      'true'
    );
    await expect(results.row('/results/MyGroup/soma')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('/results/MyGroup/soma');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(results.row('/results/MyGroup')).toHaveAttribute(
      'aria-expanded',
      'false'
    );
    await page.keyboard.type('vec');
    await expect.poll(focused).toBe('/results/VecRef');
  });

  test('filters by several words over group, section, variable and detail', async ({
    results
  }) => {
    await results.open(results.place('small.h5'));
    const filter = results.viewer.getByRole('searchbox');
    const variables = async () =>
      (
        await results.tree
          .locator('[aria-level="3"]')
          .evaluateAll(rows => rows.map(row => row.getAttribute('data-path')))
      ).sort();
    await filter.fill('dend 2 v');
    await expect.poll(variables).toEqual(['/results/VecRef/dend2/v']);
    await filter.fill('NMDA g');
    await expect.poll(variables).toEqual(['/results/SynVecRef/dend2/g']);
    await filter.fill('nothing like this');
    await expect(results.viewer.getByText('No variable matches')).toBeVisible();
    await filter.press('Escape');
    await expect(results.row('/results/VecRef')).toBeVisible();
  });

  test('draws all that the filter shows by Ctrl+A', async ({
    page,
    results
  }) => {
    await results.open(results.place('small.h5'));
    await results.viewer.getByRole('searchbox').fill('VecRef v');
    await expect(results.row('/results/VecRef/dend2/v')).toBeVisible();
    await results.tree.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await results.expectTraces(3);
  });

  test('shows names of the file as text', async ({ page, results }) => {
    let requested = false;
    page.on('request', request => {
      requested ||= request.url().endsWith('/x');
    });
    await results.open(results.place('hostile/titles-xss.h5'));
    await results.draw('/results/VecRef/soma/v');
    await results.expectTraces(1);
    await expect(results.row('/results/VecRef/soma/v')).toContainText(
      '<img src=x'
    );
    expect(await results.viewer.locator('img').count()).toBe(0);
    expect(requested).toBe(false);
    expect(
      await page.evaluate(() => (window as { __xss?: number }).__xss)
    ).toBeUndefined();
  });
});
