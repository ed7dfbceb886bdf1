import { ConnectorsPage } from '@/app/_features/connectors/connectors-page';

export const metadata = { title: 'Connectors' };

export default function Page() {
  return <ConnectorsPage />;
}
