import type { IFetchable } from '../rounds';
import { isWanted, Rounds, wanted } from '../rounds';

/** Bytes of which each has to be fetched before it can be read. */
class FakeBytes implements IFetchable {
  constructor(private readonly _rounds: Rounds) {}

  readonly fetched: string[][] = [];
  readonly blocking: string[] = [];
  broken = false;
  released = 0;

  read(name: string): string {
    if (this._there.has(name)) {
      return name;
    }
    if (this._rounds.isNoting) {
      this._wanted.push(name);
      this._rounds.note(this, 1);
      throw wanted();
    }
    this.blocking.push(name);
    return name;
  }

  bring(name: string): void {
    this._there.add(name);
  }

  async fetchWanted(): Promise<void> {
    const names = this._wanted.splice(0);
    if (this.broken) {
      throw new Error('no server');
    }
    this.fetched.push(names);
    names.forEach(name => this._there.add(name));
  }

  release(): void {
    this.released += 1;
  }

  private readonly _wanted: string[] = [];
  private readonly _there = new Set<string>();
}

describe('Rounds', () => {
  let rounds: Rounds;
  let bytes: FakeBytes;

  beforeEach(() => {
    rounds = new Rounds();
    bytes = new FakeBytes(rounds);
  });

  /** Reads all of them, going on after what is not there yet. */
  function all(...names: string[]): string {
    const missing: unknown[] = [];
    const text = names.map(name => {
      try {
        return bytes.read(name);
      } catch (reason) {
        missing.push(reason);
        return '';
      }
    });
    if (missing.length > 0) {
      throw missing[0];
    }
    return text.join('');
  }

  describe('#run()', () => {
    it('fetches together what does not depend on each other', async () => {
      const value = await rounds.run(() => {
        all('a', 'b', 'c');
        return all('d', 'e');
      });
      expect(value).toBe('de');
      expect(bytes.fetched).toEqual([
        ['a', 'b', 'c'],
        ['d', 'e']
      ]);
      expect(bytes.blocking).toEqual([]);
    });

    it('reads one thing after another where nothing else can be done', async () => {
      const names = [...'abcdefgh'];
      const value = await rounds.run(() =>
        names.map(n => bytes.read(n)).join('')
      );
      expect(value).toBe('abcdefgh');
      expect(bytes.blocking.length).toBeGreaterThan(0);
    });

    it('leaves it to a read to meet what cannot be fetched', async () => {
      bytes.broken = true;
      await rounds.run(() => bytes.read('a'));
      expect(bytes.blocking).toEqual(['a']);
    });

    it('throws what the work throws', async () => {
      const failure = new Error('damaged');
      await expect(
        rounds.run(() => {
          bytes.read('a');
          throw failure;
        })
      ).rejects.toBe(failure);
      expect(bytes.fetched).toEqual([['a']]);
    });

    it('takes no value that was made without all bytes', async () => {
      const value = await rounds.run(() => {
        try {
          return bytes.read('a');
        } catch (reason) {
          expect(isWanted(reason)).toBe(true);
          return 'nothing';
        }
      });
      expect(value).toBe('a');
    });

    it('lets go of what was fetched when the work is done', async () => {
      await rounds.run(() => bytes.read('a'));
      expect(bytes.released).toBe(1);
      expect(rounds.isNoting).toBe(false);
    });
  });

  describe('#goBack()', () => {
    it('does without what was missed', async () => {
      const value = await rounds.run(() => {
        const { noted, notedBytes } = rounds;
        try {
          return bytes.read('slow');
        } catch {
          rounds.goBack(noted, notedBytes);
          return 'quick';
        }
      });
      expect(value).toBe('quick');
      expect(bytes.fetched).toEqual([]);
    });

    it('keeps noting as long as another way is found', async () => {
      const names = [...'abcdefgh'];
      let others = 0;
      await rounds.run(() => {
        const { noted, notedBytes } = rounds;
        if (rounds.isNoting) {
          others += 1;
          rounds.note(bytes, 1);
          rounds.goBack(noted, notedBytes);
        }
        return names.map(n => bytes.read(n)).join('');
      });
      expect(bytes.blocking).toEqual([]);
      expect(others).toBe(names.length + 1);
    });
  });

  describe('#forget()', () => {
    it('stops noting where one thing after another is missing all the same', async () => {
      await rounds.run(() => {
        if (rounds.isNoting) {
          rounds.note(bytes, 1);
          rounds.forget();
        }
        return [...'abcdefgh'].map(n => bytes.read(n)).join('');
      });
      expect(bytes.blocking.length).toBeGreaterThan(0);
    });
  });

  describe('#expect()', () => {
    it('has reads wait for what comes by itself, before each waits for itself', async () => {
      let come: () => void = () => undefined;
      rounds.expect(
        new Promise<void>(resolve => {
          come = () => {
            [...'abcdefgh'].forEach(name => bytes.bring(name));
            resolve();
          };
        })
      );
      let runs = 0;
      const work = rounds.run(() => {
        runs += 1;
        if (runs === 3) {
          come();
        }
        return [...'abcdefgh'].map(n => bytes.read(n)).join('');
      });
      expect(await work).toBe('abcdefgh');
      expect(bytes.blocking).toEqual([]);
    });

    it('has them wait for themselves where it fails', async () => {
      rounds.expect(Promise.reject(new Error('no server')));
      const names = [...'abcdefgh'];
      const value = await rounds.run(() =>
        names.map(n => bytes.read(n)).join('')
      );
      expect(value).toBe('abcdefgh');
      expect(bytes.blocking.length).toBeGreaterThan(0);
    });
  });

  describe('#without()', () => {
    it('has each read wait for itself', async () => {
      await rounds.run(() => rounds.without(() => bytes.read('a')));
      expect(bytes.blocking).toEqual(['a']);
    });
  });
});
