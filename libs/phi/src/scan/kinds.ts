/** What the scan finds: seven kinds by their form, and the echo of a value that the contract protects. */
export const SCAN_KINDS = ['ssn', 'email', 'phone', 'mrn', 'npi', 'card', 'date_of_birth', 'echo'] as const;
export type ScanKind = (typeof SCAN_KINDS)[number];
