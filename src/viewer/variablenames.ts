/** The names of the variables that a search came by. */
export class VariableNames {
  /** Look out for the words of a filter, in lower case, among the names. */
  constructor(private readonly _words: readonly string[]) {}

  /** The names in lower case. */
  get all(): ReadonlySet<string> {
    return this._all;
  }

  /** Take note of a name; answers whether it is a word of which that was not known. */
  note(name: string): boolean {
    // Thousands of variables share a few names.
    if (this._seen.has(name)) {
      return false;
    }
    this._seen.add(name);
    const variable = name.toLowerCase();
    if (this._all.has(variable)) {
      return false;
    }
    this._all.add(variable);
    return this._words.includes(variable);
  }

  private readonly _seen = new Set<string>();
  private readonly _all = new Set<string>();
}
