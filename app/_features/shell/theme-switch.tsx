/** Light, dark or as the system says. */
'use client';

import { useTheme } from '@/app/_lib/theme/use-theme';
import { SegmentedControl } from '@/app/_ui/segmented-control';

const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'System' },
] as const;

export function ThemeSwitch() {
  const { theme, choose } = useTheme();
  return <SegmentedControl label="Theme" value={theme} segments={THEMES} onChange={choose} />;
}
