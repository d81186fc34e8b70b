// Which id stays when the records of one page call a paper by several: chains followed, circles broken.

/** Another id of a paper, and the id under which the paper stands. */
export interface Alias {
  readonly alias: string;
  readonly id: string;
}

/**
 * The pairs with every alias once, each leading to an id that stays: chains are followed, and of two ids that name
 * each other the first that was told stays.
 */
export function settleAliases(told: readonly Alias[]): Alias[] {
  const leadsTo = new Map<string, string>();
  const follow = (id: string): string => {
    let last = id;
    for (let next = leadsTo.get(last); next !== undefined; next = leadsTo.get(last)) last = next;
    return last;
  };
  for (const { alias, id } of told)
    if (!leadsTo.has(alias) && follow(id) !== alias) leadsTo.set(alias, follow(id));
  return [...leadsTo.keys()].map((alias) => ({ alias, id: follow(alias) }));
}
