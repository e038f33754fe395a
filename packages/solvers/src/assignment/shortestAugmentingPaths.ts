/**
 * Finds the minimum-cost assignment that gives every agent its own task, where there are at least as many tasks as agents.
 *
 * Prices prove that the answer is optimal: cost - agentPrice - taskPrice is 0 on assigned pairs and not negative on
 * others, and an unassigned task has price 0. Most agents take the task that is best for them, some outbid others, and
 * shortest augmenting paths place the rest (Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear
 * assignment problems", 1987).
 */
export class ShortestAugmentingPaths {
  /** Costs, agent by agent, written by the caller; Infinity forbids a pair. */
  readonly cost: Float32Array;
  readonly agentPrice: Float64Array;
  readonly taskPrice: Float64Array;
  /** The task of each agent. */
  readonly taskOf: Int32Array;
  /** The agent of each task; the number of agents where the task is unassigned. */
  readonly agentOf: Int32Array;
  readonly #agents: number;
  readonly #tasks: number;
  readonly #waiting: Int32Array;
  readonly #distance: Float64Array;
  readonly #reachedFrom: Int32Array;
  /** Tasks in the order in which their distances became final, followed by those that are still open. */
  readonly #queue: Int32Array;

  constructor(agents: number, tasks: number) {
    this.#agents = agents;
    this.#tasks = tasks;
    this.cost = new Float32Array(agents * tasks);
    this.agentPrice = new Float64Array(agents + 1);
    this.taskPrice = new Float64Array(tasks + 1);
    this.taskOf = new Int32Array(agents + 1);
    this.agentOf = new Int32Array(tasks + 1);
    this.#waiting = new Int32Array(agents);
    this.#distance = new Float64Array(tasks);
    this.#reachedFrom = new Int32Array(tasks);
    this.#queue = new Int32Array(tasks);
  }

  /** Assigns all agents. Returns the agent that cannot be assigned, or -1. */
  assign(): number {
    const square = this.#agents === this.#tasks;
    const stranded = this.#assign(square);
    // Bids change which agents are placed first; without them, errors always name the same one.
    return square && stranded >= 0 ? this.#assign(false) : stranded;
  }

  #assign(bids: boolean): number {
    this.agentOf.fill(this.#agents);
    if (this.#agents === this.#tasks) this.#priceByCheapest();
    else this.taskPrice.fill(0);
    let waiting = this.#takeFree();
    if (bids) for (let round = 0; round < 2; round++) waiting = this.#bid(waiting);
    for (let i = 0; i < waiting; i++) {
      if (!this.#augment(this.#waiting[i]!)) return this.#waiting[i]!;
    }
    return -1;
  }

  /** Where every task is assigned, any price is allowed: its minimum cost is a good start. */
  #priceByCheapest(): void {
    const { cost, taskPrice } = this;
    const tasks = this.#tasks;
    for (let task = 0; task < tasks; task++) taskPrice[task] = cost[task]!;
    for (let agent = 1; agent < this.#agents; agent++) {
      const start = agent * tasks;
      for (let task = 0; task < tasks; task++) {
        taskPrice[task] = Math.min(taskPrice[task]!, cost[start + task]!);
      }
    }
    for (let task = 0; task < tasks; task++) if (taskPrice[task] === Infinity) taskPrice[task] = 0;
  }

  /** Gives agents their best task while it is free. Returns how many agents still need a path. */
  #takeFree(): number {
    const { cost, agentPrice, taskPrice, taskOf, agentOf } = this;
    const agents = this.#agents;
    const tasks = this.#tasks;
    let left = 0;
    for (let agent = 0; agent < agents; agent++) {
      const start = agent * tasks;
      let minCost = Infinity;
      let best = -1;
      for (let task = 0; task < tasks; task++) {
        const reduced = cost[start + task]! - taskPrice[task]!;
        if (reduced < minCost) {
          minCost = reduced;
          best = task;
        }
      }
      agentPrice[agent] = minCost;
      if (best >= 0 && agentOf[best] === agents) {
        taskOf[agent] = best;
        agentOf[best] = agent;
      } else this.#waiting[left++] = agent;
    }
    return left;
  }

  /**
   * Lets each waiting agent take its best task, at a price at which its second best is as good; the agent that had it
   * bids next, or waits if the price is unchanged (Jonker and Volgenant's augmenting row reduction). Only where every
   * task is assigned in the end, as that may change the price of any task. Returns how many agents then wait.
   */
  #bid(before: number): number {
    const { cost, agentPrice, taskPrice, taskOf, agentOf } = this;
    const agents = this.#agents;
    const tasks = this.#tasks;
    const waiting = this.#waiting;
    // Small steps in price could go on for very long.
    let bids = 100 * before;
    let left = 0;
    for (let i = 0; i < before; ) {
      const agent = waiting[i++]!;
      const start = agent * tasks;
      let first = Infinity;
      let second = Infinity;
      let task = -1;
      let other = -1;
      for (let t = 0; t < tasks; t++) {
        const reduced = cost[start + t]! - taskPrice[t]!;
        if (reduced >= second) continue;
        if (reduced < first) {
          second = first;
          other = task;
          first = reduced;
          task = t;
        } else {
          second = reduced;
          other = t;
        }
      }
      if (second === Infinity) {
        waiting[left++] = agent;
        continue;
      }
      const raised = first < second;
      if (raised) taskPrice[task]! -= second - first;
      else if (agentOf[task] !== agents) task = other;
      const owner = agentOf[task]!;
      taskOf[agent] = task;
      agentOf[task] = agent;
      agentPrice[agent] = second;
      if (owner === agents) continue;
      if (raised && --bids > 0) waiting[--i] = owner;
      else waiting[left++] = owner;
    }
    return left;
  }

  /**
   * Finds the shortest path to a free task by Dijkstra's algorithm on reduced costs, and shifts the agents along it.
   */
  #augment(source: number): boolean {
    const { cost, agentPrice, taskPrice, taskOf, agentOf } = this;
    const agents = this.#agents;
    const tasks = this.#tasks;
    const distance = this.#distance;
    const reachedFrom = this.#reachedFrom;
    const queue = this.#queue;
    for (let task = 0; task < tasks; task++) {
      queue[task] = task;
      distance[task] = Infinity;
    }
    let agent = source;
    let travelled = 0;
    let done = 0;
    let sink = -1;
    while (sink < 0) {
      const start = agent * tasks;
      const offset = travelled - agentPrice[agent]!;
      let nearest = Infinity;
      let at = -1;
      for (let i = done; i < tasks; i++) {
        const task = queue[i]!;
        const through = offset + (cost[start + task]! - taskPrice[task]!);
        let best = distance[task]!;
        if (through < best) {
          distance[task] = best = through;
          reachedFrom[task] = agent;
        }
        // Of equally near tasks a free one ends the path at once.
        if (best < nearest || (best === nearest && at >= 0 && agentOf[task] === agents)) {
          nearest = best;
          at = i;
        }
      }
      if (at < 0) return false;
      travelled = nearest;
      const task = queue[at]!;
      queue[at] = queue[done]!;
      queue[done++] = task;
      agent = agentOf[task]!;
      if (agent === agents) sink = task;
    }
    agentPrice[source]! += travelled;
    for (let i = 0; i < done - 1; i++) {
      const task = queue[i]!;
      const lead = travelled - distance[task]!;
      taskPrice[task]! -= lead;
      agentPrice[agentOf[task]!]! += lead;
    }
    for (let task = sink; ; ) {
      const mover = reachedFrom[task]!;
      const left = taskOf[mover]!;
      taskOf[mover] = task;
      agentOf[task] = mover;
      if (mover === source) return true;
      task = left;
    }
  }
}
