import { EXIT_CODES } from './exit-code';
import { asFailure, type Failure } from './failure';

/**
 * What nobody caught ends the process at once, with nothing acknowledged. Node would print what was thrown, and with
 * it whatever that quotes or holds.
 * @param tell - says so where somebody reads; must write at once
 */
export function endOnUncaught(tell: (failure: Failure) => void): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => {
      tell(asFailure(thrown));
      process.exit(EXIT_CODES.unknown);
    });
  }
}
