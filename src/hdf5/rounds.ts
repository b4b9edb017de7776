import { cancelled, failureOf, ReadError } from '../refs/failure';

/** Bytes that can be fetched without waiting for each part. */
export interface IFetchable {
  /** Fetch all that was wanted since the last time; throws a `ReadError`. */
  fetchWanted(): Promise<void>;
  /** Let go of what was kept for the work that is done. */
  release(): void;
}

const WANTED = 'the bytes are fetched first';

/** Rounds after which the rest is read as it comes. */
const MOST_ROUNDS = 40;
/** The same for rounds that want one thing each: there is nothing to gain. */
const MOST_SINGLE = 3;

/**
 * Lets many reads wait for the server together.
 *
 * HDF5 reads one thing after another, and each costs a round trip. So work is
 * done as if the bytes were there; where they are not, the read fails and they
 * are noted. When the work is through, all that was noted is fetched at once,
 * and the work is done again.
 */
export class Rounds {
  /** Let reads wait together; `working` is called each time that work goes on after a wait. */
  constructor(private readonly _working: () => void = () => undefined) {}

  /** Whether a read that misses bytes is to note them and throw `wanted()`. */
  get isNoting(): boolean {
    return this._isNoting;
  }

  /** How many misses were noted in this round. */
  get noted(): number {
    return this._noted;
  }

  /** How many bytes were found missing in this round. */
  get notedBytes(): number {
    return this._notedBytes;
  }

  /** Note that so many bytes are missing. */
  note(bytes: IFetchable, length: number): void {
    this._noted += 1;
    this._notedBytes += length;
    this._fetchables.add(bytes);
  }

  /** Take back what was noted in this round: nothing waits for it. */
  forget(): void {
    this._noted = 0;
    this._notedBytes = 0;
  }

  /** Go back to what was noted before in this round: the work found another way than by what it missed since, which it would not find without notes. */
  goBack(noted: number, notedBytes: number): void {
    this._noted = noted;
    this._notedBytes = notedBytes;
    this._hasOtherWay = true;
  }

  /** Reads wait for this before each waits for itself: what they miss is probably in it. */
  expect(coming: Promise<void>): void {
    // What fails here is read again when it is needed, and told then.
    const settled: Promise<void> = coming
      .catch(() => undefined)
      .then(() => {
        if (this._coming === settled) {
          this._coming = null;
        }
      });
    this._coming = settled;
  }

  /** Do work whose reads wait each for itself. */
  without<T>(work: () => T): T {
    const before = this._isNoting;
    this._isNoting = false;
    try {
      return work();
    } finally {
      this._isNoting = before;
    }
  }

  /** Do work, again and again until it has all its bytes. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    let singles = 0;
    try {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const outcome = await this._round(work);
        if (outcome.done) {
          return outcome.value;
        }
        singles = outcome.isSingle ? singles + 1 : 0;
        if (!(await this._fetch())) {
          break;
        }
        if (singles === MOST_SINGLE) {
          if (!this._coming) {
            break;
          }
          await this._coming;
          singles = 0;
        }
      }
      this._working();
      return await work();
    } finally {
      this._fetchables.forEach(bytes => bytes.release());
      this._fetchables.clear();
    }
  }

  /** False when something could not be had; the read that needs it meets the failure where it belongs. */
  private async _fetch(): Promise<boolean> {
    try {
      await Promise.all(
        [...this._fetchables].map(bytes => bytes.fetchWanted())
      );
      return true;
    } catch (reason) {
      failureOf(reason, 'server-gone');
      return false;
    }
  }

  private async _round<T>(
    work: () => T | Promise<T>
  ): Promise<{ done: true; value: T } | { done: false; isSingle: boolean }> {
    this._noted = 0;
    this._notedBytes = 0;
    this._hasOtherWay = false;
    this._isNoting = true;
    this._working();
    try {
      const value = await work();
      if (this._noted === 0) {
        return { done: true, value };
      }
    } catch (reason) {
      if (this._noted === 0) {
        throw reason;
      }
    } finally {
      this._isNoting = false;
    }
    return { done: false, isSingle: this._noted === 1 && !this._hasOtherWay };
  }

  private _coming: Promise<void> | null = null;
  private _isNoting = false;
  private _hasOtherWay = false;
  private _noted = 0;
  private _notedBytes = 0;
  private readonly _fetchables = new Set<IFetchable>();
}

/** What a read throws in place of bytes that are fetched first. */
export function wanted(): ReadError {
  return cancelled(WANTED);
}

/** Whether something was thrown because bytes are fetched first. */
export function isWanted(reason: unknown): boolean {
  return (
    reason instanceof ReadError &&
    failureOf(reason, 'cancelled').technical === WANTED
  );
}
