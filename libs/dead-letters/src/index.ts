export { writeAudit, type AuditEntry, type AuditOptions } from './audit';
export { createClaimDirectory, type ClaimCheck } from './claim-check';
export { openRecord, sealRecord, type DeadRecord } from './sealed-payload';
export { createSealer } from './sealer';
export { createUnsealer, type Unsealer } from './unsealer';
