/** What was made last, so that it is not made again. */
export class Newest<K, V> {
  /** Remember so many. */
  constructor(private readonly _most = 64) {}

  /** What is known of a key, or else what is made of it; a failure is not remembered. */
  of(key: K, make: (key: K) => V): V {
    const known = this._known.get(key);
    if (known !== undefined) {
      // The order of a Map is the order of insertion, so this one is now the newest.
      this._known.delete(key);
      this._known.set(key, known);
      return known;
    }
    const made = make(key);
    this._known.set(key, made);
    if (this._known.size > this._most) {
      const [oldest] = this._known.keys();
      this._known.delete(oldest);
    }
    return made;
  }

  private readonly _known = new Map<K, V>();
}
