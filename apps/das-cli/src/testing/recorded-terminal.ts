import type { Terminal } from '../terminal';

/** A terminal that keeps what was said, and answers as it is told to. */
export class RecordedTerminal implements Terminal {
  out = '';
  readonly lines: string[] = [];
  isInteractive = false;
  answer = false;
  width: number | undefined;
  given = '';
  /** To what is asked, in order; then nothing. */
  answers: string[] = [];

  print(text: string): void {
    this.out += text;
  }

  async pour(text: string): Promise<void> {
    this.out += text;
    return Promise.resolve();
  }

  async input(): Promise<string> {
    return Promise.resolve(this.given);
  }

  note(line: string): void {
    this.lines.push(line);
  }

  progress(line: string): void {
    this.lines.push(line);
  }

  alarm(line: string): void {
    this.lines.push(line);
  }

  async confirm(question: string): Promise<boolean> {
    this.lines.push(question);
    return Promise.resolve(this.answer);
  }

  async ask(question: string): Promise<string> {
    this.lines.push(question);
    return Promise.resolve(this.answers.shift() ?? '');
  }
}
