import type { IFileSummary } from '../../refs/types';
import { FileChanges } from '../changes';
import { MOST_FILES } from '../linkedchanges';
import { FakeLook, LONG_AGO, pass } from './fakelook';
import { gate } from './viewerpage';

const LATER = '2026-01-01T12:00:00.000002Z';

let look: FakeLook;
let changes: FileChanges;
let isInSight: boolean;
let told: string[];

beforeEach(() => {
  jest.useFakeTimers();
  isInSight = true;
  look = new FakeLook();
  changes = new FileChanges(look, () => isInSight);
  told = [];
  changes.changed.connect((_, { modified }) => told.push(modified));
});

afterEach(() => {
  changes.dispose();
  jest.useRealTimers();
});

describe('FileChanges', () => {
  it('should ask nothing before it is started', async () => {
    look.changed.emit(null);
    await pass(5000);
    expect(look.looked).toBe(0);
  });

  it('should look about once a second', async () => {
    changes.start();
    await pass(10_000);
    expect(look.looked).toBeGreaterThanOrEqual(9);
    expect(look.looked).toBeLessThanOrEqual(11);
  });

  it('should look at nothing that is not in sight, and at once when it is again', async () => {
    changes.start();
    await pass(0);
    isInSight = false;
    const { looked } = look;
    await pass(10_000);
    expect(look.looked).toBe(looked);
    isInSight = true;
    changes.refresh();
    await pass(0);
    expect(look.looked).toBe(looked + 1);
  });

  it('should look at once when JupyterLab changed the file', async () => {
    changes.start();
    await pass(100);
    const { looked } = look;
    look.changed.emit(null);
    await pass(0);
    expect(look.looked).toBe(looked + 1);
  });

  it('should never have two requests under way', async () => {
    const held = gate();
    look.gate = held.promise;
    changes.start();
    await pass(3000);
    changes.refresh();
    await pass(0);
    const noted = changes.note();
    changes.refresh();
    await pass(3000);
    expect(look.most).toBe(1);
    held.open();
    await noted;
  });

  describe('#lost', () => {
    let lost: jest.Mock;
    beforeEach(async () => {
      lost = jest.fn();
      changes.lost.connect(lost);
      await changes.note();
      changes.start();
      await pass(0);
    });

    it('should tell once that the file is not there any more, and look as often as before', async () => {
      look.isDeleted = true;
      await pass(1500);
      expect(changes.isLost).toBe(false);
      const { looked } = look;
      await pass(10_000);
      expect(changes.isLost).toBe(true);
      expect(lost).toHaveBeenCalledTimes(1);
      expect(look.looked - looked).toBeGreaterThanOrEqual(9);
      expect(changes.stale).toBeNull();
    });

    it('should tell that it is back, be it the same', async () => {
      look.isDeleted = true;
      await pass(4000);
      look.isDeleted = false;
      await pass(1500);
      expect(told).toEqual([LONG_AGO]);
      expect(changes.isLost).toBe(false);
      expect(changes.stale).toBeNull();
    });

    it('should not tell of a file that is replaced', async () => {
      look.isDeleted = true;
      await pass(1200);
      look.isDeleted = false;
      look.write(LATER);
      await pass(5000);
      expect(lost).not.toHaveBeenCalled();
      expect(told).toEqual([LATER]);
    });

    it.each(['isDeleted', 'isGone'] as const)(
      'should take what comes after an opening that saw nothing for another state (%s)',
      async why => {
        look[why] = true;
        await changes.note();
        look[why] = false;
        await pass(20_000);
        expect(told).toEqual([LONG_AGO]);
        expect(changes.stale?.modified).toBe(LONG_AGO);
        await changes.note();
        expect(changes.stale).toBeNull();
      }
    );
  });

  it('should ask less often of a server that does not answer', async () => {
    look.isGone = true;
    changes.start();
    await pass(60_000);
    expect(look.looked).toBeLessThan(45);
    look.isGone = false;
    await pass(12_000);
    expect(changes.latest).toEqual(look.state);
  });

  describe('#changed', () => {
    it('should tell each change once, by the date or the size', async () => {
      void changes.note();
      changes.start();
      await pass(3000);
      expect(told).toEqual([]);
      look.write(LATER);
      await pass(3000);
      look.write(LATER, 200);
      await pass(3000);
      expect(told).toEqual([LATER, LATER]);
    });
  });

  describe('#use()', () => {
    const runs = (count: number) => {
      const names = Array.from({ length: count }, (_, i) => `runs/${i}.h5`);
      names.forEach(name => {
        look.linked.set(name, { modified: LONG_AGO, size: 1 });
        changes.use(name);
      });
      return names;
    };
    const begin = () => {
      void changes.note();
      changes.start();
    };

    it('should tell of a linked file that changes alone, within two seconds', async () => {
      begin();
      const [run] = runs(1);
      await pass(5000);
      expect(told).toEqual([]);
      look.linked.set(run, { modified: LATER, size: 1 });
      await pass(2100);
      expect(told).toEqual([LATER]);
      expect(changes.stale).toEqual({ modified: LATER, size: 1 });
    });

    it('should tell of the opened file as before', async () => {
      begin();
      runs(1);
      await pass(5000);
      look.write(LATER);
      await pass(2100);
      expect(told).toEqual([LATER]);
      expect(changes.stale).toEqual({ modified: LATER, size: 100 });
    });

    it('should tell of each of several within two seconds', async () => {
      begin();
      const names = runs(MOST_FILES);
      await pass(5000);
      for (const [index, run] of names.entries()) {
        look.linked.set(run, { modified: LATER, size: 2 + index });
      }
      await pass(2100);
      expect(told).toEqual(names.map(() => LATER));
    });

    it('should look again at no more than the few files read last, each second time', async () => {
      begin();
      const names = runs(40);
      await pass(500);
      look.looked = 0;
      look.lookedAt.length = 0;
      await pass(20_000);
      expect(look.looked).toBeLessThanOrEqual(11 + 11 * MOST_FILES);
      expect(new Set(look.lookedAt)).toEqual(new Set(names.slice(-MOST_FILES)));
    });

    it('should keep looking at a file that is used again while others come', async () => {
      begin();
      const [run, ...others] = runs(MOST_FILES);
      changes.use(run);
      look.linked.set('runs/new.h5', { modified: LONG_AGO, size: 1 });
      changes.use('runs/new.h5');
      await pass(500);
      look.lookedAt.length = 0;
      await pass(20_000);
      expect(look.lookedAt).toContain(run);
      expect(look.lookedAt).not.toContain(others[0]);
    });

    it('should take the files for fresh when all is opened anew', async () => {
      begin();
      const [run] = runs(1);
      await pass(3000);
      look.linked.set(run, { modified: LATER, size: 1 });
      await pass(3000);
      await changes.note();
      expect(changes.stale).toBeNull();
      await pass(5000);
      expect(changes.stale).toBeNull();
      expect(told).toEqual([LATER]);
    });

    it('should say nothing of a linked file that is not there, and go on', async () => {
      begin();
      const [run] = runs(1);
      look.linked.delete(run);
      await pass(6000);
      expect(told).toEqual([]);
      look.write(LATER);
      await pass(2100);
      expect(told).toEqual([LATER]);
    });

    it('should look at the others too where one is not there', async () => {
      begin();
      const names = runs(3);
      look.linked.delete(names[0]);
      await pass(8000);
      look.linked.set(names[2], { modified: LATER, size: 1 });
      await pass(8000);
      expect(told).toEqual([LATER]);
    });

    it('should look at a few at once, and at none again before it is told', async () => {
      begin();
      await pass(100);
      const held = gate();
      const lookedAt: string[] = [];
      jest.spyOn(look, 'look').mockImplementation(async file => {
        if (file !== undefined) {
          lookedAt.push(file);
          await held.promise;
        }
        return { modified: LONG_AGO, size: 1 };
      });
      const names = runs(MOST_FILES);
      await pass(5000);
      changes.refresh();
      await pass(5000);
      expect(lookedAt).toEqual(names.slice(0, 3));
      held.open();
      await pass(100);
      expect(new Set(lookedAt)).toEqual(new Set(names));
    });

    it('should look at once at each file that nothing was read from before', async () => {
      begin();
      await pass(100);
      const names = runs(20);
      await pass(0);
      expect(look.lookedAt).toEqual(names);
    });

    it('should tell of a change soon after a file was read, however many were read before', async () => {
      begin();
      await pass(100);
      runs(1);
      await pass(100);
      const [, last] = runs(2);
      await pass(200);
      look.linked.set(last, { modified: LATER, size: 1 });
      await pass(2100);
      expect(told).toEqual([LATER]);
      expect(changes.stale).toEqual({ modified: LATER, size: 1 });
    });

    it('should not have a search through thousands of files look at each', async () => {
      begin();
      await pass(100);
      const names = runs(1000);
      await pass(500);
      expect(look.lookedAt.length).toBeLessThan(110);
      expect(look.lookedAt).toContain(names[999]);
      look.lookedAt.length = 0;
      changes.use(names[400]);
      await pass(0);
      expect(look.lookedAt).toEqual([names[400]]);
    });

    it('should tell of a change to a file that is used again', async () => {
      begin();
      const [first] = runs(1 + MOST_FILES);
      await pass(5000);
      look.linked.set(first, { modified: LATER, size: 1 });
      await pass(5000);
      expect(told).toEqual([]);
      changes.use(first);
      await pass(2100);
      expect(told).toEqual([LATER]);
    });

    it('should not take for opened what was found before all was opened anew', async () => {
      begin();
      const [run] = runs(1);
      await pass(5000);
      await changes.note();
      look.linked.set(run, { modified: LATER, size: 1 });
      changes.use(run);
      await pass(5000);
      expect(changes.stale).toBeNull();
      expect(told).toEqual([]);
    });

    it('should not ask of linked files while the server does not answer', async () => {
      look.isGone = true;
      begin();
      runs(2);
      await pass(60_000);
      // But for the first look at each, which comes with what was read of it.
      expect(look.lookedAt).toHaveLength(2);
      expect(look.looked).toBeLessThan(45);
    });
  });

  describe('#stale', () => {
    it('should tell from a change to the next opening', async () => {
      expect(changes.note()).toBeNull();
      changes.start();
      look.write(LATER);
      await pass(1500);
      expect(changes.stale).not.toBeNull();
      await changes.note();
      expect(changes.stale).toBeNull();
    });

    it('should go by the date alone where no size is known', async () => {
      look.write(LONG_AGO, 300);
      void changes.note();
      changes.start();
      await pass(1500);
      expect(changes.stale).not.toBeNull();
      jest.spyOn(look, 'first').mockReturnValue({
        modified: LONG_AGO,
        size: null
      });
      const other = new FileChanges(look, () => true);
      void other.note();
      other.start();
      await pass(1500);
      expect(other.stale).toBeNull();
      other.dispose();
    });

    it('should tell nothing again when the file is what it was', async () => {
      void changes.note();
      changes.start();
      look.write(LATER);
      await pass(1500);
      look.write(LONG_AGO);
      await pass(1500);
      expect(changes.stale).toBeNull();
      expect(told).toEqual([LATER, LONG_AGO]);
    });

    it('should tell of a change during an opening', async () => {
      void changes.note();
      await changes.note();
      look.write(LATER);
      changes.start();
      await pass(0);
      expect(changes.stale).not.toBeNull();
    });
  });

  describe('#dispose()', () => {
    it('should be safe twice, and end the looks', async () => {
      changes.start();
      await pass(0);
      changes.dispose();
      changes.dispose();
      const { looked } = look;
      look.changed.emit(null);
      await pass(5000);
      expect(look.looked).toBe(looked);
      expect(changes.isDisposed).toBe(true);
    });
  });

  describe('#isOpened()', () => {
    const second = Date.parse('2026-01-01T12:00:00Z');
    const age = { modified: second, told: second + 2000 };
    const summary: IFileSummary = {
      kind: 'results',
      access: 'ranges',
      rootNames: [],
      size: 100,
      age
    };

    it('should know a file whose date and size are what was noted', () => {
      expect(changes.isOpened(summary)).toBe(false);
      void changes.note();
      expect(changes.isOpened(summary)).toBe(true);
    });

    it('should know it by its date where its size is not told', () => {
      jest
        .spyOn(look, 'first')
        .mockReturnValue({ modified: LONG_AGO, size: null });
      void changes.note();
      expect(changes.isOpened(summary)).toBe(true);
    });

    it.each<[string, Partial<IFileSummary>]>([
      ['of another size', { size: 101 }],
      ['of another second', { age: { ...age, modified: second - 1000 } }],
      ['changed a moment before', { age: { ...age, told: second + 1000 } }],
      ['of which no date was told', { age: undefined }]
    ])('should not be sure of a file %s', (_, other) => {
      void changes.note();
      expect(changes.isOpened({ ...summary, ...other })).toBe(false);
    });
  });
});
