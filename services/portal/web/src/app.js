// Starts what a page has: one line per module, found by data-module. Every page works without any of it.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'
import { Idle } from './script/idle.js'
import { started } from './script/page.js'
import { Poll } from './script/poll.js'
import { Print } from './script/print.js'
import { Tracking } from './script/tracking.js'
import { Upload } from './script/upload.js'
import { words } from './script/words.js'
import { WorkList } from './script/work_list.js'

// govuk-frontend looks for the second one.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

const password = {
  showPassword: words.show,
  hidePassword: words.hide,
  showPasswordAriaLabel: words.showPassword,
  hidePasswordAriaLabel: words.hidePassword,
  passwordShownAnnouncement: words.passwordShown,
  passwordHiddenAnnouncement: words.passwordHidden,
}

started([
  [Button],
  [ErrorSummary],
  [NotificationBanner],
  [PasswordInput, { i18n: password }],
  [SkipLink],
  [Idle],
  [Poll],
  [Print],
  [Tracking],
  [Upload],
  [WorkList],
])
