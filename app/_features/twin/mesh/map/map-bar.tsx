/** Above the map: what the shading means now, playback of what was seen and its film, and a moment to compare with. */
'use client';

import { Button } from '@/app/_ui/button';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import type { Shade } from './mesh-picture';
import type { Filming } from '../use-film';
import { TQ_KEY } from './tq-colour';
import { PLAYBACK_SPEEDS, type usePlayback } from '../use-playback';

type MapBarProps = { readonly shade: Shade; readonly onShade: (shade: Shade) => void; readonly playback: ReturnType<typeof usePlayback>; readonly film: Filming; readonly marked: number | null; readonly onMark: (marked: boolean) => void; /** Null where no positions are known, so that there is nothing to choose. */ readonly places: 'known' | 'links' | null; readonly onPlaces: (places: 'known' | 'links') => void };

const SHADES = [
  { value: 'quality', label: 'Quality' },
  { value: 'blast', label: 'Blast radius', title: 'Choose a router or a link: who loses the gateway when it fails' },
  { value: 'difference', label: 'Difference', title: 'Against a marked moment' },
] as const;

const PLACES = [
  { value: 'known', label: 'Positions' },
  { value: 'links', label: 'Links', title: 'Laid out by who hears whom: for meshes whose links cross the map' },
] as const;

export function MapBar({ shade, onShade, playback, film, marked, onMark, places, onPlaces }: MapBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2" data-no-print>
      <SegmentedControl<Shade> label="Shade by" value={shade} segments={SHADES} onChange={onShade} />
      {places === null ? null : <SegmentedControl<'known' | 'links'> label="Stand by" value={places} segments={PLACES} onChange={onPlaces} />}
      <div className="flex items-center gap-2">
        <Button small onClick={playback.toggle} aria-pressed={playback.playing}>{playback.playing ? 'Pause playback' : 'Play back'}</Button>
        {film.progress === null ? (
          <Button small onClick={film.start} title="Plays the seconds seen at this speed and saves them as a video">Save as film</Button>
        ) : (
          <Button small onClick={film.stop}>Filming, {Math.round(100 * film.progress)} % – stop</Button>
        )}
        <SegmentedControl label="Playback speed" value={String(playback.speed)} segments={PLAYBACK_SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))} onChange={(value) => playback.setSpeed(Number(value))} />
      </div>
      {film.problem === null ? null : <p role="alert" className="text-bad">{film.problem}</p>}
      <Button small kind="quiet" onClick={() => onMark(marked === null)}>{marked === null ? 'Mark this moment' : `Forget second ${Math.round(marked)}`}</Button>
      <ul className="ml-auto flex flex-wrap gap-x-3 text-xs text-ink-2" aria-label="Colours of transmit quality">
        {TQ_KEY.map(({ label, colour }) => (
          <li key={label} className="flex items-center gap-1">
            <span aria-hidden className="inline-block h-[3px] w-4" style={{ background: colour }} />
            TQ {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
