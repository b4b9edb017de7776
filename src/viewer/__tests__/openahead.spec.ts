import type { IFailure } from '../../refs/failure';
import { ReadError } from '../../refs/failure';
import type { IFileSummary } from '../../refs/types';
import { OpenAhead } from '../openahead';

const SUMMARY: IFileSummary = {
  kind: 'results',
  size: 1,
  access: 'ranges',
  rootNames: []
};

const STOPPED: IFailure = { code: 'cancelled', technical: 'stop' };
const GONE: IFailure = { code: 'not-found', technical: '404' };

const open = jest.fn<IFileSummary | Promise<IFileSummary>, []>();
const show = jest.fn<void, [IFileSummary]>();

let ahead: OpenAhead;

beforeEach(() => {
  jest.resetAllMocks();
  open.mockReturnValue(Promise.resolve(SUMMARY));
  ahead = new OpenAhead({ open, show });
});

afterEach(() => ahead.dispose());

/** Let what is promised come true. */
const settled = () => new Promise(resolve => setTimeout(resolve, 0));

async function shown(): Promise<void> {
  ahead.begin();
  await settled();
}

describe('OpenAhead', () => {
  describe('#begin()', () => {
    it('should show the file as soon as it is open', async () => {
      ahead.begin();
      expect(ahead.isShown).toBe(false);
      await settled();
      expect(show).toHaveBeenCalledWith(SUMMARY);
      expect(ahead.isShown).toBe(true);
    });

    it('should show at once what is open already', async () => {
      open.mockReturnValue(SUMMARY);
      ahead.begin();
      expect(show).toHaveBeenCalledWith(SUMMARY);
      expect(ahead.isShown).toBe(true);
      expect(await ahead.take()).toBe(SUMMARY);
      expect(show).toHaveBeenCalledTimes(1);
    });
  });

  it('should tell what goes wrong with showing it to whoever takes it', async () => {
    const wrong = new Error('no room');
    show.mockImplementation(() => {
      throw wrong;
    });
    open.mockReturnValue(SUMMARY);
    ahead.begin();
    expect(ahead.isShown).toBe(false);
    await expect(ahead.take()).rejects.toBe(wrong);
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
      open.mockReturnValue(Promise.reject(new ReadError(GONE)));
      ahead.begin();
      expect(await ahead.take()).toBeNull();
      expect(show).not.toHaveBeenCalled();
    });

    it('should tell who takes it that it was stopped', async () => {
      open.mockReturnValue(Promise.reject(new ReadError(STOPPED)));
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
    it('should be over with what was shown', async () => {
      await shown();
      ahead.forget();
      expect(ahead.isShown).toBe(false);
      expect(ahead.isOf(SUMMARY)).toBe(false);
    });
  });

  describe('#dispose()', () => {
    it('should show nothing of what is opened then', async () => {
      ahead.begin();
      ahead.dispose();
      expect(await ahead.take()).toBeNull();
      expect(show).not.toHaveBeenCalled();
    });
  });
});
