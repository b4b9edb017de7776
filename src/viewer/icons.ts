import { LabIcon } from '@jupyterlab/ui-components';

// A style keeps lines from being filled: JupyterLab's style sheet fills all that has the attribute.

/** A cell body with dendrites and a spike: the mark of result files. */
export const neuronvisioIcon = new LabIcon({
  name: 'neuronvisio:icon',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3 jp-NeuronvisioIcon-line" style="fill: none" stroke="#616161" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
    <path d="M8 9 5.5 6.5 3 6M5.5 6.5 6 3M11.5 8 14 4.5l-1-2.5M14 4.5l3.5-1"/>
    <path d="M2.5 20h6l2.5-6 3 8 2-4h5.5"/>
  </g>
  <circle class="jp-icon3 jp-icon-selectable" fill="#616161" cx="9.7" cy="9.7" r="2.6"/>
</svg>`
});

/** A crossed circle: nothing is drawn any more. JupyterLab's own has a mask, which fails where it stands twice. */
export const clearFigureIcon = new LabIcon({
  name: 'neuronvisio:clear-figure',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" style="fill: none" stroke="#616161" stroke-width="2">
    <circle cx="12" cy="12" r="8.5"/>
    <path d="M6 6 18 18"/>
  </g>
</svg>`
});

/** A figure with a plus: a new figure. */
export const newFigureIcon = new LabIcon({
  name: 'neuronvisio:new-figure',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" style="fill: none" stroke="#616161" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
    <path d="M4 3v17h17M7 16l3.5-5 3 2.5 2-3M18 3v7M14.5 6.5h7"/>
  </g>
</svg>`
});

/** A curve that goes on at an arrow: what is written to the file is shown. */
export const followIcon = new LabIcon({
  name: 'neuronvisio:follow',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" style="fill: none" stroke="#616161" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
    <path d="M2 15h3l2.5-9 4 13 2.5-7h7"/>
    <path d="M17.5 8.5 21 12l-3.5 3.5"/>
  </g>
</svg>`
});

/** Two curves over each other: results to compare. */
export const compareIcon = new LabIcon({
  name: 'neuronvisio:compare',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" style="fill: none" stroke="#616161" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
    <path d="M4 3v17h17"/>
    <path d="M7 16C10 2 13 2 15 8s4 6 6 5"/>
    <path d="M7 9c4 8 8 9 14-4"/>
  </g>
</svg>`
});

/** Swatches with lines of text: the legend. */
export const legendIcon = new LabIcon({
  name: 'neuronvisio:legend',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" style="fill: none" stroke="#616161" stroke-width="2" stroke-linecap="round">
    <path d="M3 6h5M3 12h5M3 18h5" stroke-width="3"/>
    <path d="M12 6h9M12 12h9M12 18h9"/>
  </g>
</svg>`
});

/** Dots along a curve: points in place of lines. */
export const pointsIcon = new LabIcon({
  name: 'neuronvisio:points',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <circle cx="4" cy="17" r="2"/><circle cx="8" cy="11" r="2"/><circle cx="12" cy="6" r="2"/>
    <circle cx="16" cy="11" r="2"/><circle cx="20" cy="17" r="2"/>
  </g>
</svg>`
});

/** Arrows to the four corners: the whole range. */
export const resetZoomIcon = new LabIcon({
  name: 'neuronvisio:reset-zoom',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" style="fill: none" stroke="#616161" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
    <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M4 4l5 5M20 4l-5 5M4 20l5-5M20 20l-5-5"/>
  </g>
</svg>`
});
