import { SettingsPage } from '@/app/_features/settings/settings-page';

export const metadata = { title: 'Settings' };

export default function Page() {
  return <SettingsPage />;
}
