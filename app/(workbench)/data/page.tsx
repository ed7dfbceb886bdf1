import { DataPage } from '@/app/_features/data/data-page';

export const metadata = { title: 'Data' };

export default function Page() {
  return <DataPage />;
}
