/** The points of one trace. */
export interface INumbers {
  /** NaN breaks the line. */
  readonly x: Float64Array;
  /** NaN breaks the line. */
  readonly y: Float64Array;
  /** The y as whole numbers, where a 64-bit float would round them. */
  readonly exact: readonly string[] | null;
}

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/** Points from base64 texts; null when these are no numbers of one length. */
export function readNumbers(
  xs: string,
  ys: string,
  exact: readonly string[] | null
): INumbers | null {
  const x = floats(xs);
  const y = floats(ys);
  if (!x || !y || x.length !== y.length) {
    return null;
  }
  return exact && exact.length !== y.length ? null : { x, y, exact };
}

/** 64-bit floats, least significant byte first. */
function floats(base64: string): Float64Array | null {
  let text: string;
  try {
    text = atob(base64);
  } catch {
    return null;
  }
  if (text.length % BYTES !== 0) {
    return null;
  }
  const bytes = new DataView(new ArrayBuffer(text.length));
  for (let i = 0; i < text.length; i++) {
    bytes.setUint8(i, text.charCodeAt(i));
  }
  return Float64Array.from({ length: text.length / BYTES }, (_, i) =>
    bytes.getFloat64(i * BYTES, true)
  );
}
