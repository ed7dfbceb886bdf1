import { NowPage } from '@/app/_features/now/now-page';

export default function Page() {
  return <NowPage />;
}
