/** The books that ship, by the name a system chooses. */
import type { PriceBookName } from '@/engine/twin';
import { awsPriceBook } from './aws-book';
import { gcpPriceBook } from './gcp-book';
import { DEFAULT_PRICE_BOOK } from './opencost-book';
import type { PriceBook } from './price-book';

const BOOKS: Readonly<Record<PriceBookName, () => PriceBook>> = { opencost: () => DEFAULT_PRICE_BOOK, aws: awsPriceBook, gcp: gcpPriceBook };

/** Built anew at each call: keep it while a bill is made. */
export const bookNamed = (name: PriceBookName): PriceBook => BOOKS[name]();
