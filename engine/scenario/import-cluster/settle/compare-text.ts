/** Order by code units: the same on every machine. */
export const compareText = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
