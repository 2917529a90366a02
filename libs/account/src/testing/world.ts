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

  /** In place of what was answered before. */
  answer(asked: string, rows: readonly SnapshotRow[] = []): void {
    this.answers[asked] = [...rows];
  }

  isAsked(asked: string): boolean {
    return this.answers[asked] !== undefined;
  }

  rows(asked: string): readonly SnapshotRow[] {
    return this.answers[asked] ?? [];
  }

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
