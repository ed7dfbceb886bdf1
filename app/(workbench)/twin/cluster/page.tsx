import { ClusterPage } from '@/app/_features/cluster/cluster-page';

export const metadata = { title: 'Cluster' };

export default function Page() {
  return <ClusterPage />;
}
