import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { addMissingPage, listForOffline, writePolicy } from './addedFiles.js';
import { browserPackages } from './browserPackages.js';
import { card, descriptionOfFile } from './described.js';
import { highlightedOnce, runnableFences, sizedPictures } from './markdownRules.js';
import { anywhere, relocate } from './relocatable.js';
import { searchedText } from './search.js';
import { tensorflowFile } from './sharedTensorflow.js';
import { sidebarOf } from './sidebar.js';
import { namedForReaders, typesOnHover, withoutTypes } from './typesOnHover.js';

const pages = fileURLToPath(new URL('../pages', import.meta.url));

export default defineConfig({
  srcDir: 'pages',
  // The server of `docs:dev` serves it as it is; a build is made to work anywhere.
  base: process.env['NODE_ENV'] === 'production' ? anywhere : '/',
  buildEnd({ outDir }) {
    addMissingPage(outDir);
    relocate(outDir);
    listForOffline(outDir);
    writePolicy(outDir);
  },
  title: 'AIMLE',
  titleTemplate: ':title · AIMLE',
  description:
    'Put top-k, a spanning tree or a shortest path inside your network, and train through it. In TypeScript, for Node and browsers.',
  lang: 'en-GB',
  transformPageData(page) {
    page.description = descriptionOfFile(join(pages, page.relativePath)) || page.description;
  },
  // The address of the site, with a slash at its end, in DOCS_ADDRESS: pictures of cards are shown by their full address.
  transformHead: ({ siteData, title, description }) => [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${siteData.base}icon.svg` }],
    ...card(title, description, process.env['DOCS_ADDRESS'] ?? siteData.base),
  ],
  cleanUrls: false,
  metaChunk: true,
  lastUpdated: false,
  // While pages are being written, some that they link to are not there yet.
  ignoreDeadLinks: process.env['DOCS_DRAFT'] === 'true',
  markdown: {
    math: true,
    image: { lazyLoading: true },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    codeTransformers: [typesOnHover(), namedForReaders],
    config(markdown) {
      highlightedOnce(markdown);
      runnableFences(markdown);
      sizedPictures(markdown);
    },
  },
  themeConfig: {
    nav: [
      {
        text: 'Guide',
        link: '/start',
        activeMatch: '^/(start|choose|compare|faq|glossary|concepts/|how-to/|tasks/)',
      },
      { text: 'Examples', link: '/examples/', activeMatch: '^/examples/' },
      { text: 'Playgrounds', link: '/playgrounds/', activeMatch: '^/playgrounds/' },
      { text: 'Estimators', link: '/estimators/', activeMatch: '^/estimators/' },
      { text: 'Structures', link: '/structures/', activeMatch: '^/structures/' },
      { text: 'Results', link: '/results/', activeMatch: '^/results/' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
    ],
    sidebar: sidebarOf(pages),
    outline: { level: [2, 3] },
    search: {
      provider: 'local',
      options: {
        _render: async (source, env, markdown) =>
          searchedText(withoutTypes(await markdown.render(source, env)), env.relativePath),
      },
    },
    docFooter: { prev: 'Previous', next: 'Next' },
  },
  vite: {
    plugins: [...browserPackages(), tensorflowFile()],
    resolve: { conditions: ['@aimle/source'] },
    worker: { format: 'es', plugins: browserPackages },
    build: { target: 'es2022', chunkSizeWarningLimit: 3000 },
    esbuild: { target: 'es2022' },
  },
});
