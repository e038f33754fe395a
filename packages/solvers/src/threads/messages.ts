import type { Batch } from './batch.js';
import type { Recipe } from './recipe.js';

/** The messages to a thread: first how to make its solver, then each batch. */
export type Message = { readonly recipe: Recipe } | { readonly batch: Batch };

/** A thread's answer to the recipe. It answers to batches in shared memory, without messages. */
export type Answer = { readonly ready: true } | { readonly ready: false; readonly reason: string };
