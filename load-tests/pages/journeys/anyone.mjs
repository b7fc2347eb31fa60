// What a person does who has no account, or does not need it here.
export const stories = {
  'anyone finds a procedure': async (visitor) => {
    await visitor.looks('first page')
    await visitor.search('trich luc')
    await visitor.at('/procedures')
    await visitor.looks('found')
    await visitor.follow('/procedures/2.000635')
    await visitor.reads('2.000635')
    await visitor.looks('procedure')
    await visitor.open('/procedures?q=khong+co+gi+nhu+the')
    await visitor.looks('nothing found')
  },

  'anyone browses by field and agency': async (visitor) => {
    await visitor.follow('/procedures?field=')
    await visitor.at('/procedures')
    await visitor.looks('field')
    await visitor.visits('/agencies', 'agencies')
    await visitor.visits('/agencies/H44', 'agency')
    await visitor.visits('/procedures?agency=', 'procedures of an agency')
  },

  'anyone changes the language and is understood from then on': async (visitor) => {
    const other = visitor.language === 'vi' ? 'en' : 'vi'
    await visitor.open('/procedures/2.000635')
    await visitor.follow('/procedures/2.000635?lang=')
    await visitor.at('/procedures/2.000635')
    visitor.language = other
    await visitor.looks('the same page')
    await visitor.visits('/agencies', 'the next page')
  },

  'anyone is told what to do when something is not there': async (visitor) => {
    await visitor.open('/nowhere', 404)
    await visitor.looks('no such page')
    await visitor.open('/procedures/9.999999', 404)
    await visitor.looks('no such procedure')
  },

  'anyone who mistypes a code hears so': async (visitor) => {
    await visitor.open('/tracking')
    await visitor.looks('tracking')
    await visitor.fill({ code: 'H44.100-260101-9999', secret: '00000000000000000000' })
    await visitor.send('/tracking')
    await visitor.looks('unknown code')
  },

  'a kiosk shows everything large': async (visitor) => {
    await visitor.open('/?kiosk=1')
    await visitor.looks('first page')
    await visitor.open('/tracking')
    await visitor.looks('tracking')
  },

  'the first page weighs less than 100 KB': async (visitor) => {
    const bytes = await visitor.weight('/')
    if (bytes > 100_000) throw new Error(`the first page weighs ${bytes} bytes`)
  },
}
