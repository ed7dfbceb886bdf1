import { ScenariosPage } from '@/app/_features/scenarios/scenarios-page';

export const metadata = { title: 'Scenarios' };

export default function Page() {
  return <ScenariosPage />;
}
