import type { Draft } from '@das/pipeline';
import { findEchoes, MAX_NEEDLE } from './echo';
import { EventReader, type Hit, type LandingText } from './event-reader';
import { headerPlace, placeAt } from './place';
import type { ScanPlan } from './scan-plan';

/** As W3C Trace Context has it: digits of hexadecimal numbers, which mean nothing. */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Of more values, one by one would take longer than collecting what lands. */
const FEW = 64;

/** Everything that a record holds where its contract declares no PHI. */
export function findHits(draft: Draft, plan: ScanPlan): readonly Hit[] {
  const headers = landingHeaders(draft);
  const reader = new EventReader(draft.payload);
  readAll(reader, draft, plan, headers);
  if (!mayEcho(reader, draft.payload, headers)) return reader.hits;
  // Few events come here: what lands is collected in another pass, so that all others need not.
  const collector = new EventReader(draft.payload, true);
  readAll(collector, draft, plan, headers);
  const echoes = findEchoes(reader.guarded, collector.landing);
  return [...reader.hits, ...echoes.map((text): Hit => ({ kind: 'echo', place: placeOf(text) }))];
}

type Headers = readonly (readonly [name: string, value: string])[];
const NO_HEADERS: Headers = [];

/** Only those that land. */
function landingHeaders({ record, contract }: Draft): Headers {
  if (record.headers.length === 0) return NO_HEADERS;
  return record.headers.flatMap(([name, bytes]) => {
    const known = name.toLowerCase();
    if (!contract.headers.includes(known)) return [];
    const value = Buffer.from(bytes).toString('utf8');
    return known === 'traceparent' && TRACEPARENT.test(value) ? [] : [[known, value] as const];
  });
}

function readAll(reader: EventReader, { event }: Draft, { root }: ScanPlan, headers: Headers): void {
  reader.read(event, root);
  for (const [name, value] of headers) reader.readText(value, headerPlace(name));
}

/** Whether a protected value may be met a second time: quick, and wrong only by saying so too often. */
function mayEcho({ guarded, decoded }: EventReader, payload: Uint8Array, headers: Headers): boolean {
  if (guarded.length === 0) return false;
  if (decoded || guarded.length > FEW) return true;
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
  // With an escape, a value and its echo may be written in two ways.
  if (text.includes('\\')) return true;
  return guarded.some((value) => {
    const needle = value.slice(0, MAX_NEEDLE);
    const first = text.indexOf(needle);
    return text.includes(needle, first + 1) || headers.some(([, header]) => header.includes(needle));
  });
}

function placeOf({ where, indexes, undeclared }: LandingText): Hit['place'] {
  return 'tag' in where ? where : placeAt(where.path, indexes, undeclared);
}
