/** The few numbers people change most as a form, and the whole scenario as text; both edit the same thing. */
'use client';

import { useState } from 'react';
import { Field, FIELD_LOOK } from '@/app/_ui/field';
import { NumberField } from '@/app/_ui/number-field';
import { SegmentedControl } from '@/app/_ui/segmented-control';
import type { ScenarioSpec } from '@/engine/scenario';

type ScenarioEditorProps = { readonly spec: ScenarioSpec; readonly text: string; readonly onText: (text: string) => void; readonly onSpec: (spec: ScenarioSpec) => void };

type View = 'form' | 'yaml';

export function ScenarioEditor({ spec, text, onText, onSpec }: ScenarioEditorProps) {
  const [view, setView] = useState<View>('form');
  return (
    <section aria-label="The scenario" className="grid gap-3 border-y border-line py-3">
      <SegmentedControl<View> label="Edit as" value={view} segments={[{ value: 'form', label: 'Form' }, { value: 'yaml', label: 'YAML' }]} onChange={setView} className="justify-self-start" />
      {view === 'form' ? <ScenarioForm spec={spec} onSpec={onSpec} /> : (
        <Field label="Scenario as YAML" hint="The same text is a file for the command line.">
          {(ids) => <textarea {...ids} spellCheck={false} value={text} onChange={(event) => onText(event.target.value)} className={`${FIELD_LOOK} h-[420px] resize-y py-2 font-code text-sm leading-5`} />}
        </Field>
      )}
    </section>
  );
}

function ScenarioForm({ spec, onSpec }: Pick<ScenarioEditorProps, 'spec' | 'onSpec'>) {
  const setReplicas = (name: string, replicas: number) =>
    onSpec({ ...spec, system: { ...spec.system, services: spec.system.services.map((service) => (service.name === name ? { ...service, replicas } : service)) } });
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-4 xl:grid-cols-6">
      <NumberField whole label="Seed" value={spec.seed} min={0} max={Number.MAX_SAFE_INTEGER} onValue={(seed) => onSpec({ ...spec, seed })} />
      <NumberField whole label="Duration" unit="s" value={spec.durationSeconds} min={(spec.warmUpSeconds ?? 0) + 1} max={86_400} onValue={(durationSeconds) => onSpec({ ...spec, durationSeconds })} />
      {spec.system.services.map((service) => (
        <NumberField whole key={service.name} label={`Replicas of ${service.name}`} value={service.replicas} min={service.replicasMin ?? 0} max={service.replicasMax ?? 100} onValue={(replicas) => setReplicas(service.name, replicas)} />
      ))}
    </div>
  );
}
