/** The heights that the tree and the figures of an output can have, in pixels. */
export const HEIGHTS = { least: 160, first: 360, most: 1600 } as const;

/** What an output has above and below them: its title, its border to drag, and a rim. */
const AROUND = 50;

/** The height that an output has at first, and that is kept for it before its code is there. */
export const OUTPUT_HEIGHT = HEIGHTS.first + AROUND;
