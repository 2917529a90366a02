import type { DeclaredAccount } from '../account-model';
import { ASK } from '../drift/questions';
import type { SnapshotRow } from '../drift/snapshot';

/** The answers, as statements change them. */
export class World {
  readonly databases: readonly string[];
  constructor(
    readonly account: DeclaredAccount,
    private readonly answers: Record<string, SnapshotRow[]>,
  ) {
    this.databases = account.databases.map(({ name }) => name);
  }

  readonly add = (asked: string, row: SnapshotRow): void => {
    (this.answers[asked] ??= []).push(row);
  };

  drop(asked: string, isGone: (row: SnapshotRow) => boolean): void {
    this.answers[asked] = (this.answers[asked] ?? []).filter((row) => !isGone(row));
  }

  update(asked: string, is: (row: SnapshotRow) => boolean, change: SnapshotRow): void {
    this.answers[asked] = (this.answers[asked] ?? []).map((row) => (is(row) ? { ...row, ...change } : row));
  }

  get grants(): string {
    return ASK.objectGrants(
      this.databases,
      this.account.warehouses.map(({ name }) => name),
    );
  }
}
