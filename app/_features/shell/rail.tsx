/** Every place as a link with its name. The time cursor goes along. At phone width the rail becomes the bottom bar. */
'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useUrlParam } from '@/app/_lib/url-state/url-params';
import { classNames } from '@/app/_ui/class-names';
import { PLACES, SUPPORTING_PLACES, type Place } from './places';

export const isHere = (href: string, pathname: string) => (href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`));

export function Rail() {
  return (
    <nav aria-label="Places" className="hidden w-(--rail) shrink-0 flex-col border-r border-line md:flex" data-no-print>
      <PlaceList places={PLACES} />
      <div className="mx-4 my-2 border-t border-line" />
      <PlaceList places={SUPPORTING_PLACES} />
    </nav>
  );
}

export function PlaceList({ places, onFollow }: { readonly places: readonly Place[]; readonly onFollow?: () => void }) {
  const pathname = usePathname();
  const [cursor] = useUrlParam('t');
  return (
    <ul className="grid py-1">
      {places.map(({ name, href, about }) => {
        const here = isHere(href, pathname);
        return (
          <li key={href}>
            <Link
              href={cursor === null ? href : `${href}?t=${cursor}`}
              prefetch={false}
              title={about}
              aria-current={here ? 'page' : undefined}
              onClick={onFollow}
              className={classNames('flex h-8 items-center border-l-2 px-4 text-base', here ? 'border-accent bg-well font-medium text-ink' : 'border-transparent text-ink-2 hover:bg-well hover:text-ink')}
            >
              {name}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
