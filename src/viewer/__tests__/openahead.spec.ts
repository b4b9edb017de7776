import { DisposableDelegate } from '@lumino/disposable';
import { nextTurn } from '../../plot/turn';
import type { IFailure } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import type { IFileSummary } from '../../refs/types';
import { OpenAhead } from '../openahead';
import { gate } from './viewerpage';

jest.mock('../../plot/turn');

const SUMMARY: IFileSummary = {
  kind: 'results',
  size: 1,
  access: 'ranges',
  rootNames: []
};

const STOPPED: IFailure = { code: 'cancelled', technical: 'stop' };
const GONE: IFailure = { code: 'not-found', technical: '404' };

const open = jest.fn<Promise<IFileSummary>, []>();
const make = jest.fn<DisposableDelegate, [IFileSummary]>();
const show = jest.fn<void, [DisposableDelegate]>();

let made: DisposableDelegate;
let ahead: OpenAhead<DisposableDelegate>;
/** Gives the page its turn. */
let turn: () => void;

beforeEach(() => {
  jest.resetAllMocks();
  const held = gate();
  turn = held.open;
  jest.mocked(nextTurn).mockReturnValue(held.promise);
  made = new DisposableDelegate(() => undefined);
  open.mockResolvedValue(SUMMARY);
  make.mockReturnValue(made);
  ahead = new OpenAhead({ open, make, show });
});

afterEach(() => ahead.dispose());

/** Let what is promised come true. */
const settled = () => new Promise(resolve => setTimeout(resolve, 0));

async function shown(): Promise<void> {
  ahead.begin();
  await settled();
  turn();
  await settled();
}

describe('OpenAhead', () => {
  describe('#begin()', () => {
    it('should show the file once the page had its turn', async () => {
      ahead.begin();
      await settled();
      expect(make).toHaveBeenCalledWith(SUMMARY);
      expect(show).not.toHaveBeenCalled();
      turn();
      await settled();
      expect(show).toHaveBeenCalledWith(made);
      expect(ahead.isShown).toBe(true);
    });
  });

  describe('#take()', () => {
    it('should give nothing where nothing was begun', async () => {
      expect(await ahead.take()).toBeNull();
    });

    it('should give what was opened once', async () => {
      await shown();
      expect(await ahead.take()).toBe(SUMMARY);
      expect(await ahead.take()).toBeNull();
    });

    it('should give nothing of what cannot be opened', async () => {
      open.mockRejectedValue(new ReadError(GONE));
      ahead.begin();
      expect(await ahead.take()).toBeNull();
      expect(make).not.toHaveBeenCalled();
    });

    it('should tell who takes it that it was stopped', async () => {
      open.mockRejectedValue(new ReadError(STOPPED));
      ahead.begin();
      await settled();
      await expect(ahead.take()).rejects.toMatchObject({ failure: STOPPED });
    });
  });

  describe('#isOf()', () => {
    it('should tell what is shown from what was read since', async () => {
      await shown();
      expect(ahead.isOf(SUMMARY)).toBe(true);
      expect(ahead.isOf({ ...SUMMARY })).toBe(false);
    });
  });

  describe('#forget()', () => {
    it('should be heard while what was made has yet to be shown', async () => {
      ahead.begin();
      await settled();
      ahead.forget();
      turn();
      await settled();
      expect(show).toHaveBeenCalledWith(made);
      expect(ahead.isOf(SUMMARY)).toBe(false);
    });

    it('should be over with what was shown', async () => {
      await shown();
      ahead.forget();
      expect(ahead.isShown).toBe(false);
      expect(ahead.isOf(SUMMARY)).toBe(false);
    });
  });

  describe('#dispose()', () => {
    it('should make nothing of what is opened then', async () => {
      ahead.begin();
      ahead.dispose();
      expect(await ahead.take()).toBeNull();
      expect(make).not.toHaveBeenCalled();
    });

    it('should dispose of what was made and not shown', async () => {
      ahead.begin();
      await settled();
      ahead.dispose();
      turn();
      expect(await ahead.take()).toBeNull();
      expect(made.isDisposed).toBe(true);
      expect(show).not.toHaveBeenCalled();
    });
  });
});
