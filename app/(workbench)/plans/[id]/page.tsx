import { PlanPage } from '@/app/_features/plans/plan-page';

export const metadata = { title: 'Plan' };

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <PlanPage id={(await params).id} />;
}
