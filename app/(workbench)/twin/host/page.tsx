import { HostPage } from '@/app/_features/host/host-page';

export const metadata = { title: 'Host' };

export default function Page() {
  return <HostPage />;
}
