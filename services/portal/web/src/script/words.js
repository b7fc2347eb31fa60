// The texts of the script, in the page's language: the data-i18n-… attributes of the body.
export const words = Object.fromEntries(
  Object.entries(document.body.dataset)
    .filter(([name]) => name.startsWith('i18n'))
    .map(([name, text]) => [name[4].toLowerCase() + name.slice(5), text]),
)
