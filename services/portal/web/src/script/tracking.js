// The slip's QR code leads here with the code and the secret behind the `#`: they are put into the form and sent. They do not stay in
// the address, which is kept in the browser's history.
export class Tracking {
  static moduleName = 'motcua-tracking'

  constructor(form) {
    const slip = new URLSearchParams(location.hash.slice(1))
    if (!slip.has('code') || !slip.has('secret')) return
    history.replaceState(history.state, '', location.pathname + location.search)
    form.elements.code.value = slip.get('code')
    form.elements.secret.value = slip.get('secret')
    form.requestSubmit()
  }
}
