/** Places at phone width: the three that are read and approved on the way, and all others behind “More”. */
'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useId } from 'react';
import { classNames } from '@/app/_ui/class-names';
import { PLACES, SUPPORTING_PLACES } from './places';
import { isHere, PlaceList } from './rail';
import { ThemeSwitch } from './theme-switch';

const FIRST = ['Now', 'Forecast', 'Plans'];

export function BottomBar() {
  const pathname = usePathname();
  const id = useId();
  const close = () => document.getElementById(id)?.hidePopover();
  const look = 'flex h-11 w-full items-center justify-center border-t-2 text-base';
  return (
    <nav aria-label="Main places" className="border-t border-line bg-sheet md:hidden" data-no-print>
      <ul className="grid grid-cols-4">
        {PLACES.filter((place) => FIRST.includes(place.name)).map(({ name, href }) => (
          <li key={href}>
            <Link href={href} prefetch={false} aria-current={isHere(href, pathname) ? 'page' : undefined} className={classNames(look, isHere(href, pathname) ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-2')}>
              {name}
            </Link>
          </li>
        ))}
        <li>
          <button type="button" popoverTarget={id} className={classNames(look, 'border-transparent text-ink-2')}>
            More
          </button>
        </li>
      </ul>
      <div id={id} popover="auto" role="group" aria-label="All places" className="inset-x-0 top-auto! bottom-11! left-0! m-0 max-h-[80vh] w-full overflow-y-auto border-t border-line-strong bg-sheet p-2">
        <div className="grid grid-cols-2">
          <PlaceList places={PLACES} onFollow={close} />
          <PlaceList places={SUPPORTING_PLACES} onFollow={close} />
        </div>
        <div className="p-2">
          <ThemeSwitch />
        </div>
      </div>
    </nav>
  );
}
