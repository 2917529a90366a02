/** What brings an account to what is declared. */
export interface Mending {
  readonly statement: string;
  /** Takes something away that nobody declared: asks for a second look. */
  readonly destructive: boolean;
}
