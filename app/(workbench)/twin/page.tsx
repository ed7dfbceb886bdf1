import { TwinPage } from '@/app/_features/twin/twin-page';

export const metadata = { title: 'Twin' };

export default function Page() {
  return <TwinPage />;
}
