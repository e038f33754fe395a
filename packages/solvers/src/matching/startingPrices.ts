import type { Blossoms } from './blossoms.js';

/** Sets feasible starting prices, each as low as possible given those before it, and matches pairs that are tight. */
export function startingPrices(
  weight: Float32Array,
  price: Float64Array,
  { vertices, mate }: Blossoms,
): void {
  for (let v = 0; v < vertices; v++) {
    let maxWeight = -Infinity;
    for (let w = 0; w < vertices; w++) maxWeight = Math.max(maxWeight, weight[v * vertices + w]!);
    // A vertex without edges gets a finite price; the search finds that no edge leads to it.
    price[v] = maxWeight === -Infinity ? 0 : maxWeight / 2;
  }
  for (let v = 0; v < vertices; v++) {
    if (mate[v]! >= 0) continue;
    let minSlack = Infinity;
    let partner = -1;
    for (let w = 0; w < vertices; w++) {
      const slack = price[v]! + price[w]! - weight[v * vertices + w]!;
      if (slack < minSlack || (slack === minSlack && mate[w]! < 0 && mate[partner]! >= 0)) {
        minSlack = slack;
        partner = w;
      }
    }
    if (minSlack === Infinity) continue;
    price[v]! -= minSlack;
    if (mate[partner]! < 0) {
      mate[v] = partner;
      mate[partner] = v;
    }
  }
}
