import type { PhiKind } from '@das/contracts';
import { birthYear } from './birth-year';
import { chapterOfDiagnosis } from './icd-10-chapters';
import { ipPrefix } from './ip-prefix';
import { sectionOfProcedure } from './procedure-sections';
import { zip3 } from './zip3';

/** The coarser form of a value; undefined where it has none. `now`: epoch milliseconds. */
type Coarsen = (text: string, now: number) => string | undefined;

/** The contract's check refuses `generalize` for every other kind. */
const COARSER: Partial<Readonly<Record<PhiKind, Coarsen>>> = {
  date_of_birth: birthYear,
  postal_code: zip3,
  ip: ipPrefix,
  diagnosis: chapterOfDiagnosis,
  procedure: sectionOfProcedure,
};

/** How values of a kind are generalised. @throws Error for a kind that has no coarser form */
export function generalizerOf(kind: PhiKind): Coarsen {
  const coarsen = COARSER[kind];
  if (coarsen === undefined) throw new Error(`phi:${kind} has no coarser form`);
  return coarsen;
}
