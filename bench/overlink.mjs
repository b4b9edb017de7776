import { openLink } from './link.mjs';
import { openPage, settled } from './lab.mjs';
import { ours } from './ours.mjs';
import { medians, ms, row } from './table.mjs';

const ROUNDS = 3;
const SLOW = { roundTrip: 30, megabits: 100 };
const PIECE_OF = 15_000 * 8;

async function round({ browser, lab }, layout) {
  const near = await openLink({ to: lab.port, ...SLOW });
  try {
    const page = await openPage(browser, near.port);
    await settled(page);
    let bytes = 0;
    page.on('response', response => {
      if (response.url().includes('/files/')) {
        bytes += Number(response.headers()['content-length'] ?? 0);
      }
    });
    const groups = ours.watchGroups(page);
    const sections = await ours.openSections(page, `big-${layout}.h5`, 5000);
    const opened = await groups;
    await settled(page);
    await ours.expandSection(page, 'apical_1');
    await settled(page);
    const line = await ours.line(page, 'apical_1/v');
    await settled(page);
    await page.context().close();
    return { groups: opened, sections, line, bytes };
  } finally {
    near.close();
  }
}

/** Ours over a slow link, and the bytes that it takes. */
export async function overLink(setup) {
  const rows = [];
  for (const [layout, bars] of [
    ['manager', { groups: 500, sections: 1500, line: 500 }],
    ['original', { groups: null, sections: 5000, line: null }]
  ]) {
    const rounds = [];
    for (let i = 0; i < ROUNDS; i++) {
      rounds.push(await round(setup, layout));
    }
    for (const [what, bar] of Object.entries(bars)) {
      const { time, blocked } = medians(rounds.map(one => one[what]));
      rows.push(
        row(`${layout}, 30 ms and 100 Mbit/s: ${what}`, {
          ours: `${ms(time)}, blocked ${Math.round(blocked)}`,
          bar: bar === null ? '' : ms(bar),
          met: bar === null ? null : time !== null && time <= bar
        })
      );
    }
    const [{ bytes }] = rounds;
    const own = 2 * PIECE_OF;
    rows.push(
      row(
        `${layout}: bytes of the file for open, 5,000 sections and one trace`,
        {
          ours: `${(bytes / 1e6).toFixed(2)} MB`,
          limit: `${(own / 1e6).toFixed(2)} MB of x and v`,
          bar: layout === 'manager' ? 'x and v + 5 MB' : '',
          met: layout === 'manager' ? bytes <= own + 5e6 : null
        }
      )
    );
  }
  return { rows };
}
