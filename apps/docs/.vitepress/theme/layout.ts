import { useData } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { defineComponent, h, onMounted, watch } from 'vue';
import { PathHero } from './pathHero.js';

/** VitePress's layout with our picture on the first page, whose content it leaves without a landmark. */
export const Layout = defineComponent(() => {
  const { frontmatter } = useData();
  const mark = () => {
    const content = document.getElementById('VPContent');
    if (frontmatter.value['layout'] === 'home') content?.setAttribute('role', 'main');
    else content?.removeAttribute('role');
  };
  onMounted(mark);
  watch(frontmatter, mark, { flush: 'post' });
  return () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(PathHero) });
});
