import type { Random } from '../events/random';

/** Cards of which each comes as often as it is in the deck before the deck is shuffled again. */
export class Deck<T> {
  private left: T[] = [];

  constructor(
    private readonly cards: readonly T[],
    private readonly random: Random,
  ) {}

  get size(): number {
    return this.cards.length;
  }

  draw(): T {
    if (this.left.length === 0) this.left = this.shuffled();
    const card = this.left.pop();
    if (card === undefined) throw new Error('a deck without cards');
    return card;
  }

  /** Fisher and Yates. */
  private shuffled(): T[] {
    const cards = [...this.cards];
    for (let last = cards.length - 1; last > 0; last--) {
      const other = this.random.below(last + 1);
      [cards[last], cards[other]] = [cards[other] as T, cards[last] as T];
    }
    return cards;
  }
}
