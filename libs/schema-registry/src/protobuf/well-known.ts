import type { Type } from 'protobufjs';
import { decimalText, signedBytes } from '../number-text';
import { outOfRange, timeStampText } from '../time-text';
import { Undecodable } from '../undecodable';

/** Makes a message's JSON of its fields' JSON, in the order of their declaration; undefined: a field is left out. */
export type Finish = (values: readonly (string | undefined)[]) => string;

const BILLION = 1_000_000_000;
/** Of 315,576,000,000 seconds, as duration.proto has it: 10,000 years. */
const MAX_DURATION_SECONDS = 315_576_000_000;
/** As Avro's: more digits than any column holds. */
const MAX_SCALE = 1_000;

const bare: Finish = ([value]) => value ?? 'null';

/** Types that stand for something that JSON, or every reader of it, has a form of its own for. */
const WELL_KNOWN: Readonly<Record<string, Finish>> = {
  '.google.protobuf.Timestamp': ([seconds, nanos]) => {
    const fraction = fractionOf(Number(nanos));
    return `"${timeStampText(Number(seconds) * 1000, 3).slice(0, -'.000'.length)}${fraction}Z"`;
  },
  '.google.protobuf.Duration': ([seconds, nanos]) => {
    const [whole, rest] = [Number(seconds), Number(nanos)];
    if (Math.abs(whole) > MAX_DURATION_SECONDS || whole * rest < 0) throw outOfRange();
    const sign = whole < 0 || rest < 0 ? '-' : '';
    return `"${sign}${Math.abs(whole)}${fractionOf(Math.abs(rest))}s"`;
  },
  '.google.protobuf.FieldMask': ([paths]) =>
    JSON.stringify((JSON.parse(paths ?? '[]') as string[]).join(',')),
  '.google.protobuf.Struct': bare,
  '.google.protobuf.ListValue': bare,
  '.google.protobuf.Value': ([isNull, ...others]) => {
    const [value = isNull === undefined ? undefined : 'null'] = others.filter((other) => other !== undefined);
    if (value === undefined) throw new Undecodable('value');
    return value;
  },
  '.confluent.type.Decimal': ([value, , scale]) => {
    const digits = Number(scale);
    const bytes = Buffer.from((value ?? '').slice(1, -1), 'base64');
    if (Math.abs(digits) > MAX_SCALE || bytes.length > MAX_SCALE / 2) throw outOfRange();
    return decimalText(signedBytes(bytes), digits);
  },
  ...Object.fromEntries(
    ['Double', 'Float', 'Int64', 'UInt64', 'Int32', 'UInt32', 'Bool', 'String', 'Bytes'].map((name) => [
      `.google.protobuf.${name}Value`,
      bare,
    ]),
  ),
};

export function finishOf(type: Type): Finish {
  const { fullName } = type;
  if (Object.hasOwn(WELL_KNOWN, fullName)) return WELL_KNOWN[fullName] ?? bare;
  const labels = type.fieldsArray.map(({ name }) => `${JSON.stringify(name)}:`);
  return (values) => {
    let text = '';
    for (const [slot, value] of values.entries()) {
      if (value !== undefined) text += `${text === '' ? '' : ','}${labels[slot] ?? ''}${value}`;
    }
    return `{${text}}`;
  };
}

/** None, three, six or nine digits: as many as there are. */
function fractionOf(nanos: number): string {
  if (nanos < 0 || nanos >= BILLION) throw outOfRange();
  if (nanos === 0) return '';
  return `.${String(nanos)
    .padStart(9, '0')
    .replace(/(000){1,2}$/, '')}`;
}
