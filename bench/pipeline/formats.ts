import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decode, systemClock, type SourceRecord, type Step } from '@das/pipeline';
import { createEventDecoder } from '@das/schema-registry';
import { framed, ORDER_CODECS, type OrderEvent } from '@das/testing';

/** The same events in another format, and the step that reads them. */
export interface FormatRecords {
  readonly format: string;
  readonly records: readonly SourceRecord[];
  readonly step: Step;
}

/** Every format of a registry, its schema fetched already: what is measured is the decoding. */
export async function encodeRecords(records: readonly SourceRecord[]): Promise<readonly FormatRecords[]> {
  const made: FormatRecords[] = [];
  for (const format of ['json-schema', 'avro', 'protobuf'] as const) {
    const codec = ORDER_CODECS[format]();
    const encoded = records.map((record) => {
      const event = JSON.parse(String(record.value)) as OrderEvent;
      return { ...record, value: framed(1, codec.encode(event, 0)) };
    });
    const server = createServer((_, response) => response.end(JSON.stringify(codec.schemas[0])));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const decoder = createEventDecoder({
      format,
      registry: { url: `http://127.0.0.1:${port}` },
      clock: systemClock,
    });
    await decoder.prepare(encoded);
    await decoder.close();
    await new Promise((resolve) => server.close(resolve));
    made.push({ format, records: encoded, step: decode(decoder) });
  }
  return made;
}
