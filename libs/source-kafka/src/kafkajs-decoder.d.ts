/** A part of kafkajs 2.2.4 that it does not export, of which one method is replaced (linear-headers.ts). */
declare module 'kafkajs/src/protocol/decoder' {
  export default class Decoder {
    constructor(buffer: Buffer);
    readVarInt(): number;
    readVarIntArray(reader: (decoder: Decoder) => unknown): unknown;
  }
}
