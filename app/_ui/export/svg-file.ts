/**
 * A drawing as a file of its own: the SVG with its computed styles written in, so it looks the same without
 * our style sheet, and the same picture as PNG at twice the size. Built in this browser.
 */
const STYLES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'stroke-linecap', 'opacity', 'font-size', 'font-weight', 'font-family', 'text-anchor', 'dominant-baseline', 'transform', 'display'] as const;

export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) return '';
  const originals = [...svg.querySelectorAll('*')];
  [...copy.querySelectorAll<SVGElement>('*')].forEach((element, index) => {
    const computed = getComputedStyle(originals[index]!);
    for (const name of STYLES) element.style.setProperty(name, computed.getPropertyValue(name));
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.style.background = getComputedStyle(document.documentElement).getPropertyValue('--sheet');
  copy.style.fontFamily = getComputedStyle(svg).fontFamily;
  return new XMLSerializer().serializeToString(copy);
}

/** The drawing as it looks now, ready to be drawn on a canvas. */
export async function imageOf(svg: SVGSVGElement): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await image.decode();
  return image;
}

export async function pngBlob(svg: SVGSVGElement, scale = 2): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const image = await imageOf(svg);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D canvas, so no PNG can be drawn. Export SVG instead.');
  context.scale(scale, scale);
  context.drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is too large for PNG here. Export SVG instead.')) : resolve(blob)), 'image/png');
  });
}
