import type { ILook } from '../chart/palette';

export interface IPicture {
  charts: { title: string; canvas: HTMLCanvasElement }[];
  legend: { title: string; look: ILook }[];
  ground: string;
  text: string;
  font: string;
}

const GAP = 16;
const TITLE = 22;
const ENTRY = 18;

/** The charts as they stand, with their titles and a legend, as a PNG. */
export async function pictureOf({ charts, legend, ground, text, font }: IPicture): Promise<Blob | null> {
  const ratio = window.devicePixelRatio || 1;
  const sizes = charts.map(({ canvas }) => [canvas.width / ratio, canvas.height / ratio]);
  const across = Math.min(charts.length, Math.max(1, Math.round(Math.sqrt(charts.length))));
  const wide = Math.max(...sizes.map(([width]) => width));
  const high = Math.max(...sizes.map(([, height]) => height)) + TITLE;
  const down = Math.ceil(charts.length / across);
  const picture = document.createElement('canvas');
  picture.width = (across * (wide + GAP) + GAP) * ratio;
  picture.height = (down * (high + GAP) + GAP + legend.length * ENTRY + GAP) * ratio;
  const pen = picture.getContext('2d')!;
  pen.scale(ratio, ratio);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.textBaseline = 'middle';
  charts.forEach(({ title, canvas }, i) => {
    const left = GAP + (i % across) * (wide + GAP);
    const top = GAP + Math.floor(i / across) * (high + GAP);
    pen.fillStyle = text;
    pen.font = `600 13px ${font}`;
    pen.fillText(title, left, top + TITLE / 2, wide);
    pen.drawImage(canvas, left, top + TITLE, ...(sizes[i] as [number, number]));
  });
  pen.font = `12px ${font}`;
  legend.forEach(({ title, look }, i) => {
    const y = GAP + down * (high + GAP) + i * ENTRY + ENTRY / 2;
    pen.strokeStyle = look.colour;
    pen.lineWidth = 2;
    pen.setLineDash(look.dash);
    pen.beginPath();
    pen.moveTo(GAP, y);
    pen.lineTo(GAP + 26, y);
    pen.stroke();
    pen.fillStyle = text;
    pen.fillText(title, GAP + 34, y, picture.width / ratio - GAP - 40);
  });
  return new Promise(resolve => picture.toBlob(resolve, 'image/png'));
}
