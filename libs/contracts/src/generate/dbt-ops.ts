import type { OdcsDocument } from '../odcs';
import type { GeneratedFile } from './generated-file';
import { dbtYaml } from './dbt-yaml';
import { macroModel } from './macro-model';

const text = (name: string, description: string) => ({ name, description, data_type: 'VARCHAR' });
const time = (name: string, description: string) => ({ name, description, data_type: 'TIMESTAMP_TZ' });

const ID = text('id', 'Names the dead letter: source, epoch, partition and offset of its record.');
const STREAM = text('stream', 'The stream, as its contract names it.');
const REASON = text('reason', 'Why it was refused: a code.');
/** How and where it was refused. */
const REFUSAL = [
  text('stage', 'The step that refused it.'),
  { ...text('errors', 'Paths and rules; no values.'), data_type: 'VARIANT' },
  text('source', 'Where the record came from; begins with `replay:` where a replay was refused again.'),
  { ...text('source_epoch', 'Epoch of the source’s log.'), data_type: 'NUMBER(10,0)' },
  text('source_partition', 'Partition of the source.'),
  text('source_offset', 'Position in the partition.'),
  time('ingested_at', 'When it was refused.'),
  text('collector', 'By which build.'),
  text('contract_version', 'By which contract.'),
];
const ENDED = [
  time('replayed_at', 'When the first row that replays it was ingested.'),
  time('discarded_at', 'When it was first given up.'),
];

/**
 * dbt's models of a domain's dead letters: the same for every domain, of all of its streams. A model's name is unique in
 * the project, and so begins with the domain; its table's is not.
 */
export function dbtOps(domain: string, streams: readonly OdcsDocument[]): readonly GeneratedFile[] {
  const from = `contracts/${domain}/*.odcs.yaml`;
  const names = streams.map(({ name }) => name);
  const folder = `dbt/models/${domain}/ops`;
  return [
    {
      path: `${folder}/${domain}_dead_letter_facts.sql`,
      text: macroModel(from, 'dead_letter_facts', [domain], names),
    },
    { path: `${folder}/${domain}_dead_letters.sql`, text: macroModel(from, 'dead_letters', [domain]) },
    {
      path: `${folder}/dead_letters.yml`,
      text: dbtYaml(from, { models: [factsModel(domain, names), lettersModel(domain)] }),
    },
  ];
}

function factsModel(domain: string, streams: readonly string[]) {
  return {
    name: `${domain}_dead_letter_facts`,
    description:
      'What is known of each dead letter, as it became known: the refusal, a replay, a discard. Internal; a row may have a replay or a discard alone, where its refusal is not known (yet).',
    config: {
      alias: 'dead_letter_facts',
      materialized: 'stream_task',
      contract: { enforced: true },
      meta: { das: { key: ['id'], merge: 'fill', streams: [...streams, 'dead_letter_audit'] } },
    },
    columns: [
      { ...ID, constraints: [{ type: 'not_null', warn_unsupported: false }], data_tests: ['unique'] },
      STREAM,
      REASON,
      ...REFUSAL,
      ...ENDED,
    ],
  };
}

function lettersModel(domain: string) {
  return {
    name: `${domain}_dead_letters`,
    description:
      'One row per record that was refused, and what became of it. The payload stays in BRONZE, encrypted.',
    config: {
      alias: 'dead_letters',
      materialized: 'view',
      contract: { enforced: true },
      meta: { das: { key: ['id'] } },
    },
    columns: [
      { ...ID, data_tests: ['unique'] },
      { ...STREAM, data_tests: ['not_null'] },
      { ...REASON, data_tests: ['not_null'] },
      ...REFUSAL,
      {
        ...text(
          'state',
          '`replayed` where a row replays it, else `discarded` where somebody gave it up, else `open`.',
        ),
        data_tests: [{ accepted_values: { arguments: { values: ['open', 'replayed', 'discarded'] } } }],
      },
      ...ENDED,
    ],
  };
}
