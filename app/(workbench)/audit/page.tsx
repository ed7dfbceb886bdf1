import { AuditPage } from '@/app/_features/audit/audit-page';

export const metadata = { title: 'Audit' };

export default function Page() {
  return <AuditPage />;
}
