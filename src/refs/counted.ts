/** Made once: a call of `toLocaleString` looks its language up each time. */
const COUNTS = new Intl.NumberFormat('en-US');

/** A count with commas between its thousands: `15,000`. */
export function counted(count: number): string {
  return COUNTS.format(count);
}
