import type { Contents } from '@jupyterlab/services';
import { ContentsManager, ServerConnection } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import { Addresses } from '../addresses';
import {
  decodeBase64,
  fileContents,
  fileLocation,
  likelyLocation,
  siblingLocation,
  siblingPath
} from '../location';

const settings = ServerConnection.makeSettings({
  baseUrl: 'http://localhost:8888/',
  token: 'secret'
});

function contents(answers: Partial<Contents.IManager>): Contents.IManager {
  return answers as Contents.IManager;
}

describe('fileLocation()', () => {
  it('sends the token to the Jupyter server', async () => {
    const location = await fileLocation(
      'a.h5',
      contents({
        getDownloadUrl: async () => 'http://localhost:8888/files/a.h5'
      }),
      settings
    );
    expect(location.headers).toEqual({ Authorization: 'token secret' });
  });

  it('sends the token to no other host', async () => {
    const location = await fileLocation(
      's3:a.h5',
      contents({
        getDownloadUrl: async () => 'https://elsewhere.example/a.h5'
      }),
      settings
    );
    expect(location.headers).toEqual({});
  });
});

describe('likelyLocation()', () => {
  const manager = new ContentsManager({ serverSettings: settings });

  afterAll(() => manager.dispose());

  it('is where the contents manager then says', async () => {
    document.cookie = '_xsrf=2|ab';
    const addresses = new Addresses(manager);
    expect(likelyLocation('b/c d.h5', settings, addresses)).toBeNull();
    await fileLocation('a.h5', manager, settings, addresses);
    const likely = likelyLocation('b/c d.h5', settings, addresses);
    expect(likely?.url).toContain('b/c%20d.h5?_xsrf=2%7Cab');
    expect(likely).toEqual(await fileLocation('b/c d.h5', manager, settings));
  });

  it('is on no other host, which would be told of a file that may not be there', async () => {
    const elsewhere = contents({
      driveName: () => 's3',
      localPath: path => path.slice('s3:'.length),
      getDownloadUrl: async () => 'https://elsewhere.example/a.h5'
    });
    const addresses = new Addresses(elsewhere);
    await fileLocation('s3:a.h5', elsewhere, settings, addresses);
    expect(addresses.likely('s3:b.h5')).toBe('https://elsewhere.example/b.h5');
    expect(likelyLocation('s3:b.h5', settings, addresses)).toBeNull();
  });

  it('is nowhere without a memory of addresses', () => {
    expect(likelyLocation('a.h5', settings)).toBeNull();
  });
});

describe('a file beside another', () => {
  const manager = new ContentsManager({ serverSettings: settings });

  afterAll(() => manager.dispose());

  it.each([
    ['run.h5', 'rank_1.h5', 'rank_1.h5'],
    ['a/b/run.h5', 'rank_1.h5', 'a/b/rank_1.h5'],
    ['a/run.h5', 'ranks/1.h5', 'a/ranks/1.h5']
  ])('%s, %s is %s', (path, file, expected) => {
    expect(siblingPath(path, file, manager)).toBe(expected);
  });

  it('is on the same drive', () => {
    const drives = contents({
      driveName: () => 's3',
      localPath: () => 'a/run.h5'
    });
    expect(siblingPath('s3:a/run.h5', 'rank_1.h5', drives)).toBe(
      's3:a/rank_1.h5'
    );
  });

  it('has an address with every part of its path encoded', async () => {
    const file = 'rank 1#%2e%2e?\u00fc.h5';
    const { url, headers } = await siblingLocation(
      'my runs/50%/run.h5',
      file,
      manager,
      settings
    );
    expect(url.split('?')[0]).toBe(
      'http://localhost:8888/files/my%20runs/50%25/rank%201%23%252e%252e%3F%C3%BC.h5'
    );
    expect(headers).toEqual({ Authorization: 'token secret' });
  });

  it('has no address outside the folder', async () => {
    const raw = contents({
      driveName: () => '',
      localPath: path => path,
      getDownloadUrl: async path => `http://localhost:8888/files/${path}`
    });
    // A drive that does not encode what it is given.
    await expect(
      siblingLocation('a/b/run.h5', '%2e%2e/up.h5', raw, settings)
    ).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });
});

describe('decodeBase64()', () => {
  it.each(['', 'a', 'ab', 'abc', 'abcd'])(
    'gives the bytes of %p',
    async text => {
      const bytes = await decodeBase64(
        btoa(text),
        () => undefined,
        new AbortController().signal
      );
      expect(Buffer.from(bytes).toString()).toBe(text);
    }
  );

  it('stops when asked to', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(
      decodeBase64(btoa('abc'), () => undefined, controller.signal)
    ).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });
});

describe('fileContents()', () => {
  it('does not ask for what no text can hold', async () => {
    const get = jest.fn().mockResolvedValue({ size: 1.6e9, content: null });
    await expect(
      fileContents(
        'run.h5',
        contents({ get }),
        () => undefined,
        new AbortController().signal
      )
    ).rejects.toMatchObject({ failure: { code: 'too-large' } });
    expect(get).toHaveBeenCalledTimes(1);
    expect(get).toHaveBeenCalledWith('run.h5', {
      type: 'file',
      content: false
    });
  });

  it('tells that it reads the whole file as long as it waits for it', async () => {
    jest.useFakeTimers();
    const content = new PromiseDelegate<Contents.IModel>();
    const get = jest
      .fn()
      .mockResolvedValueOnce({ size: 3 })
      .mockReturnValueOnce(content.promise);
    const progress = jest.fn();
    const stopped = new AbortController();
    const read = fileContents(
      'a.h5',
      contents({ get }),
      progress,
      stopped.signal
    );
    await jest.advanceTimersByTimeAsync(2_000);
    const told = progress.mock.calls.length;
    expect(told).toBeGreaterThan(2);
    expect(progress).toHaveBeenLastCalledWith(0, null);
    stopped.abort();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(progress).toHaveBeenCalledTimes(told);
    content.resolve({ content: btoa('HDF') } as Contents.IModel);
    await expect(read).rejects.toMatchObject({
      failure: { code: 'cancelled' }
    });
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('reads the whole file through the contents manager', async () => {
    const bytes = await fileContents(
      'a.h5',
      contents({
        get: async () => ({ content: btoa('HDF') }) as Contents.IModel
      }),
      () => undefined,
      new AbortController().signal
    );
    expect(Buffer.from(bytes).toString()).toBe('HDF');
  });
});
