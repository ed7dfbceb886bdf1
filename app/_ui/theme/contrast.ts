/**
 * Contrast and colour-blind distance of two colours, to check the tokens by computation.
 *
 * Contrast: WCAG 2.2, relative luminance of sRGB. Colour blindness: full dichromacy after Machado,
 * Oliveira and Fernandes (2009), then ΔE in CIELAB (D65); the smallest of the three types counts.
 */
type Rgb = readonly [red: number, green: number, blue: number];

const DICHROMACY: readonly (readonly [Rgb, Rgb, Rgb])[] = [
  [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
];

/** Linear-light red, green and blue (0..1) of `#rrggbb`. */
function linearRgb(hex: string): Rgb {
  const channel = (at: number) => {
    const encoded = parseInt(hex.slice(at, at + 2), 16) / 255;
    return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const dot = (row: Rgb, rgb: Rgb) => row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2];
const luminance = (rgb: Rgb) => dot([0.2126, 0.7152, 0.0722], rgb);

/** WCAG contrast ratio, 1..21. */
export function contrastRatio(first: string, second: string): number {
  const [dark, light] = [luminance(linearRgb(first)), luminance(linearRgb(second))].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

function lab(rgb: Rgb): Rgb {
  const curve = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = curve(dot([0.4124564, 0.3575761, 0.1804375], rgb) / 0.95047);
  const y = curve(luminance(rgb));
  const z = curve(dot([0.0193339, 0.119192, 0.9503041], rgb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Smallest ΔE*ab over the three kinds of dichromacy; above about 8 two marks are told apart side by side. */
export function colourBlindDistance(first: string, second: string): number {
  const distances = DICHROMACY.map((matrix) => {
    const seen = (hex: string): Rgb => {
      const rgb = linearRgb(hex);
      return lab([Math.max(0, dot(matrix[0], rgb)), Math.max(0, dot(matrix[1], rgb)), Math.max(0, dot(matrix[2], rgb))]);
    };
    const [a, b] = [seen(first), seen(second)];
    return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  });
  return Math.min(...distances);
}

/** The hex colours of a token sheet by theme: `:root` is light, `.dark` is dark. */
export function parseThemes(css: string): Map<'light' | 'dark', Map<string, string>> {
  const read = (selector: string) => {
    const block = css.slice(css.indexOf(`${selector} {`));
    const body = block.slice(0, block.indexOf('}'));
    return new Map([...body.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b/g)].map((match) => [match[1]!, match[2]!] as const));
  };
  return new Map([['light', read(':root')], ['dark', read('.dark')]]);
}
