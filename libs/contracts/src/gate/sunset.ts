import { compareContract } from '../diff/compare-contract';
import { reporter, type DiffFinding } from '../diff/diff-finding';
import type { ContractTree } from '../diff/diff-trees';
import { custom, rawOf, rawsOf, textOf, type Raw } from '../diff/raw';
import { read, type Change, type GateFault, type GateOptions } from './change';

const DAY_MS = 86_400_000;

/** Whoever reads the old version can go on with it until its end, and learns of that in time. */
export function checkSunset(
  { contract, before, after }: Change,
  findings: readonly DiffFinding[],
  { head, today, sunsetDays }: GateOptions & { readonly head: ContractTree },
): readonly GateFault[] {
  const fault = (message: string, cure: string): GateFault => ({ contract, rule: 'SUNSET', message, cure });
  if (contract.endsWith('.yaml') || before === undefined) return [];
  if (after === undefined) {
    const end = endOfLife(before);
    if (before.status === 'deprecated' && end !== undefined && end <= today) return [];
    return [
      fault(
        end === undefined
          ? 'is gone, and its end was never announced'
          : `is gone, and was promised until ${end}`,
        'keep it with status: deprecated and slaProperties endOfLife until that day has passed',
      ),
    ];
  }
  const [end, was] = [endOfLife(after), endOfLife(before)];
  const soonest = new Date(Date.parse(today) + sunsetDays * DAY_MS).toISOString().slice(0, 10);
  if (end !== undefined && end !== was && end < soonest)
    return [fault(`is announced to end on ${end}, which is too soon`, `announce ${soonest} or later`)];
  const breaking = findings.filter(
    (one) => one.breaking && (one.category === 'CONSUMER' || one.category === 'STORAGE'),
  );
  if (breaking.length === 0) return [];
  const replaced = custom(after, 'das.replaces');
  const old = [...head.keys()]
    .filter((path) => path.endsWith('.odcs.yaml'))
    .map((path) => read(head, path))
    .find((other) => other !== undefined && other !== after && other.name === replaced);
  const earliest = soonest;
  if (replaced === undefined || old === undefined)
    return [
      fault(
        'breaks its readers, and no contract serves the old version',
        `keep a copy of the old one under another name, with status: deprecated and endOfLife of ${earliest} or later, and name it in das.replaces`,
      ),
    ];
  return oldFaults(old, before, earliest).map((message) =>
    fault(`${textOf(replaced)}: ${message}`, `serve what it was until ${earliest}, at least`),
  );
}

function oldFaults(old: Raw, before: Raw, earliest: string): readonly string[] {
  const faults: string[] = [];
  const end = endOfLife(old);
  if (old.status !== 'deprecated') faults.push('is not deprecated');
  if (end === undefined || end < earliest)
    faults.push(end === undefined ? 'has no endOfLife' : `ends on ${end}, which is too soon`);
  if (majorOf(old) !== majorOf(before))
    faults.push(`is of version ${String(old.version)}, and ${String(before.version)} is what readers have`);
  // Under another name and in other tables it is still what it was.
  const alike = { id: before.id, name: before.name, schema: named(old, before) };
  const changes: DiffFinding[] = [];
  compareContract(before, { ...old, ...alike }, reporter('', '', changes));
  const broken = changes.filter(({ breaking }) => breaking);
  if (broken.length > 0)
    faults.push(`is not what it was: ${broken.map(({ rule, path }) => `${rule} ${path}`).join(', ')}`);
  return faults;
}

/** The old contract's tables, under the names that they had: by their places. */
function named(old: Raw, before: Raw): readonly Raw[] {
  const tables = rawsOf(before.schema);
  return rawsOf(old.schema).map((table, index) => ({
    ...table,
    name: tables[index]?.name ?? table.name,
    physicalName: tables[index]?.physicalName ?? table.physicalName,
  }));
}

function endOfLife(contract: Raw): string | undefined {
  const found = rawsOf(contract.slaProperties).find(({ property }) => property === 'endOfLife')?.value;
  return typeof found === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(found) ? found : undefined;
}

function majorOf(contract: Raw): string {
  return String(rawOf(contract).version).split('.')[0] ?? '';
}
