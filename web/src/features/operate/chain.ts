/** The models that are asked, in their order, as they are being changed. Pure. */

/** With the model one place earlier. */
export function earlier(chain: readonly string[], model: string): string[] {
  const place = chain.indexOf(model);
  return place < 1 ? [...chain] : [...chain.slice(0, place - 1), model, chain[place - 1]!, ...chain.slice(place + 1)];
}

export function without(chain: readonly string[], model: string): string[] {
  return chain.filter((one) => one !== model);
}

export function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((model, place) => model === other[place]);
}
