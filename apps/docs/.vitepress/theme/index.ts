import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { EstimatorPicker } from './estimatorPicker.js';
import { Layout } from './layout.js';
import { keepForOffline } from './offline.js';
import { Playground } from './playground.js';
import { PlaygroundCards } from './playgroundCards.js';
import { Runnable } from './runnable.js';
import { showTypes } from './typesShown.js';
import './font.css';
import './tokens.css';
import './style.css';
import './figures.css';
import './pathHero.css';
import './picker.css';
import './types.css';
import '../../src/runner/runner.css';

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp({ app, siteData }) {
    app.component('EstimatorPicker', EstimatorPicker);
    app.component('Playground', Playground);
    app.component('PlaygroundCards', PlaygroundCards);
    app.component('Runnable', Runnable);
    if (!import.meta.env.SSR) showTypes();
    if (import.meta.env.PROD && !import.meta.env.SSR) void keepForOffline(siteData.value.base);
  },
} satisfies Theme;
