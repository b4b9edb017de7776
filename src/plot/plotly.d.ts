/** Plotly's core has no types of its own; `loader.ts` says what is used of it. */
declare module 'plotly.js/lib/core';
