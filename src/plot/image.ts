import type { IFigure } from './figure';
import type { IPlotly } from './loader';

/** The formats a figure is saved in. */
export type ImageFormat = 'png' | 'svg';

/** A picture has twice the pixels of the screen, so that it prints well. */
const PNG_SCALE = 2;

/** Save what a figure shows as a picture of the plot's size. */
export async function downloadFigure(
  plotly: IPlotly,
  content: Pick<IFigure, 'data' | 'layout'>,
  format: ImageFormat,
  filename: string,
  size: readonly [number, number]
): Promise<void> {
  const [width, height] = size;
  await plotly.downloadImage(
    {
      data: content.data,
      layout: { ...content.layout, width, height, autosize: false }
    },
    {
      format,
      width,
      height,
      filename,
      ...(format === 'png' ? { scale: PNG_SCALE } : {})
    }
  );
}
