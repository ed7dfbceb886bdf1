import { ReplayPage } from '@/app/_features/replay/replay-page';

export const metadata = { title: 'Replay' };

export default function Page() {
  return <ReplayPage />;
}
