import { ForecastPage } from '@/app/_features/forecast/forecast-page';

export const metadata = { title: 'Forecast' };

export default function Page() {
  return <ForecastPage />;
}
