import { heap, LAYOUTS, openPage, PATIENCE, settled } from './lab.mjs';
import { ours } from './ours.mjs';
import { peer } from './peer.mjs';
import { median, medians, ms, row, told } from './table.mjs';

const ROUNDS = 3;
/** Openings on one page; the first ones are slower, of both. */
const OPENINGS = 5;
const COUNTS = { tree: 4500, big: 5000 };

/** Opens a file and looks at it until it is closed again. */
async function onFile(page, product, file, look) {
  const opened = await product.open(page, `${file}.h5`);
  await settled(page);
  const seen = await look();
  await product.close(page);
  await settled(page, 300);
  return { opened, ...seen };
}

/** Opens the big file again and again, nothing but a small one having been opened before. */
async function openWarm(page, product, layout) {
  const opened = [];
  for (let i = 0; i < OPENINGS; i++) {
    const file = `big-${layout}`;
    opened.push((await onFile(page, product, file, async () => ({}))).opened);
  }
  return medians(opened);
}

/** One round of ours on the files of a layout, on a page of its own. */
async function ourRound({ browser, lab }, layout) {
  const page = await openPage(browser, lab.port);
  const plain = await heap(page);
  const small = await onFile(page, ours, `small-${layout}`, async () => {
    await ours.expandSection(page, 'apical_1');
    return { line: await ours.line(page, 'apical_1/v') };
  });
  // By now a worker is ready for the next file.
  await settled(page, 1800);
  const found = { plain, cold: small.opened, smallLine: small.line };
  found.warm = await openWarm(page, ours, layout);
  await settled(page, 1800);
  for (const [name, count] of Object.entries(COUNTS)) {
    const file = `${name}-${layout}.h5`;
    found[`sections-${name}`] = await ours.openSections(page, file, count);
    await settled(page);
    if (name === 'big') {
      Object.assign(found, await ourBig(page, layout === LAYOUTS[0]));
    }
    await ours.close(page);
    await settled(page, 1800);
  }
  await page.context().close();
  return found;
}

async function ourBig(page, isWhole) {
  await ours.expandSection(page, 'apical_1');
  const line = await ours.line(page, 'apical_1/v');
  await settled(page);
  const used = await heap(page);
  // What the filter and the overlays cost does not depend on the layout.
  const more = isWhole ? await filterAndOverlay(page) : {};
  return { line, heap: used, ...more };
}

/** The filter over 10,000 variables, and the overlays of what it found. */
async function filterAndOverlay(page) {
  const first = await ours.search(page, 'v');
  const keys = [];
  for (const text of ['d', 'dend 1', 'dend 10', 'dend 100', 'dend 1000', 'v']) {
    keys.push(await ours.search(page, text));
  }
  const overlays = {};
  for (const count of [10, 100]) {
    // The second time all bytes are there.
    for (const bytes of ['read', 'there']) {
      overlays[`${count}-${bytes}`] = await ours.overlay(page, count);
    }
  }
  return { search: first, keys, overlays };
}

async function peerRound({ browser, peerLab }, layout) {
  const page = await openPage(browser, peerLab.port);
  const plain = await heap(page);
  const found = { plain };
  const small = await onFile(page, peer, `small-${layout}`, async () => {
    await peer.expand(page, 10);
    await peer.expandSection(page, 'apical_1');
    return { line: await peer.line(page, 'apical_1/v', { limit: PATIENCE }) };
  });
  found.cold = small.opened;
  found.smallLine = small.line;
  found.warm = await openWarm(page, peer, layout);
  for (const [name, count] of Object.entries(COUNTS)) {
    const big = await onFile(page, peer, `${name}-${layout}`, async () => {
      const sections = await peer.expand(page, count, PATIENCE);
      await settled(page);
      if (name === 'tree') {
        return { sections };
      }
      await peer.expandSection(page, 'apical_1');
      const line = await peer.line(page, 'apical_1/v', { limit: PATIENCE });
      await settled(page);
      return { sections, line, heap: await heap(page) };
    });
    found[`sections-${name}`] = big.sections;
    found.line = big.line;
    found.heap = big.heap;
  }
  await page.context().close();
  return found;
}

const times = (rounds, member) => rounds.map(round => round[member]);
const within = (ours_, peer_, factor) =>
  ours_.time !== null &&
  (peer_.time === null || ours_.time <= factor * peer_.time);

/** Ours and the peer on the same files, beside what h5py needs. */
export async function sideBySide(setup) {
  const rows = [];
  const before = setup.lab.megabytes();
  for (const layout of LAYOUTS) {
    const mine = [];
    const theirs = [];
    for (let i = 0; i < ROUNDS; i++) {
      mine.push(await ourRound(setup, layout));
      console.log(`${layout}, round ${i + 1}: ours`);
      // The peer takes so long that one round tells.
      if (i === 0) {
        theirs.push(await peerRound(setup, layout));
        console.log(`${layout}, round ${i + 1}: jupyterlab-h5web`);
      }
    }
    rows.push(...rowsOf(layout, mine, theirs, setup.limit));
  }
  const after = setup.lab.megabytes();
  rows.push(
    row("server's memory grows by", {
      ours: `${Math.round(after - before)} MB`,
      peer: `at ${Math.round(setup.peerLab.megabytes())} MB, ours ${Math.round(after)}`,
      bar: 'under 20 MB',
      met: after - before < 20
    })
  );
  return { rows };
}

function rowsOf(layout, mine, theirs, limit) {
  const of = (rounds, member) => medians(times(rounds, member));
  const both = member => [of(mine, member), of(theirs, member)];
  const rows = [];
  for (const [member, work, factor] of [
    ['warm', 'open → groups, warm', 1],
    ['cold', 'open → groups, first file of the page', 3]
  ]) {
    const [a, b] = both(member);
    rows.push(
      row(`${layout}: ${work}`, {
        ours: told(a),
        peer: told(b),
        bar: factor === 1 ? 'peer' : `${factor} × peer`,
        met: within(a, b, factor)
      })
    );
  }
  for (const [name, count] of Object.entries(COUNTS)) {
    const [a, b] = both(`sections-${name}`);
    rows.push(
      row(
        `${layout}: ${count.toLocaleString('en-US')} sections (ours from the double-click)`,
        {
          ours: `${told(a)}, ${a.nodes} nodes`,
          peer: `${told(b)}, ${b.nodes} nodes`,
          limit: ms(limit[`names-${name}-${layout}`]),
          bar: '1/10 of the peer, no task over 50 ms, 1,500 nodes',
          met: within(a, b, 0.1) && a.blocked <= 50 && a.nodes < 1500
        }
      )
    );
  }
  for (const [member, name, factor] of [
    ['line', 'big', 1 / 3],
    ['smallLine', 'small', 1]
  ]) {
    const [a, b] = both(member);
    rows.push(
      row(`${layout}: first line, ${name} file`, {
        ours: told(a),
        peer: `${told(b)}, no x`,
        limit: ms(limit[`line-${name}-${layout}`]),
        bar: factor === 1 ? 'peer' : '1/3 of the peer',
        met: within(a, b, factor)
      })
    );
  }
  const more = mine[0].keys ? ourRows(layout, mine) : [];
  return [...rows, ...more, ...heapRows(layout, mine, theirs)];
}

function ourRows(layout, mine) {
  const rows = [];
  for (const [count, most] of [
    [10, 300],
    [100, 1000]
  ]) {
    const [read, there] = ['read', 'there'].map(bytes =>
      medians(mine.map(({ overlays }) => overlays[`${count}-${bytes}`]))
    );
    rows.push(
      row(`${layout}: overlay of ${count}`, {
        ours: `${told(there)} (with the bytes ${told(read)})`,
        peer: 'cannot',
        bar: `${most} ms, blocked 100`,
        met:
          there.time !== null &&
          there.time < most &&
          Math.max(there.blocked, read.blocked) <= 100
      })
    );
  }
  const keys = medians(mine.flatMap(round => round.keys));
  // Each key by itself: one may be slower than the others in every round.
  const slowest = Math.max(
    ...mine[0].keys.map(
      (_, key) =>
        medians(times(mine, 'keys').map(all => all[key])).time ?? Infinity
    )
  );
  rows.push(
    row(`${layout}: filter, a change among 10,000 variables`, {
      ours: `${told(keys)}, the slowest key ${ms(slowest)}; first search, which reads all names, ${ms(medians(times(mine, 'search')).time)}`,
      bar: '50 ms',
      met: keys.time !== null && slowest < 50
    })
  );
  return rows;
}

function heapRows(layout, mine, theirs) {
  const grown = rounds => median(rounds.map(({ heap: h, plain }) => h - plain));
  return [
    row(`${layout}: page's heap after the big file`, {
      ours: `+${grown(mine).toFixed(1)} MB`,
      peer: `+${grown(theirs).toFixed(1)} MB`,
      bar: '+30 MB',
      met: grown(mine) <= 30
    })
  ];
}
