// Builds the portal's style sheet, script, fonts and pictures into one new folder: node build.mjs OUT
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, extname, join, parse, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'
import { compileAsync } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const packages = join(here, 'node_modules')
const out = resolve(process.argv[2] ?? join(here, 'dist'))

const NOTICE = '/*! Contains parts of govuk-frontend, (c) Crown Copyright, MIT licence: see licences.txt */'

// Sass makes plain CSS; esbuild then finds, hashes and renames the fonts it names.
const sass = {
  name: 'sass',
  setup(plan) {
    plan.onLoad({ filter: /\.scss$/ }, async ({ path }) => {
      const { css } = await compileAsync(path, { loadPaths: [packages] })
      return { contents: css, loader: 'css', resolveDir: dirname(path) }
    })
  },
}

async function stylesAndScript() {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: [
      { in: 'src/app.scss', out: 'app' },
      { in: 'src/app.js', out: 'app' },
    ],
    outdir: out,
    entryNames: '[name].[hash]',
    assetNames: '[name].[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2020', 'chrome90', 'firefox90', 'safari15'],
    legalComments: 'none',
    banner: { js: NOTICE, css: NOTICE },
    loader: { '.woff2': 'file' },
    plugins: [sass],
    metafile: true,
    logLevel: 'warning',
  })
  const made = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint)
  return made.map(([path, { entryPoint }]) => {
    const file = relative(out, resolve(here, path))
    return [entryPoint.endsWith('.scss') ? 'app.css' : 'app.js', file]
  })
}

async function pictures() {
  const names = (await readdir(join(here, 'src'))).filter((name) => extname(name) === '.svg')
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(here, 'src', name))
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase()
      const file = `${parse(name).name}.${hash}.svg`
      await writeFile(join(out, file), bytes)
      return [name, file]
    }),
  )
}

// What the packages' licences ask of whoever passes their work on.
async function licences() {
  const own = await readFile(join(here, 'src/licences.txt'), 'utf8')
  const font = await readFile(join(packages, '@fontsource/be-vietnam-pro/LICENSE'), 'utf8')
  await writeFile(join(out, 'licences.txt'), `${own}\n${font}`)
}

// Beside each file that gets smaller, so that nobody compresses while a person waits.
async function compress() {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  for (const name of (await readdir(out)).filter((name) => /\.(css|js|svg|txt)$/.test(name))) {
    const bytes = await readFile(join(out, name))
    await writeFile(join(out, `${name}.br`), await promisify(brotliCompress)(bytes, brotli))
    await writeFile(join(out, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }))
  }
}

await mkdir(out, { recursive: true })
const files = [...(await stylesAndScript()), ...(await pictures())].sort()
await licences()
await compress()
await writeFile(join(out, 'manifest.json'), `${JSON.stringify(Object.fromEntries(files), null, 2)}\n`)
