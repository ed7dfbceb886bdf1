import { ComparePage } from '@/app/_features/compare/compare-page';

export const metadata = { title: 'Compare' };

export default function Page() {
  return <ComparePage />;
}
