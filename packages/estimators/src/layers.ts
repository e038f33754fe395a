// Discrete choices as layers of TensorFlow.js models: this entry loads TensorFlow.js

export {
  type DiscreteLayerOptions,
  discreteLayer,
  loadModel,
  type TensorFlowLayer,
} from './layer/discreteLayer.js';
