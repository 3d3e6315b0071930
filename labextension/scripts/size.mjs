// Prints what the page weighs, minified and gzipped, and fails where the part that every page loads has grown too heavy.
// Measured on a bundle of its own: that of JupyterLab's builder may have been made for development.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Kilobytes, gzipped: the code that JupyterLab loads at its start, with the style. */
const MOST = 150;

const root = new URL('..', import.meta.url).pathname;
const manifest = JSON.parse(await readFile(`${root}package.json`, 'utf8'));
// What JupyterLab itself brings; the rest is ours to carry.
const shared = Object.keys(manifest.dependencies).filter(name =>
  /^@jupyterlab\/|^@lumino\/|^react/.test(name)
);

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: { page: 'src/index.ts', style: 'style/index.js' },
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  outdir: 'out',
  write: false,
  metafile: true,
  external: shared.flatMap(name => [name, `${name}/*`]),
  loader: { '.svg': 'text' }
});

const weights = Object.fromEntries(
  outputFiles.map(file => [file.path.slice(root.length), gzipSync(file.contents, { level: 9 }).length / 1000])
);
const eager = new Set(['out/style.css']);
const load = name => {
  if (!eager.has(name)) {
    eager.add(name);
    metafile.outputs[name].imports
      .filter(each => each.kind === 'import-statement' && !each.external)
      .forEach(each => load(each.path));
  }
};
load('out/page.js');

const folder = name => {
  const inputs = Object.entries(metafile.outputs[name].inputs);
  const [heaviest] = inputs.sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)[0] ?? [name];
  return metafile.outputs[name].entryPoint ?? heaviest;
};
const row = (what, weight) => console.log(`${weight.toFixed(1).padStart(8)} kB  ${what}`);
const names = Object.keys(weights)
  .filter(name => name !== 'out/style.js')
  .sort((a, b) => weights[b] - weights[a]);
const total = [...eager].reduce((sum, name) => sum + weights[name], 0);
row(`at JupyterLab's start, gzipped (at most ${MOST})`, total);
names.filter(name => eager.has(name)).forEach(name => row(`  ${folder(name)}`, weights[name]));
const lazy = names.filter(name => !eager.has(name));
row(
  'when it is needed',
  lazy.reduce((sum, name) => sum + weights[name], 0)
);
lazy.forEach(name => row(`  ${folder(name)}`, weights[name]));
if (total > MOST) {
  console.error(
    `The page's eager part weighs ${total.toFixed(1)} kB: load panels by import() when they are opened.`
  );
  process.exitCode = 1;
}
