/** A package of the npm registry, as published: `integrity` is the registry's checksum. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** A Python wheel with libtensorflow for one kind of machine. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  readonly platformTag: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** An archive with libtensorflow, in TensorFlow's storage. */
export interface Archive {
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
}

/** Everything that an installation is made of, all pinned. */
export interface Recipe {
  /** The addon's C++ sources and the JavaScript kernels. */
  readonly tfjsNode: NpmPackage;
  /** The headers of Node-API, whose ABI is the same in Node 20, 22 and 24. */
  readonly nodeApiHeaders: NpmPackage;
  /** libtensorflow as @tensorflow/tfjs-node's own installer names it, by machine. */
  readonly official: Readonly<Record<string, Archive>>;
  readonly wheels: Readonly<Record<string, Wheel>>;
}

const wheelVersion = '2.15.1';

/**
 * The recipe of this release. TensorFlow 2.15.1 is the newest release with wheels for all four machines. Of the
 * versions tried (2.12.1, 2.15.1, 2.18.1, 2.21.0) it is the smallest download, loads fastest, can be silenced, and
 * computes as fast as the others. The addon's sources compile against it unchanged. When you change the recipe, also
 * change `contents` in the engine's installation.ts, so that caches are rebuilt.
 */
export const currentRecipe: Recipe = {
  tfjsNode: {
    name: '@tensorflow/tfjs-node',
    version: '4.22.0',
    integrity:
      'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  },
  nodeApiHeaders: {
    name: 'node-api-headers',
    version: '1.9.0',
    integrity:
      'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
  },
  official: {
    'linux-x64': {
      version: '2.9.1',
      path: 'tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz',
      sha256: '7f510d2546e3db5e10b1d119463689003d587842892ad3c95bca51cf82820173',
    },
    'linux-arm64': {
      version: '2.7',
      path: 'tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz',
      sha256: '9395d1ff39f5b6847f5121e679ff4e599dc7061a2a7f87ceac061c78e908e6e3',
    },
    'darwin-x64': {
      version: '2.9.1',
      path: 'tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz',
      sha256: '56f83d3320ba0f69aaafd6c058645e1b7fbc75fb9a3fc36d6be98de1291ca226',
    },
    'darwin-arm64': {
      version: '2.7',
      path: 'tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz',
      sha256: '13ab22b97e2af06e431aaeb7b42fb89981965dd01aa16da035d8210aa4183d79',
    },
  },
  wheels: {
    'linux-x64': {
      project: 'tensorflow-cpu',
      version: wheelVersion,
      platformTag: 'manylinux_2_17_x86_64',
      bytes: 207_208_420,
      sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    },
    'linux-arm64': {
      project: 'tensorflow-cpu-aws',
      version: wheelVersion,
      platformTag: 'manylinux_2_17_aarch64',
      bytes: 211_874_120,
      sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
    },
    'darwin-x64': {
      project: 'tensorflow-cpu',
      version: wheelVersion,
      platformTag: 'macosx_10_15_x86_64',
      bytes: 236_482_774,
      sha256: 'ee3bb114c6031d471d891c761e7eda2c80bea19bb318abcd3d5bab92ccfaf9aa',
    },
    'darwin-arm64': {
      project: 'tensorflow',
      version: wheelVersion,
      platformTag: 'macosx_12_0_arm64',
      bytes: 205_736_374,
      sha256: 'aa926114d1e13ffe5b2ea59c3f195216f26646d7fe36e9e5207b291e4b7902ff',
    },
  },
};
