/**
 * @jest-environment node
 */
import { eachPart } from '../body';
import { REQUEST_TIMEOUT } from '../protocol';

/** What a server sends, and when it ends; a stream of bytes is read into memory of ours. */
function answer(type: 'bytes' | undefined) {
  let controller!: ReadableStreamDefaultController<Uint8Array> &
    Partial<ReadableByteStreamController>;
  const cancelled = jest.fn();
  const stream = new ReadableStream({
    type,
    start: given => {
      controller = given as typeof controller;
    },
    cancel: cancelled
  } as UnderlyingDefaultSource<Uint8Array>);
  const end = () => {
    controller.close();
    // A read into memory that waits is ended by hand.
    controller.byobRequest?.respond(0);
  };
  return { response: new Response(stream), controller, end, cancelled };
}

const settled = () => jest.advanceTimersByTimeAsync(0);

describe.each([['bytes' as const], [undefined]])('eachPart() of %s', type => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('passes along all that comes, in order', async () => {
    const { response, controller, end } = answer(type);
    const came: number[] = [];
    const done = eachPart(response, part => came.push(...part));
    controller.enqueue(Uint8Array.of(1, 2, 3));
    await settled();
    controller.enqueue(Uint8Array.of(4));
    end();
    await done;
    expect(came).toEqual([1, 2, 3, 4]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('waits as long as something comes now and then', async () => {
    const { response, controller, end } = answer(type);
    let bytes = 0;
    const done = eachPart(response, part => {
      bytes += part.length;
    });
    for (let i = 0; i < 5; i++) {
      await jest.advanceTimersByTimeAsync(REQUEST_TIMEOUT - 1000);
      controller.enqueue(new Uint8Array(10));
      await settled();
    }
    end();
    await done;
    expect(bytes).toBe(50);
  });

  it('gives up where nothing comes for too long', async () => {
    const { response, controller, cancelled } = answer(type);
    const outcome = eachPart(response, () => undefined).catch(
      (reason: unknown) => reason
    );
    controller.enqueue(new Uint8Array(10));
    await jest.advanceTimersByTimeAsync(2 * REQUEST_TIMEOUT);
    expect(await outcome).toMatchObject({ failure: { code: 'server-gone' } });
    expect(cancelled).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tells of a connection that breaks', async () => {
    const { response, controller } = answer(type);
    const outcome = eachPart(response, () => undefined).catch(
      (reason: unknown) => reason
    );
    await settled();
    controller.error(new TypeError('reset'));
    expect(await outcome).toMatchObject({
      failure: {
        code: 'server-gone',
        technical: expect.stringContaining('reset') as string
      }
    });
  });

  it('cancels the rest where a part cannot be used', async () => {
    const { response, controller, cancelled } = answer(type);
    const wrong = new Error('no room');
    const outcome = eachPart(response, () => {
      throw wrong;
    }).catch((reason: unknown) => reason);
    controller.enqueue(new Uint8Array(1 << 20));
    await settled();
    expect(await outcome).toBe(wrong);
    expect(cancelled).toHaveBeenCalledTimes(1);
  });
});
