/** Grams of CO2e per kWh where clouds stand, averages of the year (location based), from the tables of Cloud Carbon Footprint (2024). */
export type GridIntensity = { readonly place: string; readonly gramsPerKwh: number; readonly source: string };

const TABLES = [
  { source: 'US EPA eGRID, as used by Cloud Carbon Footprint', grams: `us-east-1=415.755 us-east-2=440.187 us-west-1=350.861 us-west-2=350.861 us-gov-east-1=415.755
us-gov-west-1=350.861` },
  { source: 'carbonfootprint.com country factors, as used by Cloud Carbon Footprint', grams: `af-south-1=928 ap-east-1=810 ap-south-1=708 ap-northeast-3=506 ap-northeast-2=500 ap-southeast-2=790
ap-northeast-1=506 ca-central-1=130 cn-north-1=555 cn-northwest-1=555 me-south-1=732 sa-east-1=74` },
  { source: 'EMA Singapore, as used by Cloud Carbon Footprint', grams: `ap-southeast-1=408.5` },
  { source: 'European Environment Agency, as used by Cloud Carbon Footprint', grams: `eu-central-1=338 eu-west-1=316 eu-west-2=228 eu-south-1=233 eu-west-3=52 eu-north-1=8` },
  { source: 'Google, by region, as used by Cloud Carbon Footprint', grams: `us-central1=479 us-east1=500 us-east4=383 us-west1=117 us-west2=248 us-west3=561 us-west4=491
asia-east1=541 asia-east2=626 asia-northeast1=524 asia-northeast2=524 asia-northeast3=540
asia-south1=723 asia-southeast1=493 asia-southeast2=772 australia-southeast1=725 europe-north1=181
europe-west1=196 europe-west2=257 europe-west3=319 europe-west4=474 europe-west6=29
northamerica-northeast1=143 southamerica-east1=109` },
] as const;

export const GRID_INTENSITIES: readonly GridIntensity[] = TABLES.flatMap(({ source, grams }) =>
  grams.split(/\s+/).map((pair) => {
    const [place, value] = pair.split('=') as [string, string];
    return { place, gramsPerKwh: Number(value), source };
  }),
);

/** What a kWh costs where nobody says which grid it is: the mean of the world's electricity in 2022. */
export const WORLD_AVERAGE: GridIntensity = { place: 'world average', gramsPerKwh: 436, source: 'Ember, Global Electricity Review 2023' };

/** A region, or a zone of one (`us-east-1a`, `europe-west4-b`). */
export const intensityOf = (place: string): GridIntensity | null => GRID_INTENSITIES.find((grid) => grid.place === place) ?? GRID_INTENSITIES.find((grid) => place.startsWith(grid.place) && /^-?[a-z]$/.test(place.slice(grid.place.length))) ?? null;
