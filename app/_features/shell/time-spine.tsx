/** The time axis in its fixed place at the foot of the workbench, with play and speed where a page can be played. */
'use client';

import { useShownTimeLine, useTimeCursor, type Transport } from '@/app/_lib/time-line/time-line';
import { Button } from '@/app/_ui/button';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import { TimeAxis } from '@/app/_ui/time-axis';

export function TimeSpine() {
  const timeLine = useShownTimeLine();
  const [cursor, setCursor] = useTimeCursor();
  if (timeLine === null) return null;
  const { from, to, now, events, format, transport } = timeLine;
  return (
    <div className="border-t border-line bg-paper px-3 pt-1 md:px-6" data-no-print>
      <TimeAxis
        from={from}
        to={to}
        now={now}
        cursor={cursor === null ? null : Math.max(from, Math.min(to, cursor))}
        onCursor={setCursor}
        events={events}
        format={format}
        controls={transport === undefined ? undefined : <TransportControls transport={transport} />}
      />
    </div>
  );
}

function TransportControls({ transport: { playing, onPlaying, speed, speeds, onSpeed } }: { readonly transport: Transport }) {
  return (
    <>
      <Button small onClick={() => onPlaying(!playing)} aria-pressed={playing} className="w-14">
        {playing ? 'Pause' : 'Play'}
      </Button>
      <SegmentedControl label="Speed" value={String(speed)} segments={speeds.map((value) => ({ value: String(value), label: `${value}×` }))} onChange={(value) => onSpeed(Number(value))} />
    </>
  );
}
