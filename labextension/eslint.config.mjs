import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', 'lib', 'src/api/types.ts'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  { plugins: { jupyter } },
  ...jupyter.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-empty-object-type': 'off',
      eqeqeq: 'error'
    }
  },
  {
    // Activation needs these at once, and they are small; the chart, which is not, is loaded by the first metric.
    files: ['src/*/plugin.ts'],
    rules: { 'jupyter/prefer-lazy-imports': 'off' }
  },
  { files: ['src/**/*.test.ts'], rules: { 'jupyter/no-untranslated-string': 'off' } },
  {
    files: ['*.mjs', 'scripts/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } }
  },
  prettier
);
