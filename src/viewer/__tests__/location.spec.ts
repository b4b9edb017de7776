import type { Contents } from '@jupyterlab/services';
import { ServerConnection } from '@jupyterlab/services';
import { decodeBase64, fileContents, fileLocation } from '../location';

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
