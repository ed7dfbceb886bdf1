/** An address that leads nowhere: says so, and where one can go. */
import Link from 'next/link';
import { PLACES } from '@/app/_features/shell/places';
import { WorkbenchShell } from '@/app/_features/shell/workbench-shell';

export default function NotFound() {
  return (
    <WorkbenchShell>
      <div className="grid max-w-xl gap-2 px-3 py-6 md:px-6">
        <h1 className="text-xl font-medium">There is no page at this address.</h1>
        <p className="text-ink-2">It may have moved, or the link was cut. The places of the workbench:</p>
        <ul className="grid gap-1">
          {PLACES.map(({ name, href, about }) => (
            <li key={href}>
              <Link href={href} prefetch={false} className="text-accent underline underline-offset-2">
                {name}
              </Link>
              <span className="text-ink-2">, {about}</span>
            </li>
          ))}
        </ul>
      </div>
    </WorkbenchShell>
  );
}
