import { describe, expect, it } from 'vitest';
import { jiffiesOfMs, timerFiresAt } from './kernel-timer';

describe('a kernel timer at HZ=250', () => {
  it('fires an OGM timer of 980 to 1019 ms after 992 ms in 9 of 40 cases and after 1024 ms in the others', () => {
    const after = Array.from({ length: 40 }, (_, i) => (timerFiresAt(8_000, jiffiesOfMs(980 + i)) - 8_000) * 4);
    expect(after.filter((ms) => ms === 992)).toHaveLength(9);
    expect(after.filter((ms) => ms === 1_024)).toHaveLength(31);
  });

  it('fires a hold of 100 to 109 ms one jiffy late', () => {
    expect([0, 1, 4, 5, 9].map((ms) => timerFiresAt(1_001, jiffiesOfMs(100) + jiffiesOfMs(ms)) - 1_001)).toEqual([26, 27, 27, 28, 29]);
  });

  it('never fires early, nor later than a step of its level', () => {
    for (let delay = 0; delay < 5_000; delay += 7) {
      const step = delay < 63 ? 1 : delay < 504 ? 8 : delay < 4_032 ? 64 : 512;
      const late = timerFiresAt(12_345, delay) - 12_345 - delay;
      expect(late).toBeGreaterThan(0);
      expect(late).toBeLessThanOrEqual(step);
    }
  });
});
