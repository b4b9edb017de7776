import { Following } from '../following';
import { DEFAULT_OPTIONS, ViewerOptions } from '../options';

describe('Following', () => {
  let options: ViewerOptions;
  let following: Following;
  beforeEach(() => {
    options = new ViewerOptions();
    following = new Following(options);
  });

  const setting = (onFileChange: 'ask' | 'follow') =>
    options.update({ ...DEFAULT_OPTIONS, onFileChange });

  it('is what the settings say, and tells when they change', () => {
    const told = jest.fn();
    following.changed.connect(told);
    expect(following.isOn).toBe(false);
    setting('follow');
    expect(following.isOn).toBe(true);
    expect(told).toHaveBeenCalledTimes(1);
  });

  describe('#choose()', () => {
    it.each([true, false])('holds whatever the settings say: %s', isOn => {
      const told = jest.fn();
      following.changed.connect(told);
      following.choose(isOn);
      expect(told).toHaveBeenCalledTimes(1);
      setting('follow');
      expect(following.isOn).toBe(isOn);
      setting('ask');
      expect(following.isOn).toBe(isOn);
    });
  });

  describe('#dispose()', () => {
    it('is safe twice, and listens to the settings no more', () => {
      const told = jest.fn();
      following.changed.connect(told);
      following.dispose();
      following.dispose();
      expect(following.isDisposed).toBe(true);
      setting('follow');
      expect(told).not.toHaveBeenCalled();
    });
  });
});
