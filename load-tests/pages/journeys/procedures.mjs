// The catalogue's controllers: a version is written, handed to a second, approved, announced, taken back; and everybody sees what changes.
import { CONTROLLER, SECOND_CONTROLLER } from '../outside.mjs'
import { signedIn } from './citizen.mjs'
import { changesTo } from './desk.mjs'

const HOME = '/work/procedures'
/** A code that no procedure has had. */
const newCode = () => `3.${String(Date.now() % 1e6).padStart(6, '0')}`

/** All that a version of a small procedure has to say. */
const version = (code) => ({
  code,
  name: { vi: 'Cấp giấy phép treo biển', en: 'Permit to put up a sign' },
  field: { code: 'xay-dung', name: { vi: 'Xây dựng', en: 'Construction' } },
  life_events: [],
  levels: ['COMMUNE'],
  effective_from: '2026-08-01',
  description: { vi: 'Cho phép treo một biển.', en: 'Allows one sign to be put up.' },
  steps: [{ vi: 'Nộp hồ sơ.', en: 'File the dossier.' }],
  components: [],
  time_limit: { unit: 'working_days', days: 2 },
  fee_rules: [],
  result: { name: { vi: 'Giấy phép', en: 'Permit' } },
  legal_basis: [{ vi: 'Luật Xây dựng', en: 'Construction Law' }],
  form: {
    type: 'object',
    additionalProperties: false,
    required: ['place'],
    properties: { place: { type: 'string', minLength: 1, maxLength: 200 } },
  },
  ui: {
    pages: [{ title: { vi: 'Biển', en: 'The sign' }, fields: ['place'] }],
    fields: { place: { label: { vi: 'Nơi treo', en: 'Where it hangs' }, widget: 'TEXT' } },
  },
})

export const stories = {
  'a procedure is written by one controller, approved by another and announced': async (visitor) => {
    const code = newCode()
    await signedIn(visitor, CONTROLLER)
    await visitor.open(HOME)
    await visitor.looks('procedures')
    await visitor.visits(`${HOME}/new`, 'a new one')
    await visitor.fill({ procedure: 'treo biển' })
    await visitor.send(`${HOME}/new`)
    await visitor.looks('no code')
    await visitor.fill({ procedure: code })
    await visitor.send(`${HOME}/new`)
    const draft = visitor.place()
    await visitor.looks('an empty draft with its faults')
    await visitor.fill({ document: '{"code": ' })
    await visitor.send(draft, 'save')
    await visitor.looks('what cannot be read')
    await visitor.fill({ document: JSON.stringify(version(code), null, 2) })
    await visitor.send(draft, 'save')
    await visitor.looks('without faults')
    await visitor.visits(`${draft}/preview`, 'its form as applicants will see it')
    await visitor.open(draft)
    await visitor.send(draft, 'submit')
    await visitor.looks('handed to a second')

    await changesTo(visitor, SECOND_CONTROLLER)
    await visitor.open(draft)
    await visitor.send(draft, 'send_back')
    await visitor.looks('sent back for no reason')
    await visitor.send(draft, 'approve')
    await visitor.looks('approved')
    await visitor.fill({ decision: '12/QĐ-UBND' })
    await visitor.send(draft, 'publish')
    await visitor.looks('from no day')
    await visitor.date('in_force_from', [2099, 1, 1])
    await visitor.send(draft, 'publish')
    await visitor.reads('12/QĐ-UBND')
    await visitor.looks('announced')
    await visitor.fill({ reason: 'Quyết định bị hoãn.' })
    await visitor.send(draft, 'send_back')
    await visitor.looks('taken back')
    await visitor.send(draft, 'discard')
    await visitor.at(HOME)
    await visitor.open('/procedure-changes')
    await visitor.looks('what changes')
  },
}
