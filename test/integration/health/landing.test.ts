import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { claimsFilesV1, encountersEventsV1 } from '@contracts/brook-health';
import type { StreamContract } from '@das/contracts';
import type { EventDecoder, Source } from '@das/pipeline';
import { createKinesisSource } from '@das/source-kinesis';
import { createCsvDecoder, createS3Source } from '@das/source-s3';
import {
  awsEnv,
  createEventGenerator,
  createLeaseTable,
  Kinesis,
  makeKeys,
  ObjectStore,
  startLocalSnowpipe,
  startMoto,
  until,
  type ManagedProcess,
  type Moto,
} from '@das/testing';
import { askLake } from '../ask-lake';
import { inProcess } from '../in-process';

type Event = Readonly<Record<string, unknown>>;
type Row = Record<string, unknown>;

const LEASES = 'das-leases';
const LEDGER = claimsFilesV1.source.bucket;
const SSN = '078-05-1120';

/** From Kinesis and from a bucket to the real endpoint: what of patients lands, and what does not. */
describe('the events of health', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-health-'));
  const lake = join(dir, 'lake');
  const keys = makeKeys(join(dir, 'keys'));
  const environment = { ...process.env };
  let endpoint: { process: ManagedProcess; url: string };
  let moto: Moto;
  let kinesis: Kinesis;

  beforeAll(async () => {
    [endpoint, moto, kinesis] = await Promise.all([
      startLocalSnowpipe({ lake, logFile: join(dir, 'endpoint.log') }),
      startMoto(join(dir, 'moto.log')),
      Kinesis.start(),
    ]);
    Object.assign(process.env, awsEnv(moto.url), { AWS_ENDPOINT_URL_KINESIS: kinesis.front.url });
    await createLeaseTable(moto.url, LEASES);
  });
  afterAll(async () => {
    process.env = environment;
    await Promise.all([endpoint.process.stop(), moto.process.stop(), kinesis.stop()]);
    rmSync(dir, { recursive: true });
  });

  function events(stream: 'encounters' | 'claims', count: number): Event[] {
    const next = createEventGenerator({ stream, seed: 5, partitions: 1, now: Date.now });
    return Array.from({ length: count }, () => JSON.parse(String(next().value)) as Event);
  }

  /** The rows that a collector of a contract makes of what its source holds, by event. */
  async function landed(
    contract: StreamContract,
    source: Source,
    count: number,
    decoder?: EventDecoder,
  ): Promise<readonly Row[]> {
    const name = `${contract.stream.replace(/_v\d+$/, '').replaceAll('_', '-')}-collector`;
    const { ingest, failures } = inProcess({
      declaration: { name, version: '1.0.0', contracts: [contract] },
      source,
      endpoint: endpoint.url,
      keys,
      claims: join(dir, 'claims'),
      ...(decoder !== undefined && { decoder }),
    });
    try {
      await ingest.start();
      let rows: readonly Row[] = [];
      await until(`${count} rows of ${contract.stream}`, async () => {
        rows = await askLake(lake, contract.table, 'SELECT * FROM bronze ORDER BY EVENT_ID');
        return rows.length >= count;
      });
      expect(failures).toEqual([]);
      return rows;
    } finally {
      await ingest.stop(5_000);
    }
  }

  const payloadOf = (rows: readonly Row[], { event_id: id }: Event): unknown => {
    const row = rows.find(({ EVENT_ID }) => EVENT_ID === id);
    return JSON.parse(typeof row?.PAYLOAD === 'string' ? row.PAYLOAD : 'null');
  };

  it('come from Kinesis: tokens for numbers, no street, three digits of a ZIP code, and a sealed stray', async () => {
    const good = events('encounters', 40);
    const stray: Event = {
      ...good[0],
      event_id: '00000000-0000-4000-8000-000000000000',
      department: `for ${SSN}`,
    };
    await kinesis.createStream('encounters-v1', 2);
    await kinesis.put(
      'encounters-v1',
      [...good, stray].map((event) => ({
        key: String(event.encounter_id),
        data: Buffer.from(JSON.stringify(event)),
      })),
    );
    const source = createKinesisSource({
      stream: 'encounters-v1',
      consumer: 'encounters-events-collector',
      leaseTable: LEASES,
      leaseMs: 2_000,
      pollMs: { busy: 5, idle: 25 },
      listMs: 200,
    });
    const rows = await landed(encountersEventsV1, source, good.length + 1);

    expect(rows.filter(({ OUTCOME }) => OUTCOME === 'landed').length).toBe(good.length);
    expect(rows.filter(({ OUTCOME }) => OUTCOME === 'dead')).toMatchObject([
      {
        DEAD_REASON: 'undeclared_phi',
        DEAD_STAGE: 'scan',
        DEAD_ERRORS: '[{"path":"/department","rule":"ssn"}]',
      },
    ]);
    for (const event of good) {
      const { patient, diagnoses } = event as unknown as {
        patient: Event & { address: Event };
        diagnoses: readonly Event[];
      };
      expect(payloadOf(rows, event)).toEqual({
        ...event,
        provider_npi: expect.stringMatching(/^tok\./) as string,
        patient: {
          ...patient,
          mrn: expect.stringMatching(/^tok\./) as string,
          address: {
            ...patient.address,
            line1: null,
            city: null,
            postal_code: expect.stringMatching(/^(021|941|606|000)$/) as string,
          },
        },
        diagnoses: diagnoses.map((diagnosis) => ({ ...diagnosis, note: null })),
      });
    }
    const said = JSON.stringify(rows);
    for (const secret of ['MRN-', SSN, 'Sample Street', 'told so']) expect(said).not.toContain(secret);
    expect(rows.filter(({ LINK_TOKENS }) => String(LINK_TOKENS).includes('"member":"lnk.')).length).toBe(
      good.length,
    );
  });

  it('come from a bucket, as lines of JSON and as CSV, and have the tokens that encounters have', async () => {
    const [asLines, asCsv] = [events('claims', 20), events('claims', 40).slice(20)];
    const store = await ObjectStore.create(moto.url, LEDGER);
    await store.put(
      'claims/2026/11/26/payer-a.ndjson.gz',
      gzipSync(asLines.map((one) => JSON.stringify(one)).join('\n')),
    );
    await store.put('claims/2026/11/27/payer-b.csv.gz', gzipSync(csvOf(asCsv)));
    const source = createS3Source({
      log: claimsFilesV1.source.log,
      bucket: LEDGER,
      prefix: 'claims/',
      queue: LEDGER,
      ledgerTable: LEDGER,
      consumer: 'claims-files-collector',
      leaseMs: 3_000,
      listEveryMs: 300,
      retryMs: 50,
      observer: { objectOver: () => undefined, notificationUnread: () => undefined },
    });
    const rows = await landed(claimsFilesV1, source, 40, createCsvDecoder(claimsFilesV1.schema));
    store.close();

    expect(rows.map(({ OUTCOME, DEAD_ERRORS }) => [OUTCOME, DEAD_ERRORS])).toEqual(
      rows.map(() => ['landed', null]),
    );
    for (const event of [...asLines, ...asCsv]) {
      const token = expect.stringMatching(/^tok\./) as string;
      expect(payloadOf(rows, event)).toMatchObject({
        claim_id: event.claim_id,
        billed_usd: event.billed_usd,
        patient_mrn: token,
        member_id: token,
        provider_npi: token,
      });
    }
    expect(JSON.stringify(rows)).not.toMatch(/M[RB][NR]-\d/);
    const tokensOf = (payloads: readonly Row[], path: string): readonly string[] =>
      payloads.map(
        ({ PAYLOAD }) =>
          /"(tok\.[^"]+)"/.exec(String(PAYLOAD).slice(String(PAYLOAD).indexOf(path)))?.[1] ?? '',
      );
    const encounters = await askLake(
      lake,
      encountersEventsV1.table,
      "SELECT * FROM bronze WHERE OUTCOME = 'landed'",
    );
    const providers = new Set(tokensOf(encounters, '"provider_npi"'));
    expect(tokensOf(rows, '"provider_npi"').some((token) => providers.has(token))).toBe(true);
  });
});

/** With a header; nothing between two commas is null. */
function csvOf(rows: readonly Event[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((name) => textOf(row[name])).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
