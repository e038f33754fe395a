import type { Batch } from './batch.js';
import type { Recipe } from './recipe.js';

/** What a thread is told: first how to make its solver, then of each batch. */
export type Message = { readonly recipe: Recipe } | { readonly batch: Batch };

/** What it answers to the recipe. To a batch it answers in shared memory, which needs no one to listen. */
export type Answer = { readonly ready: true } | { readonly ready: false; readonly reason: string };
