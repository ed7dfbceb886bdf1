import type { ReactNode } from 'react';
import { WorkbenchShell } from '@/app/_features/shell/workbench-shell';

export default function WorkbenchLayout({ children }: { readonly children: ReactNode }) {
  return <WorkbenchShell>{children}</WorkbenchShell>;
}
