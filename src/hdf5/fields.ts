/** Little-endian fields one after the other; throws a `RangeError` where there are no more. */
export class Fields {
  /** Read the fields of bytes. */
  constructor(readonly bytes: Uint8Array) {}

  /** Where the next field is. */
  get at(): number {
    return this._at;
  }

  /** How many bytes follow. */
  get left(): number {
    return this.bytes.length - this._at;
  }

  /** Leave bytes out. */
  skip(count: number): this {
    this._at += count;
    return this;
  }

  /** A number of one to eight bytes. */
  number(size: number): number {
    this._assertLeft(size);
    // Called for each field of thousands of headers: no part is made.
    let value = 0;
    for (let i = this._at + size - 1; i >= this._at; i--) {
      value = value * 256 + this.bytes[i];
    }
    this._at += size;
    if (value > Number.MAX_SAFE_INTEGER) {
      throw new RangeError(`${value} is not exact`);
    }
    return value;
  }

  /** Some bytes. */
  part(length: number): Uint8Array {
    this._assertLeft(length);
    this._at += length;
    return this.bytes.subarray(this._at - length, this._at);
  }

  /** Leave out the letters with which a structure begins; they must be these. */
  letters(letters: string): this {
    if (String.fromCharCode(...this.part(letters.length)) !== letters) {
      throw new RangeError(`no ${letters}`);
    }
    return this;
  }

  /** The bytes before a zero, which is left out. */
  text(): Uint8Array {
    const end = this.bytes.indexOf(0, this._at);
    if (end < 0) {
      throw new RangeError('a text without an end');
    }
    const text = this.part(end - this._at);
    this._at += 1;
    return text;
  }

  private _assertLeft(length: number): void {
    if (!(length <= this.left)) {
      throw new RangeError(`${length} bytes of ${this.left}`);
    }
  }

  private _at = 0;
}
