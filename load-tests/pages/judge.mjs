// What every page must be, whoever looks at it: accessible, no wider than the screen, titled, in its language.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What is wrong with the page as it is now, as sentences. */
export async function judge(page, language, scripted) {
  if (!scripted) await allowScript(page, true)
  // Fonts decide how wide a page is.
  await page.evaluate(() => document.fonts.ready.then(() => null))
  const faults = [...(await shape(page, language)), ...(await accessibility(page))]
  if (!scripted) await allowScript(page, false)
  return faults
}

const wires = new WeakMap()

// Without script the judge could not work either. The page's own is not run by this: its time is over.
async function allowScript(page, allowed) {
  if (!wires.has(page)) wires.set(page, await page.context().newCDPSession(page))
  const wire = wires.get(page)
  // A wire that never forbade it has nothing to allow: the browser would not listen.
  for (const value of [true, !allowed]) await wire.send('Emulation.setScriptExecutionDisabled', { value })
}

async function shape(page, language) {
  const seen = await page.evaluate(() => ({
    language: document.documentElement.lang,
    title: document.title.trim(),
    headings: document.querySelectorAll('h1').length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    widest: [...document.querySelectorAll('main *')].find((element) => element.getBoundingClientRect().right > innerWidth + 1)?.outerHTML.slice(0, 120),
    styled: getComputedStyle(document.body).fontFamily.includes('Be Vietnam Pro'),
  }))
  const faults = []
  if (seen.language !== language) faults.push(`is in ${seen.language}, not in ${language}`)
  if (seen.title === '') faults.push('has no title')
  if (seen.headings !== 1) faults.push(`has ${seen.headings} main headings`)
  if (seen.wide > 0) faults.push(`is ${seen.wide} px wider than the screen: ${seen.widest}`)
  if (!seen.styled) faults.push('has no style')
  return faults
}

async function accessibility(page) {
  // Evaluated by the debugger, so neither the page's policy nor a switched-off script is in the way.
  await page.evaluate(axe)
  const { violations } = await page.evaluate((tags) => {
    // Where no script can ask whether somebody is there, a kiosk must forget unasked.
    const rules = { 'meta-refresh': { enabled: !document.documentElement.classList.contains('motcua-kiosk') } }
    return axe.run(document, { runOnly: tags, rules, resultTypes: ['violations'] })
  }, TAGS)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`),
  )
}
