// Starts modules in a part of the page, and shows another answer of the server in place of the main part.
let known = []

/** Starts these modules (each with its options) now, and again in every main part that takes the place of this one. */
export function started(modules) {
  known = modules
  start(document)
}

function start(part) {
  for (const [Module, options] of known) {
    for (const element of part.querySelectorAll(`[data-module="${Module.moduleName}"]`)) {
      try {
        new Module(element, options)
      } catch (why) {
        // The page works without it, and the next one may start.
        console.error(why)
      }
    }
  }
}

/** The main part of a page's text. */
export function read(text) {
  const page = new DOMParser().parseFromString(text, 'text/html')
  return { title: page.title, main: page.querySelector('main') }
}

/** Shows a page that was read, and takes a reader of the screen to its beginning. */
export function show({ title, main }) {
  document.title = title
  document.querySelector('main').replaceWith(document.adoptNode(main))
  start(main)
  if (main.contains(document.activeElement)) return
  const heading = main.querySelector('h1') ?? main
  heading.setAttribute('tabindex', '-1')
  heading.focus()
}
