const darkRules = '@media (prefers-color-scheme: dark)';

/** A picture that follows the system's colours, as two that do not: the reader chooses the site's colours by hand. */
export function bothThemes(svg: string): { light: string; dark: string } {
  return {
    light: svg
      .replaceAll(darkRules, '@media not all')
      .replaceAll('color-scheme: light dark', 'color-scheme: light'),
    dark: svg
      .replaceAll(darkRules, '@media all')
      .replaceAll('color-scheme: light dark', 'color-scheme: dark'),
  };
}

/** The pictures of a text: SVG in the page's theme, others as they are. */
export function pictured(markdown: string, sizeOf: (file: string) => string): string {
  return markdown.replace(/!\[([^\]]*)\]\(([^)\s]+)\)/g, (_, words: string, file: string) => {
    const alt = words.replaceAll('"', '&quot;');
    const image = (theme: string, source: string): string =>
      `<img class="picture${theme}" src="./${source}" alt="${alt}" loading="lazy"${sizeOf(file)}>`;
    if (!file.endsWith('.svg')) return image('', file);
    return ['light', 'dark']
      .map((theme) => image(` only-${theme}`, file.replace('.svg', `.${theme}.svg`)))
      .join('');
  });
}
