// j and k go down and up the rows of a list, as Tab would with one row a key; / goes to its search. They work at once, wherever
// nothing is being typed.
const STEPS = { j: 1, k: -1 }

export class WorkList {
  static moduleName = 'motcua-work-list'

  constructor(table) {
    this.table = table
    document.addEventListener('keydown', (event) => this.press(event))
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.matches('input:not([type="checkbox"]), select, textarea')) return
    const target = event.key === '/' ? document.getElementById('q') : this.row(STEPS[event.key])
    if (!target) return
    event.preventDefault()
    target.focus()
    target.closest('tr')?.scrollIntoView({ block: 'nearest' })
  }

  row(step) {
    if (!step) return null
    const links = [...this.table.querySelectorAll('tbody tr')].map((row) => row.querySelector('a')).filter(Boolean)
    const here = links.findIndex((link) => link.closest('tr').contains(document.activeElement))
    return links[Math.min(Math.max(here + step, 0), links.length - 1)]
  }
}
