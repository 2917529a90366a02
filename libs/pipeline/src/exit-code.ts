import type { FailureKind } from './failure';

/** Exit codes by failure kind, after sysexits(3), so that an orchestrator can tell them apart. */
export const EXIT_CODES: Readonly<Record<FailureKind, number>> = {
  data: 65,
  unknown: 70,
  transient: 75,
  setup: 78,
};
