import { InboxPage } from '@/app/_features/plans/inbox-page';

export const metadata = { title: 'Plans' };

export default function Page() {
  return <InboxPage />;
}
