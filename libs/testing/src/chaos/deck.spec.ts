import { Random } from '../events/random';
import { Deck } from './deck';

const CARDS = ['a', 'b', 'b', 'c', 'd', 'e'];
const draw = (seed: number, count: number): string[] => {
  const deck = new Deck(CARDS, new Random(seed));
  return Array.from({ length: count }, () => deck.draw());
};

describe('a deck', () => {
  it('deals every card as often as it has it, deck after deck', () => {
    const cards = draw(1, 2 * CARDS.length);
    expect(cards.slice(0, CARDS.length).sort()).toEqual(CARDS);
    expect(cards.slice(CARDS.length).sort()).toEqual(CARDS);
  });

  it('deals the same for the same seed, and something else for another one', () => {
    expect(draw(7, 30)).toEqual(draw(7, 30));
    expect(draw(7, 30)).not.toEqual(draw(8, 30));
  });
});
