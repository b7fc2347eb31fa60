// A button that prints: it appears only where it can.
export class Print {
  static moduleName = 'motcua-print'

  constructor(button) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}
