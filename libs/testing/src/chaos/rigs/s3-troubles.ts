import { gzipSync } from 'node:zlib';
import type { FaultyAws } from '../../servers/faulty-aws';
import type { SourceTrouble } from '../source-trouble';
import type { Drop } from './object-drop';

/** Not one line of it can be unpacked. */
const DAMAGED = Buffer.concat([gzipSync('').subarray(0, 10), Buffer.alloc(2_000, 0xff)]);
const NONSENSE = ['hello', '{"Records":[{"eventName":"?"}]}', '[]', '{"Event":"s3:TestEvent"}'];

/** What befalls objects and their notifications. */
export function objectTroubles(drop: Drop, front: FaultyAws): readonly SourceTrouble[] {
  return [
    {
      name: 'overwrite',
      weight: 3,
      async make(random) {
        const object = random.pick(drop.lately);
        drop.overwritten.push(object.key);
        return Promise.resolve(object.key);
      },
    },
    {
      name: 'same-again',
      weight: 1,
      async make(random) {
        const object = random.pick(drop.lately);
        await drop.putAgain(object);
        return object.key;
      },
    },
    {
      name: 'delete',
      weight: 2,
      async make(random) {
        const object = random.pick(drop.lately);
        await drop.remove(object);
        return object.key;
      },
    },
    {
      name: 'tell-again',
      weight: 3,
      async make(random) {
        const object = random.pick(drop.lately);
        const times = 1 + random.below(3);
        for (let time = 0; time < times; time++) await drop.tell(object);
        return `${object.key} ${times} times`;
      },
    },
    {
      name: 'lose-notifications',
      weight: 2,
      async make(random) {
        drop.lost += 1 + random.below(2);
        return Promise.resolve(`${drop.lost}`);
      },
    },
    {
      name: 'nonsense',
      weight: 1,
      async make(random) {
        const body = random.pick(NONSENSE);
        await drop.tellNonsense(body);
        return body;
      },
    },
    {
      name: 'poison',
      weight: 2,
      async make(random) {
        const isPacked = random.chance(0.5);
        await drop.poison(DAMAGED, isPacked ? 'ndjson.gz' : 'parquet');
        return isPacked ? 'no gzip' : 'no Parquet';
      },
    },
    {
      name: 'cut-bodies',
      weight: 3,
      async make(random) {
        const times = 1 + random.below(3);
        front.failNext(['GET'], 'cut', times);
        return Promise.resolve(`${times} times`);
      },
    },
  ];
}
