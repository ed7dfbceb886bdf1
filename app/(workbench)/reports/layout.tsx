import type { ReactNode } from 'react';
import { ServerProvider } from '@/app/_lib/server/server-provider';

export default function ReportsLayout({ children }: { readonly children: ReactNode }) {
  return <ServerProvider>{children}</ServerProvider>;
}
