/**
 * A drawing over time as a video file: it is shown moment by moment, drawn on a canvas with a line of text below, and
 * recorded by the browser itself (MediaRecorder). Nothing leaves the browser but the file. Takes as long as the film.
 */
import { imageOf } from './svg-file';

const CAPTION_PX = 28;
const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

export type Film = {
  readonly moments: number;
  /** Brings the drawing to a moment; resolves when it is on the page. */
  readonly show: (moment: number) => Promise<void>;
  readonly svg: () => SVGSVGElement | null;
  readonly caption: (moment: number) => string;
  readonly momentMs: number;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
};

/** Null when it was stopped. The error says what to do instead where a browser cannot record. */
export async function recordFilm(film: Film): Promise<{ readonly blob: Blob; readonly extension: string } | null> {
  const type = typeof MediaRecorder === 'undefined' ? undefined : TYPES.find((each) => MediaRecorder.isTypeSupported(each));
  if (type === undefined) throw new Error('This browser records no video. Save single moments as PNG instead.');
  const first = film.svg();
  if (first === null) throw new Error('The map is shown as a table now. Switch back to the map first.');
  const { width, height } = first.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * Math.ceil(width / 2); // video wants even sides
  canvas.height = 2 * Math.ceil((height + CAPTION_PX) / 2);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D canvas, so no film can be drawn.');
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: type, videoBitsPerSecond: 2_500_000 });
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
  const stopped = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()));
  await drawMoment(film, 0, context, height);
  recorder.start();
  for (let moment = 1; moment < film.moments && !film.signal.aborted; moment += 1) {
    const due = performance.now() + film.momentMs;
    await drawMoment(film, moment, context, height);
    film.onProgress(moment / film.moments);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  recorder.stop();
  await stopped;
  return film.signal.aborted ? null : { blob: new Blob(parts, { type }), extension: type.includes('mp4') ? 'mp4' : 'webm' };
}

async function drawMoment(film: Film, moment: number, context: CanvasRenderingContext2D, height: number): Promise<void> {
  await film.show(moment);
  const svg = film.svg();
  if (svg === null) return;
  const image = await imageOf(svg);
  const { canvas } = context;
  const style = getComputedStyle(document.documentElement);
  context.fillStyle = style.getPropertyValue('--sheet');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0);
  context.fillStyle = style.getPropertyValue('--ink-2');
  context.font = `14px ${getComputedStyle(document.body).fontFamily}`;
  context.fillText(film.caption(moment), 12, height + CAPTION_PX - 10);
}
