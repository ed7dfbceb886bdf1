/** A place to drop files, which is also a file button: the same for pointer, keyboard and touch. */
'use client';

import { useId, useState, type DragEvent, type ReactNode } from 'react';
import { classNames } from './class-names';

type DropZoneProps = { readonly label: string; readonly accept?: string; readonly disabled?: boolean; readonly onFiles: (files: readonly File[]) => void; readonly children?: ReactNode };

export function DropZone({ label, accept, disabled = false, onFiles, children }: DropZoneProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const give = (list: FileList | null) => {
    if (!disabled && list !== null && list.length > 0) onFiles([...list]);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    give(event.dataTransfer.files);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classNames('rounded-box border border-dashed has-focus-visible:outline-2 has-focus-visible:outline-accent', over ? 'border-accent bg-well' : 'border-line-strong')}
    >
      <label htmlFor={id} className="block cursor-pointer px-3 py-3 text-center text-ink-2">
        <span className="underline decoration-dotted underline-offset-2">{label}</span>
        {children}
      </label>
      <input
        id={id}
        type="file"
        multiple
        accept={accept}
        disabled={disabled}
        className="sr-only"
        onChange={(event) => {
          give(event.target.files);
          event.target.value = '';
        }}
      />
    </div>
  );
}
