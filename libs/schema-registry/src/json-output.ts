import { Undecodable } from './undecodable';

/** As deep as `parse` goes, which comes next. */
const MAX_DEPTH = 100;
/**
 * Twice what one append takes. A few bytes can stand for millions of values (an Avro array of nulls, a message of
 * defaults), but each value is text, so this bounds time and memory too.
 */
const MAX_CHARACTERS = 8 * 1024 * 1024;

/** How much one record may become. */
export class Allowance {
  private depth = 0;
  private characters = 0;

  /** Before the parts of an object or an array. @throws Undecodable too_deep */
  enter(): void {
    if (++this.depth > MAX_DEPTH) throw new Undecodable('depth', 'too_deep');
  }

  leave(): void {
    this.depth--;
  }

  /** Before so many characters more are written. @throws Undecodable too_large */
  expect(characters: number): void {
    if (this.characters + characters > MAX_CHARACTERS) throw new Undecodable('decodedSize', 'too_large');
  }

  /** @throws Undecodable too_large */
  spend(characters: number): void {
    this.expect(characters);
    this.characters += characters;
  }
}

/** JSON text that is written from the left to the right. */
export class JsonOutput extends Allowance {
  text = '';

  write(text: string): void {
    this.spend(text.length);
    this.text += text;
  }
}
