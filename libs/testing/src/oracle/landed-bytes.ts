/**
 * What a value's bytes are once they have landed. It is said here once more, in the plainest way, and shares no code
 * with what it judges: of generated events only, which have no white space and no escapes.
 */
const LANDED: Readonly<Record<string, (text: string) => string>> = {
  // The contract generalises `ip`, the only address that an auth event has, to its /24.
  'auth.v1': (text) => text.replace(/"ip":"(\d+\.\d+\.\d+)\.\d+"/, '"ip":"$1.0/24"'),
};

/** Of a topic that is not listed everything lands as it was sent. */
export function landedBytes(topic: string, value: Uint8Array): Uint8Array {
  const landed = LANDED[topic];
  // One byte, one character: what is no UTF-8 stays what it is.
  return landed === undefined ? value : Buffer.from(landed(Buffer.from(value).toString('latin1')), 'latin1');
}
