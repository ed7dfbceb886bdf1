/** The document: language, theme before the first paint, and the two style sheets. Everything else is the workbench's. */
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { themeScript } from '@/app/_lib/theme/theme-script';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Orrery', template: '%s · Orrery' },
  description: 'A simulation-first digital-twin workbench for the people who run infrastructure.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, themeColor: [{ media: '(prefers-color-scheme: light)', color: '#f4f5f2' }, { media: '(prefers-color-scheme: dark)', color: '#0e141b' }] };

export default function DocumentLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" data-mode="sim" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
