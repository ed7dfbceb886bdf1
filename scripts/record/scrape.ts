/** One scrape of one Prometheus endpoint: its text within the time limit, or null, which is a gap. */
export type Target = {
  readonly url: string;
  /** Labels added to every sample, to tell equal series of different targets apart. */
  readonly extraLabels: readonly (readonly [string, string])[];
  readonly job: string;
};

const TIMEOUT_MS = 900;
const TEXT_CHARACTERS_MAX = 8_000_000;

export async function scrape(target: Target): Promise<string | null> {
  try {
    const response = await fetch(target.url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = response.ok ? await response.text() : '';
    return text !== '' && text.length <= TEXT_CHARACTERS_MAX ? text : null;
  } catch {
    return null;
  }
}
