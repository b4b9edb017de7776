/** Pixels of an axis for each of its ticks, and the fewest and the most that plotly makes of them, less one. */
const ROOM = 80;
const FEWEST = 4;
const MOST = 9;
/** Widths over the height of letters: of a digit, and between two labels. */
const DIGIT = 0.62;
const BETWEEN = 0.8;

/** From here on plotly tells a number by a power of ten, which may be long. */
const POWERS = 1e6;

/**
 * Whether the labels of an x axis stand beside each other whatever ticks plotly
 * chooses, and the last of them in the margin beside the axis. Where they do, it
 * need not measure each of them to see whether they have to be turned, and
 * whether the plot has to be drawn again with more room.
 */
export function labelsFit(
  range: readonly number[],
  { width, margin }: { readonly width: number; readonly margin: number },
  fontSize: number
): boolean {
  const [from, to] = range;
  const ticks = Math.min(MOST, Math.max(FEWEST, width / ROOM)) + 1;
  const step = Math.abs(to - from) / ticks;
  const greatest = Math.max(Math.abs(from), Math.abs(to));
  const signs = from < 0 || to < 0 ? 1 : 0;
  const label = (lettersOf(greatest, step) + signs) * DIGIT * fontSize;
  return (
    greatest < POWERS &&
    label + BETWEEN * fontSize <= width / ticks &&
    label / 2 <= margin
  );
}

/** The letters of a number that is told to a step: its digits, a point, and commas between thousands. */
function lettersOf(number: number, step: number): number {
  const digits = Math.floor(Math.log10(Math.max(1, number))) + 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  const commas = Math.floor((digits - 1) / 3);
  return digits + commas + (decimals > 0 ? decimals + 1 : 0);
}
