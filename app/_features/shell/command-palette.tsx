/** ⌘K: everything reachable by typing its name. Loaded when first opened. Pages add commands of their own. */
'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useOfferedCommands } from '@/app/_lib/commands/offered-commands';
import { useTheme } from '@/app/_lib/theme/use-theme';
import { FURTHER_PLACES, PLACES, SUPPORTING_PLACES } from './places';

type CommandPaletteProps = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

export default function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  const router = useRouter();
  const offered = useOfferedCommands();
  const { choose } = useTheme();
  const run = (action: () => void) => () => {
    onOpenChange(false);
    action();
  };
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Go anywhere, do anything"
      overlayClassName="fixed inset-0 z-40 bg-shade"
      contentClassName="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-lg overflow-hidden rounded-box border border-line-strong bg-sheet"
    >
      <Command.Input autoFocus placeholder="Type a place or a command" className="h-10 w-full border-b border-line bg-transparent px-3 text-lg text-ink outline-none placeholder:text-ink-3" />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1">
        <Command.Empty className="p-3 text-ink-2">Nothing by that name. Try a place such as Twin, or a verb such as simulate.</Command.Empty>
        {offered.length === 0 ? null : (
          <Group heading="On this page">
            {offered.map(({ name, about, run: action }) => (
              <Item key={name} name={name} about={about} onSelect={run(action)} />
            ))}
          </Group>
        )}
        <Group heading="Places">
          {[...PLACES, ...FURTHER_PLACES, ...SUPPORTING_PLACES].map(({ name, href, about }) => (
            <Item key={href} name={name} about={about} onSelect={run(() => router.push(href))} />
          ))}
        </Group>
        <Group heading="Look">
          {(['light', 'dark', 'system'] as const).map((theme) => (
            <Item key={theme} name={`Theme: ${theme}`} about="" onSelect={run(() => choose(theme))} />
          ))}
        </Group>
      </Command.List>
    </Command.Dialog>
  );
}

const Group = ({ heading, children }: { readonly heading: string; readonly children: ReactNode }) => (
  <Command.Group heading={heading} className="py-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-ink-3">
    {children}
  </Command.Group>
);

function Item({ name, about, onSelect }: { readonly name: string; readonly about: string; readonly onSelect: () => void }) {
  return (
    <Command.Item value={`${name} ${about}`} onSelect={onSelect} className="flex h-8 cursor-pointer items-center gap-3 rounded-small px-2 data-[selected=true]:bg-well">
      <span className="text-ink">{name}</span>
      <span className="truncate text-sm text-ink-3">{about}</span>
    </Command.Item>
  );
}
