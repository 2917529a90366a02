import { z } from 'zod';

/** What dbt tells as it goes, as far as anybody here wants to know. */
export type DbtEvent =
  | { readonly kind: 'model'; readonly name: string; readonly ok: boolean; readonly seconds: number }
  | {
      readonly kind: 'test';
      readonly name: string;
      readonly status: 'pass' | 'warn' | 'fail' | 'error';
      /** Rows that the test found. */
      readonly failures: number;
    }
  | { readonly kind: 'file'; readonly node: string; readonly path: string }
  /** Of one node, after everything has run. `message` may quote rows. */
  | { readonly kind: 'error'; readonly node: string; readonly isTest: boolean; readonly message: string }
  /** dbt gave up before or between nodes. */
  | { readonly kind: 'gave-up'; readonly message: string };

const line = z.object({ info: z.object({ name: z.string() }), data: z.unknown() });
const node = z.object({ unique_id: z.string(), resource_type: z.string() });
const model = z.object({
  node_status: z.string(),
  node_relation: z.object({ database: z.string(), schema: z.string(), alias: z.string() }),
});

/** By name of the event: dbt documents them as its structured log, version 3. */
const READERS: Readonly<Record<string, (data: unknown) => DbtEvent>> = {
  LogModelResult: (data) => {
    const { node_info, execution_time } = z
      .object({ node_info: model, execution_time: z.number() })
      .parse(data);
    const { database, schema, alias } = node_info.node_relation;
    return {
      kind: 'model',
      name: `${database}.${schema}.${alias}`,
      ok: node_info.node_status === 'success',
      seconds: execution_time,
    };
  },
  LogTestResult: (data) => ({
    kind: 'test',
    ...z
      .object({
        name: z.string(),
        status: z.enum(['pass', 'warn', 'fail', 'error']),
        num_failures: z.number(),
      })
      .transform(({ name, status, num_failures: failures }) => ({ name, status, failures }))
      .parse(data),
  }),
  RunResultFailure: (data) => {
    const { node_name, path } = z.object({ node_name: z.string(), path: z.string() }).parse(data);
    return { kind: 'file', node: node_name, path };
  },
  RunResultError: (data) => {
    const { msg, node_info } = z.object({ msg: z.string(), node_info: node }).parse(data);
    const isTest = node_info.resource_type === 'test';
    return { kind: 'error', node: nameOf(node_info.unique_id), isTest, message: msg };
  },
  MainEncounteredError: (data) => ({
    kind: 'gave-up',
    message: z.object({ exc: z.string() }).parse(data).exc,
  }),
};

/** @returns undefined for what is not JSON, as a warning of Python's is, and for events that nobody here needs */
export function readDbtEvent(text: string): DbtEvent | undefined {
  try {
    const { info, data } = line.parse(JSON.parse(text));
    return READERS[info.name]?.(data);
  } catch {
    // Whether the build is green is for the exit code to say.
    return undefined;
  }
}

/** `test.das.not_null_orders_order_id.4ce522af31` is called `not_null_orders_order_id`. */
function nameOf(uniqueId: string): string {
  return uniqueId.split('.')[2] ?? uniqueId;
}
