import { readFileSync } from 'node:fs';
import { checkTogether } from './check-together';
import { crossCheck } from './cross-check';
import { ContractError, type Fault, type Finding } from './finding';
import { odcsDocument, type OdcsDocument } from './odcs';
import { readYaml, type ContractText } from './read-yaml';

/** Reads and checks a contract file. @throws ContractError with everything that is wrong */
export function loadContract(file: string): OdcsDocument {
  return parseContract(readFileSync(file, 'utf8'), file);
}

/** Reads and checks contract files, each for itself and all together. @throws ContractError with everything that is wrong */
export function loadContracts(files: readonly string[]): readonly OdcsDocument[] {
  return parseContracts(files.map((file) => ({ file, text: readFileSync(file, 'utf8') })));
}

/** @param file - named in findings; its folder and name say domain and stream */
export function parseContract(text: string, file: string): OdcsDocument {
  const reading = read({ text, file });
  if ('document' in reading) return reading.document;
  throw new ContractError(reading);
}

/** As `loadContracts`, of texts. */
export function parseContracts(texts: readonly ContractText[]): readonly OdcsDocument[] {
  return parsePlaced(texts).map(({ document }) => document);
}

/** As `parseContracts`; whoever finds more can say where it stands. @throws ContractError with everything that is wrong */
export function parsePlaced(texts: readonly ContractText[]): readonly Sound[] {
  const readings = texts.map(read);
  const unsound = readings.flatMap((reading) => ('document' in reading ? [] : reading));
  if (unsound.length > 0) throw new ContractError(unsound);
  const sound = readings.flatMap((reading) => ('document' in reading ? [reading] : []));
  const faults = checkTogether(sound.map(({ document }) => document));
  const findings = sound.flatMap(({ document, place }) => (faults.get(document) ?? []).map(place));
  if (findings.length > 0) throw new ContractError(findings);
  return sound;
}

/** A contract that agrees with itself, and where in its file a fault stands. */
export interface Sound {
  readonly document: OdcsDocument;
  readonly place: (fault: Fault) => Finding;
}

/** That the parts agree is looked at as soon as each of them has its shape. */
const checkedDocument = odcsDocument.superRefine((document, context) => {
  for (const { path, message } of crossCheck(document)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

function read(source: ContractText): Sound | readonly Finding[] {
  const reading = readYaml(source, checkedDocument);
  if (!('value' in reading)) return reading;
  const { value: document, place } = reading;
  const faults = misplaced(document, source.file);
  return faults.length === 0 ? { document, place } : faults.map(place);
}

/** Generated files go where domain and name say, and would be looked for beside the contract. */
function misplaced({ domain, name }: OdcsDocument, file: string): Fault[] {
  const place = `${domain}/${name}.odcs.yaml`;
  if (file.replaceAll('\\', '/').endsWith(place)) return [];
  return [{ path: ['name'], message: `belongs into contracts/${place}: rename it, or move the file` }];
}
