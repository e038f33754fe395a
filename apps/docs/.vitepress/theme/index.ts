import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { h } from 'vue';
import { LearningPicture } from './learningPicture.js';
import { Playground } from './playground.js';
import './tokens.css';
import './style.css';
import './learningPicture.css';

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(LearningPicture) }),
  enhanceApp({ app }) {
    app.component('Playground', Playground);
  },
} satisfies Theme;
