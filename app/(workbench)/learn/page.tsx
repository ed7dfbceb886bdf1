import { LearnPage } from '@/app/_features/learn/learn-page';

export const metadata = { title: 'Learn' };

export default function Page() {
  return <LearnPage />;
}
