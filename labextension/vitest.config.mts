import { defineConfig } from 'vitest/config';

// JupyterLab's packages import their icons as modules.
const svgAsText = {
  name: 'svg-as-text',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    id.endsWith('.svg') ? { code: `export default ${JSON.stringify(code)}`, map: null } : undefined
};

export default defineConfig({
  plugins: [svgAsText],
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['./vitest.setup.ts'],
    server: { deps: { inline: [/@jupyterlab/, /@lumino/, /@jupyter\//] } }
  }
});
