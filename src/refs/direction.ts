/** Marks that turn the text around them, sentences of ours among it, from left to right or back. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text of a file as it is shown: a mark that turns what stands beside it is seen, and turns nothing. */
export function withoutTurns(text: string): string {
  return text.replace(TURNS, '\ufffd');
}
