// The wider life of a dossier in the hands of officials: papers asked for and sent in, refused, stopped and resumed, handed over; notes,
// phrases, what is stuck.
import { ADMINISTRATOR, LEADER, PDF, PICTURE, PROCESSOR, RECEIVER, caller } from '../outside.mjs'
import { registered, signedIn } from './citizen.mjs'
import { filed } from './official.mjs'

const HOME = '/work/H44.100'
const PAPER = 'GIAY_CHUNG_SINH'

/** A new person's filed dossier, before an official who is signed in. */
export async function before(visitor, who) {
  const person = await registered(visitor)
  const id = await filed(person)
  await signedIn(visitor, who)
  return { person, id, work: `/work/dossiers/${id}`, own: `/dossiers/${id}` }
}

/** Somebody else takes the seat. */
export async function changesTo(visitor, who) {
  await visitor.send('/sign-out')
  await signedIn(visitor, who)
}

export const stories = {
  'papers are asked for, sent in and seen': async (visitor) => {
    const { person, work, own } = await before(visitor, RECEIVER)
    await visitor.open(work)
    await visitor.visits(`${work}/supplement-request`, 'ask for papers')
    await visitor.send(`${work}/supplement-request`)
    await visitor.looks('nothing asked for')
    await visitor.fill({ [`${PAPER}-reason`]: 'Ảnh chụp bị mờ, không đọc được số.', [`${PAPER}-guidance`]: 'Chụp lại cả tờ, đủ sáng.' })
    await visitor.send(`${work}/supplement-request`)
    await visitor.at(work)
    await visitor.looks('asked for')
    await changesTo(visitor, person)
    await visitor.open('/dossiers')
    await visitor.looks('what is asked stands in the list')
    await visitor.follow(own)
    await visitor.looks('asked of me')
    await visitor.follow(`${own}/supplement`)
    await visitor.looks('papers to send in')
    await visitor.upload(PAPER, PICTURE)
    await visitor.looks('papers there')
    await visitor.press(`form[action="${own}/supplement"] [type=submit]`)
    await visitor.at(own)
    await visitor.looks('sent in')
    await changesTo(visitor, RECEIVER)
    await visitor.open(`${HOME}?work=SUPPLEMENTED&q=${person.phone}`)
    await visitor.reads('Trần Thị Lan')
    await visitor.looks('papers came in')
  },

  'a dossier is refused with a phrase of the agency': async (visitor) => {
    const phrase = `Không thuộc thẩm quyền giải quyết (${Date.now()}).`
    const { work } = await before(visitor, ADMINISTRATOR)
    await visitor.open(`${HOME}/phrases`)
    await visitor.looks('phrases')
    await visitor.choose('action', 'REFUSE')
    await visitor.fill({ text: phrase })
    await visitor.press(`form[action="${HOME}/phrases"] [type=submit]`)
    await visitor.reads(phrase)
    await changesTo(visitor, RECEIVER)
    await visitor.open(`${work}/refusal`)
    await visitor.choose('reason-phrase', phrase)
    await visitor.fill({ reason: 'Điều 13 Luật Hộ tịch.' })
    await visitor.looks('refuse')
    await visitor.send(`${work}/refusal`)
    await visitor.at(work)
    await visitor.reads(phrase)
    await visitor.looks('refused')
    await changesTo(visitor, ADMINISTRATOR)
    await visitor.open(`${HOME}/phrases`)
    await visitor.press(`li:has-text("${phrase}") [type=submit]`)
    await visitor.readsNot(phrase)
  },

  'the work is stopped, goes on, and the result is handed over': async (visitor) => {
    const { id, work } = await before(visitor, PROCESSOR)
    const receiver = await caller(RECEIVER)
    await receiver('POST', `/dossiers/${id}/receipt`, {})
    await visitor.open(`${work}/suspension`)
    await visitor.fill({ reason: 'Chờ kết luận giám định của cơ quan có thẩm quyền.' })
    await visitor.looks('stop')
    await visitor.send(`${work}/suspension`)
    await visitor.at(work)
    await visitor.looks('stopped')
    await visitor.visits(`${work}/resumption`, 'resume')
    await visitor.send(`${work}/resumption`)
    await visitor.at(work)
    await visitor.looks('goes on')
    const processor = await caller(PROCESSOR)
    await processor('POST', `/dossiers/${id}/results?file_name=trich-luc.pdf`, PDF.buffer, PDF.mimeType)
    await processor('POST', `/dossiers/${id}/completion`, {})
    await changesTo(visitor, RECEIVER)
    await visitor.open(`${work}/return`)
    await visitor.choose('way', 'COUNTER')
    await visitor.fill({ returned_to: 'Trần Thị Lan' })
    await visitor.looks('hand over')
    await visitor.send(`${work}/return`)
    await visitor.at(work)
    await visitor.looks('handed over')
  },

  'a supervisor looks at what is stuck and leaves a note': async (visitor) => {
    const { id, work } = await before(visitor, LEADER)
    const receiver = await caller(RECEIVER)
    await receiver('POST', `/dossiers/${id}/receipt`, {})
    await visitor.open(`${HOME}/stuck`)
    await visitor.looks('stuck')
    await visitor.follow(`${HOME}?work=`)
    await visitor.looks('all of one kind')
    await visitor.open(work)
    await visitor.fill({ text: 'Ký trước 16 giờ.' })
    await visitor.send(`${work}/notes`)
    await visitor.at(work)
    await visitor.reads('Ký trước 16 giờ.')
    await visitor.looks('noted')
    await visitor.open(`${work}/notes`)
    await visitor.send(`${work}/notes`)
    await visitor.looks('an empty note')
  },

  'a leader gives several dossiers to an official': async (visitor) => {
    const { person, id } = await before(visitor, LEADER)
    const receiver = await caller(RECEIVER)
    for (const dossier of [id, await filed(person)]) await receiver('POST', `/dossiers/${dossier}/receipt`, {})
    await visitor.open(`${HOME}?q=${person.phone}`)
    await visitor.press('.motcua-bulk a')
    await visitor.send(HOME, 'ASSIGN')
    await visitor.looks('to nobody')
    await visitor.page.locator('select[name="official"]').selectOption({ index: 1 })
    await visitor.send(HOME, 'ASSIGN')
    await visitor.looks('given')
  },

  'what is narrowed stays narrowed': async (visitor) => {
    const { person } = await before(visitor, PROCESSOR)
    await visitor.open(`${HOME}?procedure=1.001193&from=2026-01-01`)
    await visitor.looks('narrowed')
    await visitor.search(person.phone)
    const rows = await visitor.page.locator('tbody tr').count()
    if (rows !== 1) throw new Error(`${rows} dossiers are found, not 1`)
    if (!visitor.page.url().includes('procedure=1.001193')) throw new Error('the procedure is forgotten')
    const sheet = await visitor.download('dossiers.xlsx')
    if (sheet.subarray(0, 2).toString() !== 'PK') throw new Error('the spreadsheet is none')
    await visitor.open(`${HOME}?cursor=abc`)
    await visitor.at(HOME)
  },
}
