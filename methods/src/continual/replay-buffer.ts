// The few examples of old tasks that a learner may keep, and how it draws from them.
// Vitter 1985, Random sampling with a reservoir (algorithm R); the balance over classes as in Chrysakis & Moens 2020,
// https://proceedings.mlr.press/v119/chrysakis20a.html, and in the buffer of https://arxiv.org/abs/2205.13452
import type { Random } from '../random/pcg32.ts';
import { permutation } from '../random/permutation.ts';

export interface ReplayBufferOptions {
  /** M, how many examples are kept at most; a whole number from 1 up. */
  readonly capacity: number;
  /** `class-balanced`: as many of each class seen so far; `reservoir`: a uniform sample of all examples seen so far. */
  readonly policy: 'class-balanced' | 'reservoir';
}

/** One class's examples; without balance, all examples share one. */
interface Shelf<Item> {
  readonly items: Item[];
  /** How many were ever offered. */
  seen: number;
}

/** Keeps examples by reference: an index into a data set is enough. */
export class ReplayBuffer<Item> {
  readonly #capacity: number;
  readonly #balanced: boolean;
  readonly #shelves = new Map<number, Shelf<Item>>();

  /** @throws RangeError for a capacity that is not a whole number from 1 up */
  constructor({ capacity, policy }: ReplayBufferOptions) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError('A buffer keeps one example or more.');
    this.#capacity = capacity;
    this.#balanced = policy === 'class-balanced';
  }

  get size(): number {
    return [...this.#shelves.values()].reduce((sum, { items }) => sum + items.length, 0);
  }

  /** Everything kept, class by class. */
  get items(): readonly Item[] {
    return [...this.#shelves.values()].flatMap(({ items }) => items);
  }

  /**
   * Offers an example. Within its shelf, every example offered so far is kept with the same probability.
   * @param label its class, which decides nothing under `reservoir`
   */
  add(item: Item, label: number, random: Random): void {
    const key = this.#balanced ? label : 0;
    let shelf = this.#shelves.get(key);
    if (shelf === undefined) {
      shelf = { items: [], seen: 0 };
      this.#shelves.set(key, shelf);
      this.#makeRoom(random);
    }
    shelf.seen++;
    const quota = this.#quotaOf(key);
    if (shelf.items.length < quota) {
      shelf.items.push(item);
      return;
    }
    // The n-th example enters with probability kept/n, in the place of any other.
    const place = random.nextBelow(shelf.seen);
    if (place < shelf.items.length) shelf.items[place] = item;
  }

  /**
   * Draws examples without replacement: as many of each class as there are, and uniformly under `reservoir`.
   * @param count a whole number from 0 up; more than there are gives all
   * @throws RangeError for another count
   */
  draw(count: number, random: Random): Item[] {
    if (!Number.isInteger(count) || count < 0) throw new RangeError('A draw is a whole number of examples.');
    const shelves = [...this.#shelves.values()].map(({ items }) => shuffled(items, random));
    const drawn: Item[] = [];
    // Round by round one of each class, in another order each round, so that a remainder favours none.
    for (let round = 0; drawn.length < count; round++) {
      const left = shelves.filter(({ length }) => length > round);
      if (left.length === 0) break;
      for (const shelf of shuffled(left, random).slice(0, count - drawn.length)) {
        drawn.push(...shelf.slice(round, round + 1));
      }
    }
    return drawn;
  }

  /** M split over the classes in the order in which they came; the first ones have what is left over. */
  #quotaOf(key: number): number {
    const place = [...this.#shelves.keys()].indexOf(key);
    const share = Math.floor(this.#capacity / this.#shelves.size);
    return share + (place < this.#capacity % this.#shelves.size ? 1 : 0);
  }

  #makeRoom(random: Random): void {
    for (const [key, { items }] of this.#shelves) {
      const quota = this.#quotaOf(key);
      while (items.length > quota) items.splice(random.nextBelow(items.length), 1);
    }
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return Array.from(permutation(items.length, random)).flatMap((i) => items.slice(i, i + 1));
}
