// Runs every journey in every mode and says what was not as promised.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import * as agency from './journeys/agency.mjs'
import * as anyone from './journeys/anyone.mjs'
import * as books from './journeys/books.mjs'
import * as citizen from './journeys/citizen.mjs'
import * as counter from './journeys/counter.mjs'
import * as desk from './journeys/desk.mjs'
import * as filing from './journeys/filing.mjs'
import * as life from './journeys/life.mjs'
import * as official from './journeys/official.mjs'
import * as procedures from './journeys/procedures.mjs'
import * as stages from './journeys/stages.mjs'
import { Visitor } from './visitor.mjs'
import { watch } from './watch.mjs'

const { BASE, CHROMIUM, SCREENS } = process.env

// Every page is seen in both languages: a mode each.
const DESK = { viewport: { width: 1280, height: 800 } }
const MODES = {
  script: { language: 'vi', ...DESK },
  plain: { language: 'en', ...DESK, javaScriptEnabled: false },
  phone: { language: 'vi', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
}

const { values: wish } = parseArgs({
  options: { only: { type: 'string' }, mode: { type: 'string' }, show: { type: 'boolean' }, screenshot: { type: 'string' } },
})

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  headless: !wish.show,
  slowMo: wish.show ? 300 : 0,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

const TIMEOUT_MS = 120_000

/** Fails when a journey has taken too long. */
const timeout = () =>
  new Promise((_, fail) => {
    setTimeout(() => fail(new Error(`not done within ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS).unref()
  })

/** One journey in one mode, in a browser that has never been here. */
async function walk(name, story, mode) {
  const { language, ...settings } = MODES[mode]
  const context = await browser.newContext({ ...settings, locale: language, baseURL: BASE, timezoneId: 'Asia/Ho_Chi_Minh' })
  context.setDefaultTimeout(15_000)
  const faults = watch(context)
  const screens = join(SCREENS, mode, name.replaceAll(' ', '-'))
  await rm(screens, { recursive: true, force: true })
  const visitor = new Visitor(context, { mode, language, faults, screens })
  try {
    await Promise.race([visitor.enter().then(() => story(visitor)), timeout()])
  } catch (why) {
    faults.push(`${visitor.place()}: ${why.message}`)
    await visitor.picture('broken').catch(() => {})
  }
  await context.close()
  return { faults, figures: visitor.figures }
}

/** The journeys of one mode, one after another: gives how many were not as promised, of how many. */
async function walkAll(mode) {
  const stories = Object.entries({ ...anyone.stories, ...books.stories, ...citizen.stories, ...filing.stories, ...official.stories, ...desk.stories, ...agency.stories, ...counter.stories, ...procedures.stories, ...stages.stories, ...life.stories })
  const wanted = stories.filter(([name]) => !wish.only || name.includes(wish.only))
  let failed = 0
  for (const [name, story] of wanted) {
    const begin = Date.now()
    const { faults, figures } = await walk(name, story, mode)
    const seconds = ((Date.now() - begin) / 1000).toFixed(1)
    console.log([`${faults.length === 0 ? '✓' : '✗'} ${mode.padEnd(6)} ${name} (${seconds} s)`, ...figures, ...faults].join('\n    '))
    if (faults.length > 0) failed += 1
  }
  return { failed, walked: wanted.length }
}

async function walkModes() {
  const modes = Object.keys(MODES).filter((mode) => !wish.mode || wish.mode.split(',').includes(mode))
  const outcomes = await Promise.all(modes.map(walkAll))
  const sum = (what) => outcomes.reduce((total, outcome) => total + outcome[what], 0)
  console.log(`${sum('walked')} journeys, ${sum('failed')} failed`)
  return sum('failed') === 0 && sum('walked') > 0
}

/** The picture at the head of the README: the first page as a newcomer sees it. */
async function screenshot(file) {
  const page = await browser.newPage({ baseURL: BASE, locale: 'vi', viewport: { width: 1200, height: 760 } })
  await page.goto('/?lang=vi')
  await page.evaluate(() => document.fonts.ready.then(() => null))
  await page.screenshot({ path: file })
  return true
}

try {
  process.exitCode = (await (wish.screenshot ? screenshot(wish.screenshot) : walkModes())) ? 0 : 1
} finally {
  await browser.close()
}
