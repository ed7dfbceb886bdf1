import { ReportsPage } from '@/app/_features/reports/reports-page';

export const metadata = { title: 'Reports' };

export default function Page() {
  return <ReportsPage />;
}
