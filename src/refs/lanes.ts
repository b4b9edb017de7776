/** Does a piece of work for each item, so many at once, taking the items from the queue; rejects with the first that does. */
export async function inLanes<T extends object | string>(
  queue: T[],
  atOnce: number,
  work: (item: T) => Promise<void>
): Promise<void> {
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
