/** Clock readings of a run: seconds since its start as m:ss or h:mm:ss, from two days on as `5 d` or `5 d 06:00`; and lengths of time in words. */
const DAYS_FROM_HOURS = 48;

export function formatClock(seconds: number): string {
  const sign = seconds < 0 ? '−' : '';
  const whole = Math.round(Math.abs(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  if (hours >= DAYS_FROM_HOURS) return `${sign}${Math.floor(hours / 24)} d${hours % 24 + minutes === 0 ? '' : ` ${two(hours % 24)}:${two(minutes)}`}`;
  return hours > 0 ? `${sign}${hours}:${two(minutes)}:${two(rest)}` : `${sign}${minutes}:${two(rest)}`;
}

/** `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`, `4 d 3 h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  const units = [['d', 86_400], ['h', 3600], ['min', 60], ['s', 1]] as const;
  const whole = Math.round(seconds);
  const first = units.findIndex(([, size]) => whole >= size);
  const parts = units.slice(first, first + 2).map(([unit, size], index) => {
    const count = Math.floor((index === 0 ? whole : whole % units[first]![1]) / size);
    return count > 0 ? `${count} ${unit}` : '';
  });
  return parts.filter((part) => part !== '').join(' ');
}
