import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from './results';

const GROUP = '/results/VecRef';

test.describe('the master file of a parallel run', () => {
  test('opens as one result: sections of every rank, drawn against one x', async ({
    results
  }) => {
    results.place('linked/master_rank_0.h5');
    results.place('linked/master_rank_1.h5');
    await results.doubleClick(results.place('linked/master.h5'));
    await results.reveal(`${GROUP}/soma`);
    for (const section of ['soma', 'dend_10', 'dend_1', 'dend_3', 'own']) {
      await expect(results.row(`${GROUP}/${section}`)).toBeVisible();
    }
    await expect(results.row(GROUP)).toContainText('101 × float64');

    await results.draw(`${GROUP}/dend_3/v`);
    await results.expectTraces(1);
    await results.draw(`${GROUP}/soma/v`, ['ControlOrMeta']);
    await results.expectTraces(2);
    const [rank1, rank0] = await results.drawn();
    expect([rank1.x[100], rank1.y[100]]).toEqual([25, -200]);
    expect([rank0.x[100], rank0.y[100]]).toEqual([25, 100]);
    await expect(
      results.viewer.locator('.jp-NeuronvisioDetails')
    ).toContainText('master_rank_0.h5');
  });

  test('says which file is missing, and reads the rest', async ({
    results
  }) => {
    results.place('linked/master_rank_0.h5');
    results.place('linked/master_rank_1.h5');
    await results.open(results.place('linked/master.h5'));
    await results.reveal(`${GROUP}/gone`);
    await expect(results.row(`${GROUP}/gone`)).toContainText(
      'This lies in the file master_rank_2.h5, which is not there.'
    );
    await expect(results.viewer.getByRole('alert')).toHaveCount(0);
    await results.draw(`${GROUP}/dend_1/v`);
    await results.expectTraces(1);
  });

  test('finds a missing file when it was put there and all is reloaded', async ({
    results
  }) => {
    results.place('linked/master_rank_0.h5');
    await results.open(results.place('linked/master.h5'));
    await results.reveal(`${GROUP}/dend_3`);
    await expect(results.row(`${GROUP}/dend_3`)).toContainText(
      'This lies in the file master_rank_1.h5, which is not there.'
    );
    results.place('linked/master_rank_1.h5');
    await results.button('reload-file').click();
    await results.draw(`${GROUP}/dend_3/v`);
    await results.expectTraces(1);
    expect((await results.drawn())[0].y[100]).toBe(-200);
  });

  test('asks for nothing outside its folder', async ({ page, results }) => {
    results.place('linked/master_rank_0.h5');
    const up = path.join(results.disk, '..', 'up.h5');
    fs.copyFileSync(path.join(results.disk, 'master_rank_0.h5'), up);
    const asked: string[] = [];
    page.on('request', request => asked.push(request.url()));
    await results.open(results.place('linked/master_odd.h5'));
    await results.draw(`${GROUP}/good/v`);
    await results.expectTraces(1);
    for (const name of ['up', 'passwd', 'url']) {
      await results.scrollTo(results.row(`${GROUP}/${name}`));
      await expect(results.row(`${GROUP}/${name}`)).toContainText(
        'This points into another file.'
      );
    }
    expect(asked.filter(url => /up\.h5|passwd|\/\/x\//.test(url))).toEqual([]);
    fs.unlinkSync(up);
  });
});
