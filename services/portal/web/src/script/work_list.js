// j and k go down and up the rows of a list while the focus is in it, as Tab would with one row a key.
const STEPS = { j: 1, k: -1 }

export class WorkList {
  static moduleName = 'motcua-work-list'

  constructor(table) {
    this.table = table
    table.addEventListener('keydown', (event) => this.move(event))
  }

  move(event) {
    const step = STEPS[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, select, textarea')) return
    const links = [...this.table.querySelectorAll('tbody tr')].map((row) => row.querySelector('a')).filter(Boolean)
    const here = links.findIndex((link) => link.closest('tr').contains(document.activeElement))
    const next = links[Math.min(Math.max(here + step, 0), links.length - 1)]
    if (!next) return
    event.preventDefault()
    next.focus()
    next.closest('tr').scrollIntoView({ block: 'nearest' })
  }
}
