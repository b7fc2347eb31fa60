// What an agency does beside its dossiers' own way: it asks another and answers, notes who is away, keeps its calendar, prints, corrects; and
// how many presses and seconds the work of a day takes.
import { ADMINISTRATOR, ANSWERING, LEADER, PDF, PROCESSOR, RECEIVER, caller } from '../outside.mjs'
import { registered, signedIn } from './citizen.mjs'
import { before, changesTo } from './desk.mjs'
import { filed } from './official.mjs'

const HOME = '/work/H44.100'
const QUESTION = 'Đề nghị xác minh nơi cư trú trước đây.'

/** A dossier that is received, before an official who is signed in. */
export async function received(visitor, who) {
  const known = await before(visitor, who)
  const receiver = await caller(RECEIVER)
  await receiver('POST', `/dossiers/${known.id}/receipt`, {})
  return known
}

async function asks(visitor, work) {
  await visitor.open(`${work}/consultations`)
  await visitor.fill({ agency: 'H44.101', question: QUESTION })
  await visitor.choose('shows', 'PAPERS')
}

/** The day so many days from today, as fields of type date take it. */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export const stories = {
  'another agency is asked and answers': async (visitor) => {
    const { id, work } = await received(visitor, PROCESSOR)
    await visitor.open(`${work}/consultations`)
    await visitor.fill({ agency: 'H44.105', question: QUESTION })
    await visitor.choose('shows', 'PAPERS')
    await visitor.send(`${work}/consultations`)
    await visitor.looks('nobody answers there')
    await visitor.fill({ agency: 'H44.101' })
    await visitor.send(`${work}/consultations`)
    await visitor.at(work)
    await visitor.reads(QUESTION)
    await visitor.looks('asked')
    await changesTo(visitor, ANSWERING)
    await visitor.open('/work/consultations')
    await visitor.looks('what is asked of us')
    await visitor.follow(`/work/consultations/${id}/1`)
    await visitor.looks('the question')
    await visitor.send(`/work/consultations/${id}/1`)
    await visitor.looks('nothing answered')
    await visitor.choose('kind', 'OPINION')
    await visitor.fill({ answer: 'Đã cư trú tại xã từ năm 2015.' })
    await visitor.page.locator('input[name="file"]').setInputFiles(PDF)
    await visitor.send(`/work/consultations/${id}/1`)
    await visitor.reads('Đã cư trú tại xã từ năm 2015.')
    await visitor.looks('answered')
    await changesTo(visitor, PROCESSOR)
    await visitor.open(work)
    await visitor.reads('Đã cư trú tại xã từ năm 2015.')
    await visitor.looks('the answer is there')
  },

  'who was asked need not answer when the dossier is withdrawn': async (visitor) => {
    const { person, id, work, own } = await received(visitor, PROCESSOR)
    await asks(visitor, work)
    await visitor.send(`${work}/consultations`)
    await visitor.at(work)
    await changesTo(visitor, person)
    await visitor.open(`${own}/withdrawal`)
    await visitor.looks('withdraw')
    await visitor.send(`${own}/withdrawal`)
    await visitor.at(own)
    await visitor.looks('withdrawn')
    await changesTo(visitor, ANSWERING)
    await visitor.open(`/work/consultations/${id}/1`)
    await visitor.looks('not asked any more')
    if (await visitor.page.locator('textarea').count()) throw new Error('an answer is still asked for')
  },

  'a leave is noted and taken back': async (visitor) => {
    // Each mode is somebody else, on days of its own: the three run side by side, and one sees how to take back one's own only.
    await signedIn(visitor, { script: LEADER, plain: PROCESSOR, phone: RECEIVER }[visitor.mode])
    await visitor.open(`${HOME}/leaves`)
    await visitor.looks('leaves')
    await visitor.send(`${HOME}/leaves`)
    await visitor.looks('no days')
    const first = { script: 30, plain: 50, phone: 70 }[visitor.mode]
    await visitor.fill({ first_day: inDays(first), last_day: inDays(first + 4) })
    await visitor.page.locator('select[name="deputy"]').selectOption({ index: 1 })
    await visitor.press(`form[action="${HOME}/leaves"] [type=submit]`)
    await visitor.at(`${HOME}/leaves`)
    const ends = visitor.page.locator(`form[action^="${HOME}/leaves/"]`)
    const noted = await ends.count()
    if (noted < 1) throw new Error('no leave is noted')
    await visitor.looks('noted')
    await visitor.press(`form[action^="${HOME}/leaves/"] [type=submit]`)
    if ((await ends.count()) >= noted) throw new Error('the leave is still there')
    await changesTo(visitor, { ...RECEIVER, email: 'tiepnhan@h44-101.example.vn' })
    await visitor.open('/work/H44.101/leaves')
    await visitor.looks('nobody can stand in')
  },

  'a calendar is looked at and what a day off would move': async (visitor) => {
    await signedIn(visitor, ADMINISTRATOR)
    await visitor.open('/work/calendar')
    await visitor.looks('calendar')
    await visitor.date('day', [1926, 12, 3])
    await visitor.fill({ day_reason: 'Nghỉ do bão' })
    await visitor.send('/work/calendar', 'preview')
    await visitor.looks('no such year')
    await visitor.date('day', [2027, 12, 3])
    await visitor.send('/work/calendar', 'preview')
    await visitor.looks('what it would move')
  },

  'how an agency is reached is looked at, and a wrong number refused': async (visitor) => {
    await signedIn(visitor, ADMINISTRATOR)
    await visitor.open('/work/contact')
    await visitor.looks('contact')
    await visitor.fill({ phone: '12', tax_number: '0100109107' })
    await visitor.send('/work/contact')
    await visitor.looks('a wrong phone')
    await visitor.open('/agencies/H44.100')
    await visitor.looks('agency with its contact')
  },

  'forms and the register are printed': async (visitor) => {
    const { person } = await received(visitor, RECEIVER)
    await filed(person)
    await visitor.open(`${HOME}?q=${person.phone}`)
    await visitor.press('.motcua-bulk a')
    await visitor.choose('form', '01')
    await visitor.send(HOME, 'PRINT')
    await visitor.looks('one has no such form')
    await visitor.open(`${HOME}/register`)
    await visitor.looks('register')
    await visitor.open(`${HOME}/register?from=2026-12-31&until=2026-01-01`, 422)
    await visitor.looks('no period')
    await visitor.open(`${HOME}/register`)
    const part = await visitor.page.locator(`a[href^="${HOME}/register/1"]`).getAttribute('href')
    const printed = await visitor.page.request.get(part)
    const bytes = await printed.body()
    if (bytes.subarray(0, 4).toString() !== '%PDF') throw new Error('the register is no PDF')
  },

  'what is finished is corrected': async (visitor) => {
    const { id, work } = await received(visitor, LEADER)
    const processor = await caller(PROCESSOR)
    await processor('POST', `/dossiers/${id}/results?file_name=trich-luc.pdf`, PDF.buffer, PDF.mimeType)
    await processor('POST', `/dossiers/${id}/completion`, {})
    await visitor.open(`${work}/correction`)
    await visitor.looks('correct')
    await visitor.send(`${work}/correction`)
    await visitor.looks('no reason')
    await visitor.choose('time', 'OVER')
    await visitor.fill({ reason: 'Ghi sai ngày sinh trong giấy đã cấp.' })
    await visitor.send(`${work}/correction`)
    await visitor.at(work)
    await visitor.looks('open again')
  },

  'presses and seconds: one is found by its phone number': async (visitor) => {
    const { person, id } = await before(visitor, RECEIVER)
    await visitor.measures('find one by phone number', async () => {
      await visitor.search(person.phone)
      await visitor.follow(`/work/dossiers/${id}`)
    })
    await visitor.at(`/work/dossiers/${id}`)
  },

  'presses and seconds: papers are asked for': async (visitor) => {
    const { id, work } = await before(visitor, RECEIVER)
    await visitor.open(work)
    await visitor.measures('ask for a supplement', async () => {
      await visitor.follow(`${work}/supplement-request`)
      await visitor.fill({ 'GIAY_CHUNG_SINH-reason': 'Ảnh chụp bị mờ.', 'GIAY_CHUNG_SINH-guidance': 'Chụp lại cả tờ, đủ sáng.' })
      await visitor.send(`${work}/supplement-request`)
    })
    await visitor.at(`/work/dossiers/${id}`)
  },

  'presses and seconds: twenty are received, thirty are signed': async (visitor) => {
    const person = await registered(visitor)
    const ids = []
    for (let filings = 0; filings < 20; filings += 1) ids.push(await filed(person))
    await signedIn(visitor, RECEIVER)
    await visitor.search(person.phone)
    await visitor.measures('receive 20', async () => {
      await visitor.press('.motcua-bulk a')
      await visitor.send(HOME, 'RECEIVE')
    })
    const rows = await visitor.page.locator('tbody tr').count()
    if (rows !== 20) throw new Error(`${rows} are received, not 20`)
    const receiver = await caller(RECEIVER)
    for (let filings = 20; filings < 30; filings += 1) {
      ids.push(await filed(person))
      await receiver('POST', `/dossiers/${ids.at(-1)}/receipt`, {})
    }
    const processor = await caller(PROCESSOR)
    for (const id of ids) await processor('POST', `/dossiers/${id}/results?file_name=trich-luc.pdf`, PDF.buffer, PDF.mimeType)
    await changesTo(visitor, PROCESSOR)
    await visitor.open(`${HOME}?work=MINE&q=${person.phone}`)
    await visitor.looks('to sign')
    await visitor.measures('sign 30', async () => {
      await visitor.press('.motcua-bulk a')
      await visitor.send(HOME, 'COMPLETE')
    })
    const signed = await visitor.page.locator('tbody tr').count()
    if (signed !== 30) throw new Error(`${signed} are signed, not 30`)
    await visitor.looks('signed')
  },
}
