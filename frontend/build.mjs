// Builds every style, script, font and icon that the pages use, into src/motcua/channels/ui.
// The result is committed, so that running motcua needs no Node; `node build.mjs --check` says whether it is stale.
//
// Every file carries the digest of its content in its name (cached for ever, never stale), stands beside its .br
// and .gz, and is listed in assets.json together with the digest of all sources it was made from.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import * as sass from 'sass';
import subsetFont from 'subset-font';
import { ICONS } from './icons.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const ui = join(here, '../src/motcua/channels/ui');
const out = join(ui, 'static/ui');
const sources = ['package.json', 'package-lock.json', 'build.mjs', 'icons.mjs', 'src'];

const walk = (path) =>
  statSync(path).isDirectory() ? readdirSync(path).sort().flatMap((name) => walk(join(path, name))) : [path];

/** SHA-256 over name and content of every source; tests/test_assets.py computes the same. */
function digestOfSources() {
  const digest = createHash('sha256');
  for (const file of sources.flatMap((name) => walk(join(here, name)))) {
    digest.update(relative(here, file) + '\0').update(readFileSync(file)).update('\0');
  }
  return digest.digest('hex');
}

// What Vietnamese and English pages print: ASCII, the letters of both languages, signs used by the screens.
const latin = [...Array(95).keys()].map((i) => String.fromCharCode(32 + i)).join('') +
  ' ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý§°²³·×÷«»–—‘’“”•…−≤≥≠€™©½';
const vietnamese = 'ĂăĐđĨĩŨũƠơƯư₫' + '\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323' +
  [...Array(0x1efa - 0x1ea0).keys()].map((i) => String.fromCharCode(0x1ea0 + i)).join('');

async function subsetFonts(folder) {
  const from = join(here, 'node_modules/@fontsource/be-vietnam-pro/files');
  mkdirSync(folder, { recursive: true });
  for (const weight of [400, 600]) {
    for (const [name, text] of Object.entries({ latin, vietnamese })) {
      const font = readFileSync(join(from, `be-vietnam-pro-${name}-${weight}-normal.woff2`));
      writeFileSync(join(folder, `${name}-${weight}.woff2`), await subsetFont(font, text, { targetFormat: 'woff2' }));
    }
  }
}

const sassPlugin = {
  name: 'sass',
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => {
      const options = { loadPaths: [join(here, 'node_modules'), here], style: 'compressed', quietDeps: true };
      const built = sass.compile(path, options);
      return { contents: built.css, loader: 'css', resolveDir: join(here, 'src/styles') };
    });
  },
};

async function bundle() {
  const entries = ['portal.scss', 'desk.scss'].map((name) => join(here, 'src/styles', name))
    .concat(['boot.js', 'portal.js', 'desk.js', 'studio.js'].map((name) => join(here, 'src', name)));
  const { metafile } = await esbuild.build({
    entryPoints: entries, entryNames: '[name].[hash]', chunkNames: 'part-[name].[hash]', assetNames: '[name].[hash]',
    outdir: out, bundle: true, splitting: true, format: 'esm', minify: true, metafile: true, legalComments: 'none',
    target: ['es2020', 'chrome90', 'safari14', 'firefox90'], supported: { destructuring: true }, plugins: [sassPlugin], logLevel: 'warning',
    loader: { '.woff2': 'file', '.svg': 'file' },
  });
  const files = {};
  const needs = {};
  const name = (path) => path.split('/').pop();
  for (const [path, { imports }] of Object.entries(metafile.outputs)) {
    const plain = name(path).replace(/\.[A-Z0-9]{8}\./, '.');
    files[plain.startsWith('part-') ? name(path) : plain] = name(path);
    const parts = imports.filter(({ kind }) => kind === 'import-statement').map((part) => name(part.path)).sort();
    if (parts.length && !plain.startsWith('part-')) needs[plain] = parts;
  }
  for (const image of readdirSync(join(here, 'src/images'))) {
    const bytes = readFileSync(join(here, 'src/images', image));
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();
    files[image] = image.replace('.', `.${digest}.`);
    writeFileSync(join(out, files[image]), bytes);
  }
  return { files, needs };
}

function compress(files) {
  const sizes = {};
  for (const [plain, built] of Object.entries(files)) {
    const path = join(out, built);
    const bytes = readFileSync(path);
    if (built.endsWith('.woff2')) { sizes[plain] = bytes.length; continue; }
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(path + '.br', brotliCompressSync(bytes, { params }));
    writeFileSync(path + '.gz', gzipSync(bytes, { level: 9 }));
    sizes[plain] = statSync(path + '.br').size;
  }
  return sizes;
}

function icons() {
  const drawn = {};
  for (const [name, drawing] of Object.entries(ICONS)) {
    const svg = readFileSync(join(here, 'node_modules/lucide-static/icons', `${drawing}.svg`), 'utf8');
    drawn[name] = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
  }
  return drawn;
}

// The accessibility checker stands beside the tests that use it, so that they need no Node either.
const axe = join(here, '../tests/journeys/axe.min.js');
const manifestPath = join(ui, 'assets.json');
if (process.argv.includes('--check')) {
  const fresh = existsSync(manifestPath) && JSON.parse(readFileSync(manifestPath)).sources === digestOfSources();
  console.log(fresh ? 'assets are fresh' : 'assets are stale: run `node frontend/build.mjs` and commit the result');
  process.exit(fresh ? 0 : 1);
}
rmSync(out, { recursive: true, force: true });
await subsetFonts(join(here, 'node_modules/.fonts'));
const { files, needs } = await bundle();
const sizes = compress(files);
const byName = (record) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(manifestPath, JSON.stringify({ sources: digestOfSources(), files: byName(files), needs, sizes: byName(sizes) }, null, 1) + '\n');
mkdirSync(dirname(axe), { recursive: true });
writeFileSync(axe, readFileSync(join(here, 'node_modules/axe-core/axe.min.js')));
writeFileSync(join(ui, 'icons.json'), JSON.stringify(byName(icons()), null, 1) + '\n');
for (const [name, size] of Object.entries(byName(sizes))) console.log(String(size).padStart(8), name);
