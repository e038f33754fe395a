// The task

export { shortestPaths } from './task.js';
export type { PathConfig } from './settings.js';

// Paths on pictures of your own

export { openPathPredictor, type PathPrediction, type PathPredictor } from './predict/openPathPredictor.js';
export { type Picture, readPicture } from './predict/readPicture.js';
export { cellsAlong, type DrawnMap, drawMap } from './drawMap.js';

// Its parts, for a model of your own

export { CostNetwork, type CostNetworkOptions } from './network.js';
export { hammingLoss, type PathLoss, pathLoss } from './pathLoss.js';
export { type PathMaps, withPaths } from './maps.js';
export { pathMetrics } from './pathMetrics.js';
export type { PathBatch } from './session.js';
